import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLesson, writeLesson, type Cell, type Lesson } from '../../src/lesson/index.ts';
import { anyLineEnd, nastyCell, nastyCells, nastyText } from './nasty.ts';

const runs = { numRuns: 10_000 };

/** What a person sees of cells: all but how a file spells them. */
function visible(cells: readonly Cell[]): unknown[] {
  return cells.map((cell) => ({ ...cell, form: undefined }));
}

function assertSameCells(lesson: Lesson): void {
  const text = writeLesson(lesson);
  assert.deepEqual(visible(readLesson(text).cells), visible(lesson.cells), JSON.stringify(text));
}

describe('a lesson, there and back', () => {
  it('gives back every text exactly', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        assert.equal(writeLesson(readLesson(text)), text);
      }),
      runs,
    );
  });

  it('gives back every string exactly', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('`', '~', 'g', 'd', '\r', '\n', ' ', '-', '1', '\uFEFF') }),
        (text) => {
          assert.equal(writeLesson(readLesson(text)), text);
        },
      ),
      runs,
    );
  });

  it('reads back any cells that come from no file', () => {
    fc.assert(
      fc.property(nastyCells, anyLineEnd, (cells, lineEnd) => {
        assertSameCells({ byteOrderMark: '', frontMatter: '', lead: '', cells, tail: '', lineEnd });
      }),
      runs,
    );
  });

  it('reads back cells that were moved, deleted, added and pasted between files', () => {
    const edit = fc.tuple(nastyText, nastyText, nastyCells, fc.array(fc.nat(), { maxLength: 8 }));
    fc.assert(
      fc.property(edit, ([text, other, added, picks]) => {
        const lesson = readLesson(text);
        const pool = [...lesson.cells, ...added, ...readLesson(other).cells];
        const cells = picks.map((pick) => pool[pick % pool.length]).filter((cell) => cell !== undefined);
        assertSameCells({ ...lesson, cells });
      }),
      runs,
    );
  });

  it('reads back cells whose text, kind or language was changed', () => {
    fc.assert(
      fc.property(nastyText, nastyCell, fc.nat(), (text, change, pick) => {
        const lesson = readLesson(text);
        const cells = lesson.cells.map((cell, index) =>
          index === pick % lesson.cells.length && cell.form ? { ...change, form: cell.form } : cell,
        );
        assertSameCells({ ...lesson, cells });
      }),
      runs,
    );
  });

  it('keeps the rest of a file byte for byte when one code cell is edited', () => {
    fc.assert(
      fc.property(nastyText, nastyText, (before, after) => {
        const start = writeLesson({ ...readLesson(before), tail: '\n\n' });
        const text = `${start}\`\`\`gd\nx = 1\n\`\`\`\n\n${after}`;
        const lesson = readLesson(text);
        const index = lesson.cells.findIndex((cell) => cell.text === 'x = 1' && cell.form?.close === '\n```');
        fc.pre(index >= 0);
        const cells = lesson.cells.map((cell, at) => (at === index ? { ...cell, text: 'x = 2' } : cell));
        assert.equal(writeLesson({ ...lesson, cells }), text.replace('```gd\nx = 1\n', '```gd\nx = 2\n'));
      }),
      runs,
    );
  });
});
