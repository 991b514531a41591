import { lineEndsOf } from './lines.ts';

/** A mark that says how many lines after it are a cell, verbatim. */
export interface LengthMark {
  readonly kind: 'markdown' | 'code';
  /** Of a code cell. */
  readonly language: string;
  readonly lines: number;
}

const partingMark = /^<!-- cell -->[ \t]*$/;
const lengthMark = /^<!-- cell (?:markdown|code (\S*)) (\d+) lines? -->[ \t]*$/;
const plainLanguage = /^[\w.+#-]+$/;

/** The line that parts two Markdown cells. */
export const parting = '<!-- cell -->';

export function isParting(line: string): boolean {
  return partingMark.test(line);
}

export function readLengthMark(line: string): LengthMark | undefined {
  const [, language, lines] = lengthMark.exec(line) ?? [];
  if (lines === undefined) return undefined;
  if (language === undefined) return { kind: 'markdown', language: 'markdown', lines: Number(lines) };
  const decoded = decodeLanguage(language);
  return decoded === undefined ? undefined : { kind: 'code', language: decoded, lines: Number(lines) };
}

export function writeLengthMark({ kind, language, lines }: LengthMark): string {
  const what = kind === 'markdown' ? 'markdown' : `code ${encodeLanguage(language)}`;
  return `<!-- cell ${what} ${lines} ${lines === 1 ? 'line' : 'lines'} -->`;
}

/** How many lines say `text`: none for an empty text, else one more than it has line ends. */
export function lengthInLines(text: string): number {
  return text === '' ? 0 : lineEndsOf(text).length + 1;
}

/** A language's name may hold anything; a space or `-->` in it would end the word or the mark. */
function encodeLanguage(language: string): string {
  return plainLanguage.test(language)
    ? language
    : encodeURIComponent(language.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

function decodeLanguage(word: string): string | undefined {
  try {
    return decodeURIComponent(word);
  } catch {
    return undefined;
  }
}
