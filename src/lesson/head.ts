import type { Lesson } from './lesson.ts';
import { isBlank, linesOf, type Line } from './lines.ts';

const mark = '\uFEFF';
const rule = /^---[ \t]*$/;
const endRule = /^(?:---|\.\.\.)[ \t]*$/;
const entry = /^[\w"'][^:]*:(?:[ \t]|$)/;
const continuation = /^(?:[ \t]+\S|#|-[ \t]|-$|[\]}])/;

/** What stands before the cells of a text and is none of them. */
export type Head = Pick<Lesson, 'byteOrderMark' | 'frontMatter'>;

/**
 * The byte-order mark and the front matter of a text. Front matter lies between a first line `---` and a line `---`
 * or `...`, and every line of it looks like YAML, so that a text that merely begins with a rule is not taken for it.
 */
export function readHead(text: string): Head {
  const byteOrderMark = text.startsWith(mark) ? mark : '';
  const [first, second, ...rest] = linesOf(text, byteOrderMark.length);
  const begins =
    first !== undefined && second !== undefined && rule.test(first.text) && entry.test(second.text);
  const end = begins ? endOfFrontMatter(rest) : undefined;
  return { byteOrderMark, frontMatter: text.slice(byteOrderMark.length, end ?? byteOrderMark.length) };
}

function endOfFrontMatter(lines: readonly Line[]): number | undefined {
  for (const line of lines) {
    if (endRule.test(line.text)) return line.end;
    if (!isBlank(line.text) && !entry.test(line.text) && !continuation.test(line.text)) return undefined;
  }
  return undefined;
}
