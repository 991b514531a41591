import type { Span } from '../kernel/index.ts';
import { replaceBy, type Fix } from './problems.ts';

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

/** The place of the text lines that a place touches, with one line end, so that taking it out leaves no empty line. */
export function removableLines(source: string, place: Span): Span {
  const lines = textLinesOf(source, place);
  const after = /^(?:\r\n|\n|\r)/.exec(source.slice(lines.end, lines.end + 2));
  if (after !== null) return { start: lines.start, end: lines.end + after[0].length };
  const before = /(?:\r\n|\n|\r)$/.exec(source.slice(Math.max(0, lines.start - 2), lines.start));
  return { start: lines.start - (before?.[0].length ?? 0), end: lines.end };
}

export function removeLines(source: string, place: Span, title: string): Fix {
  return replaceBy(removableLines(source, place), '', title);
}

/** Takes the lines of a place out, and puts them without their indentation behind the line of `offset`. */
export function moveBehind(source: string, place: Span, offset: number, title: string): Fix {
  const lines = textLinesOf(source, place);
  const target = textLinesOf(source, { start: offset, end: offset });
  const text = source.slice(place.start, lines.end);
  if (target.end <= lines.end) return replaceBy({ start: lines.start, end: place.start }, '', title);
  const moved = { start: target.end, end: target.end, text: lineEndOf(source) + text };
  return { title, edits: [{ ...removableLines(source, place), text: '' }, moved] };
}

/** A line to append to a cell, with the line ends around it that the cell needs. */
export function appendLine(source: string, line: string, title: string): Fix {
  const trimmed = source.trimEnd();
  const lineEnd = lineEndOf(source);
  const at = { start: trimmed.length, end: trimmed.length };
  return replaceBy(at, (trimmed === '' ? '' : lineEnd) + line.replaceAll('\n', lineEnd), title);
}
