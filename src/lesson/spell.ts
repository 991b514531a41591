import { closesMarker, holds, markerAround, openingFence, opensCell } from './fences.ts';
import { lessonLanguage, type Cell, type LineEnd } from './lesson.ts';
import { endsWithEmptyLine, isBlank, lineEndBetween, linesOf, merges } from './lines.ts';
import { lengthInLines, readLengthMark, writeLengthMark, type LengthMark } from './marks.ts';
import { scan } from './scan.ts';

/**
 * Whether `text` can stand among Markdown as it is. `mayFollow` is how many lines may follow it, which a mark in it
 * could count as its own; with `mayStayOpen` a fence that it leaves open has no cell to swallow.
 */
export function isPlain(text: string, mayFollow: number, mayStayOpen: boolean): boolean {
  const lines = linesOf(text);
  const { blocks, open } = scan(lines, endsWithEmptyLine(text) ? mayFollow + 1 : mayFollow);
  return blocks.length === 0 && (mayStayOpen || !open) && lines.some((line) => !isBlank(line.text));
}

/** Whether the file said the cell by length, and what it said still fits. */
export function keepsLength(cell: Cell): boolean {
  const { line, lineEnd } = openingOf(cell);
  const kept = readLengthMark(line);
  const right = lengthMarkOf(cell);
  const lines = cell.text === '' && lineEnd !== undefined ? 1 : right.lines;
  return kept?.kind === right.kind && kept.language === right.language && kept.lines === lines;
}

/** A cell said by length: with its own mark where that still fits, else with a new one. */
export function spellByLength(cell: Cell, lineEnd: LineEnd): string {
  const opening = openingOf(cell);
  const kept = keepsLength(cell);
  const mark = kept ? opening.line : writeLengthMark(lengthMarkOf(cell));
  const needsEnd = cell.text !== '' || (kept && opening.lineEnd !== undefined);
  return mark + (needsEnd ? lineEndBetween('', opening.lineEnd ?? lineEnd, cell.text) : '') + cell.text;
}

/** A cell as a fence: its own one where that holds the text. One that was unclosed is closed, unless `mayStayOpen`. */
export function spellFence(cell: Cell, lineEnd: LineEnd, mayStayOpen: boolean): string {
  const opening = openingOf(cell);
  const kept = openingFence(opening.line);
  const isKept = kept !== undefined && opensCell(kept);
  const marker =
    isKept && holds(kept.marker, cell.text)
      ? kept.marker
      : markerAround(cell.text, isKept ? kept.marker.charAt(0) : '`');
  const line = marker + (isKept ? opening.line.slice(kept.marker.length) : lessonLanguage);
  const staysOpen = isKept && mayStayOpen && cell.form?.close === '';
  const rest = cell.text + (staysOpen ? '' : closeOf(cell, marker, lineEnd));
  const needsEnd = rest !== '' || (staysOpen && opening.lineEnd !== undefined);
  return line + (needsEnd ? lineEndBetween('', opening.lineEnd ?? lineEnd, rest) : '') + rest;
}

/** The end of a fence: its own one where that still closes it after the cell's text. */
function closeOf(cell: Cell, marker: string, lineEnd: LineEnd): string {
  const kept = cell.form?.close ?? '';
  const [, keptEnd, keptLine] = /^(\r\n|\r|\n)?([^\r\n]*)$/.exec(kept) ?? [];
  const closesHere = keptLine !== undefined && closesMarker(keptLine, marker) && !merges(cell.text, kept);
  if (closesHere && (keptEnd !== undefined || cell.text === '')) return kept;
  return (cell.text === '' ? '' : lineEndBetween(cell.text, lineEnd, '')) + marker;
}

function openingOf(cell: Cell): { readonly line: string; readonly lineEnd?: LineEnd } {
  const [, line = '', end] = /^([^\r\n]*)(\r\n|\r|\n)?$/.exec(cell.form?.open ?? '') ?? [];
  return end === '\n' || end === '\r\n' || end === '\r' ? { line, lineEnd: end } : { line };
}

function lengthMarkOf(cell: Cell): LengthMark {
  const lines = lengthInLines(cell.text);
  return cell.kind === 'markdown'
    ? { kind: 'markdown', language: 'markdown', lines }
    : { kind: 'code', language: cell.language, lines };
}
