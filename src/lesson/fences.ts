import { lessonLanguage } from './lesson.ts';
import { isBlank, linesOf } from './lines.ts';

/** The opening line of a fenced block, as CommonMark has it (section 4.5). */
export interface Fence {
  /** The run of backticks or tildes. */
  readonly marker: string;
  /** What follows the run, trimmed. */
  readonly info: string;
  /** The columns before the run, the bullet or number of a list item among them. */
  readonly indent: number;
  /** Whether it is the first thing of a list item, which ends at the first line that is indented less. */
  readonly inListItem: boolean;
}

const opening = /^( {0,3}(?:(?:[-+*]|\d{1,9}[.)]) {1,4})*)(`{3,}(?=[^`]*$)|~{3,})(.*)$/s;
const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;
const fenceLike = /^ {0,3}(`{3,}|~{3,})/;

export function openingFence(line: string): Fence | undefined {
  const [, prefix, marker, rest] = opening.exec(line) ?? [];
  if (prefix === undefined || marker === undefined || rest === undefined) return undefined;
  const info = rest.replace(/^[ \t]+|[ \t]+$/g, '');
  return { marker, info, indent: prefix.length, inListItem: !isBlank(prefix) };
}

/** Whether a fence opens a cell that runs: at the start of a line, and `gd` is the first word after it. */
export function opensCell(fence: Fence): boolean {
  return fence.indent === 0 && fence.info.split(/[ \t]/, 1)[0] === lessonLanguage;
}

/** Whether `line` closes a fence of `marker`: the same character, at least as often, and nothing else. */
export function closesMarker(line: string, marker: string): boolean {
  const found = closing.exec(line)?.[1];
  return found !== undefined && found.startsWith(marker.charAt(0)) && found.length >= marker.length;
}

export function closes(line: string, fence: Fence): boolean {
  return closesMarker(
    fence.inListItem ? line.slice(Math.min(fence.indent, indentOf(line))) : line,
    fence.marker,
  );
}

/** Whether `line` ends the list item that `fence` opened in, and the fence with it. */
export function endsItem(line: string, fence: Fence): boolean {
  return fence.inListItem && !isBlank(line) && indentOf(line) < fence.indent;
}

/** Whether no line of `text` closes a fence of `marker`. */
export function holds(marker: string, text: string): boolean {
  return !linesOf(text).some((line) => closesMarker(line.text, marker));
}

/** A run of `character` that is longer than every fence in `text`. */
export function markerAround(text: string, character: string): string {
  const lengths = linesOf(text).map((line) => fenceLike.exec(line.text)?.[1]?.length ?? 0);
  return character.repeat(lengths.reduce((longest, length) => Math.max(longest, length + 1), 3));
}

function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}
