import { readHead } from './head.ts';
import { lessonLanguage, type Cell, type Lesson } from './lesson.ts';
import { isBlank, leadingLineEnd, lineEndsOf, linesOf } from './lines.ts';
import { fitsSeam, newSeam, type Side } from './seams.ts';
import { isPlain, keepsLength, spellByLength, spellFence } from './spell.ts';

/**
 * The text of a lesson. Any cells, in any order, are read back with the same kinds, languages and exact texts; what
 * the file said around a cell (fence, mark, seam) is kept wherever it still means the same.
 */
export function writeLesson(lesson: Lesson): string {
  const text = join(lesson, false);
  const head = readHead(text);
  const isHead = head.byteOrderMark === lesson.byteOrderMark && head.frontMatter === lesson.frontMatter;
  return isHead ? text : join(lesson, true);
}

/**
 * Writes from the last cell to the first, since what a mark in plain Markdown means depends on how many lines follow.
 * With `byLength`, a first cell that would be taken for a byte-order mark or front matter is said by length.
 */
function join(lesson: Lesson, byLength: boolean): string {
  let rest: Rest = { side: { kind: 'end', text: '' }, seam: lesson.tail, lines: 0 };
  const pieces: string[] = [];
  for (const [index, cell] of [...lesson.cells.entries()].reverse()) {
    const side = spell(cell, lesson, rest, byLength && index === 0);
    const seam = seamBetween(side, rest, lesson);
    pieces.push(seam + rest.side.text);
    const lines = lineEndsOf(side.text).length + 1 + linesBelow(seam, rest);
    rest = { side, seam: cell.form?.before, lines };
  }
  const head = lesson.byteOrderMark + lesson.frontMatter;
  const start: Side =
    lesson.frontMatter === ''
      ? { kind: 'start', text: '' }
      : { kind: 'front matter', text: lesson.frontMatter };
  const lead = lesson.cells.length > 0 ? { ...rest, seam: lesson.lead } : rest;
  pieces.push(head + seamBetween(start, lead, lesson) + rest.side.text);
  return pieces.reverse().join('');
}

/** What is written below a cell: the next side, the seam the file had before it, and the lines from that side on. */
interface Rest {
  readonly side: Side;
  readonly seam: string | undefined;
  readonly lines: number;
}

function seamBetween(before: Side, rest: Rest, lesson: Lesson): string {
  const fits = rest.seam !== undefined && fitsSeam(rest.seam, before, rest.side);
  return fits ? rest.seam : newSeam(before, rest.side, lesson.lineEnd);
}

function linesBelow(seam: string, rest: Rest): number {
  return linesOf(seam, leadingLineEnd(seam).length).length + rest.lines;
}

function spell(cell: Cell, lesson: Lesson, rest: Rest, byLength: boolean): Side {
  if (!keepsLength(cell)) {
    const isLast = rest.side.kind === 'end';
    if (cell.kind === 'markdown' && !byLength) {
      const side: Side = { kind: 'markdown', text: cell.text };
      const wasPlain = cell.form?.open === '';
      const mayFollow = wasPlain ? linesBelow(seamBetween(side, rest, lesson), rest) : Infinity;
      const mayStayOpen = wasPlain && isLast && linesOf(lesson.tail).every((line) => isBlank(line.text));
      if (isPlain(cell.text, mayFollow, mayStayOpen)) return side;
    }
    if (cell.kind === 'code' && cell.language === lessonLanguage) {
      const mayStayOpen = isLast && leadingLineEnd(lesson.tail) === lesson.tail;
      return { kind: 'block', text: spellFence(cell, lesson.lineEnd, mayStayOpen) };
    }
  }
  return { kind: 'block', text: spellByLength(cell, lesson.lineEnd) };
}
