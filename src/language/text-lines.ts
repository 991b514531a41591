import type { Span } from '../kernel/index.ts';
import { replaceBy, type Fix, type TextEdit } from './problems.ts';

/** The line end that a text uses, `\n` where it has none. */
export function lineEndOf(source: string): string {
  return /\r\n|\n|\r/.exec(source)?.[0] ?? '\n';
}

/** The whole text lines that a place touches, without the last one's line end. */
export function textLinesOf(source: string, place: Span): Span {
  const lineEnds = ['\n', '\r'];
  const before = place.start === 0 ? [] : lineEnds.map((end) => source.lastIndexOf(end, place.start - 1));
  const after = lineEnds.map((end) => source.indexOf(end, place.end)).filter((offset) => offset !== -1);
  return { start: Math.max(-1, ...before) + 1, end: Math.min(source.length, ...after) };
}

/** The indentation of the text line that an offset is on. */
export function indentationAt(source: string, offset: number): string {
  const { start, end } = textLinesOf(source, { start: offset, end: offset });
  return /^[\s\u0085]*/u.exec(source.slice(start, end))?.[0] ?? '';
}

/** What else stands on the text lines of a statement. */
interface Neighbours {
  readonly lines: Span;
  /** Where the statement before it on its text line ends, if there is one. */
  readonly before?: number;
  /** Where the statement behind it on its text line begins, if there is one. */
  readonly behind?: number;
}

/** What stands between two statements on one text line: spaces, and the signs that are taken for a line end. */
const gap = /[\s\u0085;；\u037e]/u;

function neighboursOf(source: string, place: Span): Neighbours {
  const lines = textLinesOf(source, place);
  let before = place.start;
  while (before > lines.start && gap.test(source.charAt(before - 1))) before -= 1;
  let behind = place.end;
  while (behind < lines.end && gap.test(source.charAt(behind))) behind += 1;
  return {
    lines,
    ...(before > lines.start ? { before } : {}),
    ...(behind < lines.end && source.charAt(behind) !== '#' ? { behind } : {}),
  };
}

/**
 * What goes with a statement that is taken out: its text lines with one line end, so that no empty line is left; where
 * it shares them with other statements, only what parts it from these.
 */
export function removableText(source: string, statement: Span): Span {
  const { lines, before, behind } = neighboursOf(source, statement);
  if (behind !== undefined) return { start: statement.start, end: behind };
  if (before !== undefined) return { start: before, end: statement.end };
  const lineEnd = /^(?:\r\n|\n|\r)/.exec(source.slice(lines.end, lines.end + 2));
  if (lineEnd !== null) return { start: lines.start, end: lines.end + lineEnd[0].length };
  const lineEndBefore = /(?:\r\n|\n|\r)$/.exec(source.slice(Math.max(0, lines.start - 2), lines.start));
  return { start: lines.start - (lineEndBefore?.[0].length ?? 0), end: lines.end };
}

/** Takes out a statement, with its text lines where it has them for itself. */
export function removeStatement(source: string, statement: Span, title: string): Fix {
  return replaceBy(removableText(source, statement), '', title);
}

/** Lets a statement begin a text line, with this indentation. */
export function beginLine(source: string, statement: Span, space: string): TextEdit {
  const { lines, before } = neighboursOf(source, statement);
  return before === undefined
    ? { start: lines.start, end: statement.start, text: space }
    : { start: before, end: statement.start, text: lineEndOf(source) + space };
}

/** Takes a statement out, and puts it with this indentation behind the text line of `offset`. */
export function moveBehind(source: string, statement: Span, offset: number, title: string, space = ''): Fix {
  const { lines, isAlone, text } = partToMove(source, statement);
  const target = textLinesOf(source, { start: offset, end: offset });
  if (isAlone && target.end === lines.end) return { title, edits: [beginLine(source, statement, space)] };
  return moveTo(source, statement, target.end, lineEndOf(source) + space + text, title);
}

/** Takes a statement out, and puts it above the text line of `offset`, with the indentation of that. */
export function moveAbove(source: string, statement: Span, offset: number, title: string): Fix {
  const { text } = partToMove(source, statement);
  const target = textLinesOf(source, { start: offset, end: offset });
  const line = indentationAt(source, offset) + text + lineEndOf(source);
  return moveTo(source, statement, target.start, line, title);
}

/** The text of a statement, with its comment where it has its text lines for itself. */
function partToMove(source: string, statement: Span): { lines: Span; isAlone: boolean; text: string } {
  const { lines, before, behind } = neighboursOf(source, statement);
  const isAlone = before === undefined && behind === undefined;
  return { lines, isAlone, text: source.slice(statement.start, isAlone ? lines.end : statement.end) };
}

function moveTo(source: string, statement: Span, target: number, text: string, title: string): Fix {
  const removed = { ...removableText(source, statement), text: '' };
  return { title, edits: [removed, { start: target, end: target, text }] };
}

/** A line to append to a cell, with the line ends around it that the cell needs. */
export function appendLine(source: string, line: string, title: string): Fix {
  const trimmed = source.trimEnd();
  const lineEnd = lineEndOf(source);
  const at = { start: trimmed.length, end: trimmed.length };
  return replaceBy(at, (trimmed === '' ? '' : lineEnd) + line.replaceAll('\n', lineEnd), title);
}
