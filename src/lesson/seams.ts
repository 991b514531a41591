import type { LineEnd } from './lesson.ts';
import {
  endsWithEmptyLine,
  isBlank,
  leadingLineEnd,
  lineEndBetween,
  linesOf,
  merges,
  startsWithEmptyLine,
  type Line,
} from './lines.ts';
import { isParting, parting } from './marks.ts';

/** One side of a seam: plain Markdown, whose own blank lines must not run into the seam's, or anything else. */
export interface Side {
  readonly kind: 'start' | 'front matter' | 'markdown' | 'block' | 'end';
  /** What the file says there; '' at the start and the end. */
  readonly text: string;
}

/** Whether `seam`, written between `before` and `after`, is read as this seam between these two. */
export function fitsSeam(seam: string, before: Side, after: Side): boolean {
  if (merges(before.text, seam) || merges(seam, after.text)) return false;
  const lineEnd = before.kind === 'start' ? '' : leadingLineEnd(seam);
  if (before.kind !== 'start' && lineEnd === '') {
    return seam === '' && after.kind === 'end' && !endsWithEmptyLine(before.text);
  }
  const lines = linesOf(seam, lineEnd.length);
  const wholeLines = lines.every((line) => line.next > line.end);
  if (after.kind !== 'end' && !wholeLines) return false;
  return fitsLines(lines, before, after);
}

function fitsLines(lines: readonly Line[], before: Side, after: Side): boolean {
  if (!lines.every((line) => isBlank(line.text) || isParting(line.text))) return false;
  const firstMark = lines.findIndex((line) => isParting(line.text));
  const parted = firstMark >= 0;
  const upToMark = parted ? lines.slice(0, firstMark) : lines;
  const fromMark = lines.slice(lines.findLastIndex((line) => isParting(line.text)) + 1);
  if (before.kind === 'markdown' && after.kind === 'markdown' && !parted) return false;
  if (before.kind === 'markdown' && !fitsBlanks(upToMark, endsWithEmptyLine(before.text))) return false;
  return after.kind !== 'markdown' || fitsBlanks(fromMark, startsWithEmptyLine(after.text));
}

/** Next to Markdown the reader takes one empty line for the seam, so an empty line of the Markdown needs one there. */
function fitsBlanks(lines: readonly Line[], besideEmptyLine: boolean): boolean {
  return lines.length === 0 ? !besideEmptyLine : lines.length === 1 && lines[0]?.text === '';
}

/** A seam of one blank line between the two, with a mark where both are Markdown. */
export function newSeam(before: Side, after: Side, lineEnd: LineEnd): string {
  const first = lineEndBetween(before.text, lineEnd, '');
  const last = lineEndBetween('', lineEnd, after.text);
  if (before.kind === 'start')
    return after.kind === 'markdown' && startsWithEmptyLine(after.text) ? last : '';
  if (after.kind === 'end')
    return before.kind === 'markdown' && endsWithEmptyLine(before.text) ? first + lineEnd : first;
  const mark = before.kind === 'markdown' && after.kind === 'markdown' ? lineEnd + parting + lineEnd : '';
  return first + mark + last;
}
