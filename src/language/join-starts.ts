import { isCloser, isOpener, isSign, type Line } from './layout.ts';
import type { Fix, Problems } from './problems.ts';
import { textLinesOf } from './text-lines.ts';
import { isReserved } from './words/words.ts';

/**
 * The lines of a cell, those of them as one in which starts of parameters go on below a comma. That is reported, since
 * a statement is one line, and read as it was meant.
 */
export function joinStarts(source: string, lines: readonly Line[], problems: Problems): Line[] {
  const joined: Line[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [first, ...others] = startsFrom(lines, index);
    if (first === undefined) break;
    joined.push(joinedLine(first, others));
    if (others.length === 0) continue;
    problems.add('trailing-comma', { start: first.end - 1, end: first.end }, {}, () => [
      joinFix(source, [first, ...others]),
    ]);
    index += others.length;
  }
  return joined;
}

/** A line, and those below it that go on with its starts. */
function startsFrom(lines: readonly Line[], index: number): Line[] {
  const first = lines[index];
  if (first === undefined) return [];
  const parts = [first];
  const [keyword, second] = first.tokens;
  if (keyword.text !== 'parameters' || isSign(second, '=')) return parts;
  for (let last = first; endsInComma(last);) {
    const next = lines[index + parts.length];
    if (next === undefined || next.indent <= first.indent || !isStart(next)) break;
    parts.push(next);
    last = next;
  }
  return parts;
}

function endsInComma({ tokens }: Line): boolean {
  return isSign(tokens.at(-1), ',') && tokens.filter(isOpener).length === tokens.filter(isCloser).length;
}

function isStart({ tokens: [name, sign] }: Line): boolean {
  return name.kind === 'name' && isSign(sign, '=') && !isReserved(name.text);
}

function joinedLine(first: Line, others: readonly Line[]): Line {
  const [keyword, ...behind] = first.tokens;
  const tokens = others.flatMap((line) => line.tokens);
  return { ...first, tokens: [keyword, ...behind, ...tokens], end: others.at(-1)?.end ?? first.end };
}

/** Puts the starts on one line; where a comment is between them, on lines of their own. */
function joinFix(source: string, parts: readonly Line[]): Fix {
  const gaps = parts
    .slice(1)
    .map((line, index) => ({ start: parts[index]?.end ?? line.start, end: line.start }));
  const haveComment = gaps.some(({ start, end }) => /[^\s\u0085]/u.test(source.slice(start, end)));
  if (!haveComment) return { title: 'Join the lines', edits: gaps.map((gap) => ({ ...gap, text: ' ' })) };
  const edits = gaps.flatMap(({ start, end }) => [
    { start: start - 1, end: start, text: '' },
    { start: textLinesOf(source, { start: end, end }).start, end, text: 'parameters ' },
  ]);
  return { title: 'Write `parameters` on each line', edits };
}
