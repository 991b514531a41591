import type { LineEnd } from './lesson.ts';

/** A line of a text: its characters, where they begin and end, and where the next line begins. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

const anyLineEnd = /\r\n|\r|\n/g;

/** The lines of `text` from offset `from`. What follows the last line end is a line only if it is not empty. */
export function linesOf(text: string, from = 0): Line[] {
  const lines: Line[] = [];
  let start = from;
  anyLineEnd.lastIndex = from;
  for (let match = anyLineEnd.exec(text); match; match = anyLineEnd.exec(text)) {
    lines.push({ text: text.slice(start, match.index), start, end: match.index, next: anyLineEnd.lastIndex });
    start = anyLineEnd.lastIndex;
  }
  if (start < text.length) {
    lines.push({ text: text.slice(start), start, end: text.length, next: text.length });
  }
  return lines;
}

/** The line ends of `text`, in order. */
export function lineEndsOf(text: string): string[] {
  return text.match(anyLineEnd) ?? [];
}

/** The line end that `text` begins with, or ''. */
export function leadingLineEnd(text: string): string {
  return /^(?:\r\n|\r|\n)/.exec(text)?.[0] ?? '';
}

/** The kind of line end that most lines have; LF where there is none. */
export function commonLineEnd(text: string): LineEnd {
  const ends = lineEndsOf(text);
  const crlf = ends.filter((end) => end === '\r\n').length;
  const cr = ends.filter((end) => end === '\r').length;
  const lf = ends.length - crlf - cr;
  if (lf >= crlf && lf >= cr) return '\n';
  return crlf >= cr ? '\r\n' : '\r';
}

/** `text` with all its line ends of one kind. */
export function withLineEnd(text: string, lineEnd: LineEnd): string {
  return text.replace(anyLineEnd, lineEnd);
}

/** Whether a CR at the end of `before` and an LF at the start of `after` would become one line end. */
export function merges(before: string, after: string): boolean {
  return before.endsWith('\r') && after.startsWith('\n');
}

/** A line end to stand between two texts: of the kind asked for, unless it would merge with a neighbour. */
export function lineEndBetween(before: string, lineEnd: LineEnd, after: string): LineEnd {
  return merges(before, lineEnd) || merges(lineEnd, after) ? '\r\n' : lineEnd;
}

export function isBlank(line: string): boolean {
  return /^[ \t]*$/.test(line);
}

export function startsWithEmptyLine(text: string): boolean {
  return /^[\r\n]/.test(text);
}

export function endsWithEmptyLine(text: string): boolean {
  return /[\r\n]$/.test(text);
}
