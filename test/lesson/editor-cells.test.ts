import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  fromEditor,
  isLessonCell,
  lessonMark,
  newCellMetadata,
  readLesson,
  toEditor,
  writeLesson,
  type EditorCell,
  type EditorNotebook,
} from '../../src/lesson/index.ts';
import { nastyText } from './nasty.ts';

/** What VS Code makes of a cell's text: no byte-order mark before it, and the line ends that most lines have. */
function asHeld(value: string): string {
  const text = value.replace(/^\uFEFF/, '');
  const ends = text.match(/\r\n|\r|\n/g) ?? [];
  const carriageReturns = ends.filter((end) => end !== '\n').length;
  return text.replace(/\r\n|\r|\n/g, carriageReturns > ends.length / 2 ? '\r\n' : '\n');
}

function hold(notebook: EditorNotebook): EditorNotebook {
  const held = notebook.cells.map((cell) => ({ ...cell, value: asHeld(cell.value) }));
  return JSON.parse(JSON.stringify({ ...notebook, cells: held })) as EditorNotebook;
}

function openFile(text: string): EditorNotebook {
  return hold(toEditor(readLesson(text)));
}

function save(notebook: EditorNotebook): string {
  return writeLesson(fromEditor(notebook));
}

const newCode: EditorCell = { kind: 'code', language: 'gd', value: 'a\nb', metadata: {} };
const newMarkdown: EditorCell = { kind: 'markdown', language: 'markdown', value: 'a\nb', metadata: {} };

describe('a lesson in an editor', () => {
  it('is saved with the bytes it was opened from', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        assert.equal(save(openFile(text)), text);
      }),
      { numRuns: 10_000 },
    );
  });

  it('is saved with all other cells as they were when one is edited', () => {
    fc.assert(
      fc.property(nastyText, fc.nat(), fc.constantFrom('x', 'x\n\ny', '```gd\n```'), (text, pick, value) => {
        const { cells, metadata } = openFile(text);
        fc.pre(cells.length > 0);
        const edited = pick % cells.length;
        const saved = save({
          metadata,
          cells: cells.map((cell, at) => (at === edited ? { ...cell, value } : cell)),
        });
        const before = readLesson(text).cells;
        const after = readLesson(saved).cells;
        assert.equal(after.length, before.length);
        for (const [at, cell] of before.entries()) {
          if (at === edited) assert.equal(after[at]?.text.replace(/\r\n?/g, '\n'), value);
          else assert.equal(after[at]?.text, cell.text);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('keeps a text in metadata only where the editor would change it', () => {
    const [plain, mixed, marked] = openFile(
      'a\r\nb\r\n\r\n```gd\r\na\nb\r\n```\r\n<!-- cell -->\r\n\uFEFFc',
    ).cells;
    assert.deepEqual(plain?.metadata, { [lessonMark]: { before: '', open: '', close: '' } });
    assert.deepEqual(mixed?.metadata, {
      [lessonMark]: { before: '\r\n\r\n', open: '```gd\r\n', close: '\r\n```', text: 'a\nb' },
    });
    assert.deepEqual(marked?.metadata, {
      [lessonMark]: { before: '\r\n<!-- cell -->\r\n', open: '', close: '', text: '\uFEFFc' },
    });
  });

  it('writes a new or edited cell with the line ends of the file', () => {
    const { cells, metadata } = openFile('# A\r\n\r\n```gd\r\nx\r\n```\r\n');
    const saved = save({ metadata, cells: [...cells, newCode, newMarkdown] });
    assert.equal(saved, '# A\r\n\r\n```gd\r\nx\r\n```\r\n\r\n```gd\r\na\r\nb\r\n```\r\n\r\na\r\nb\r\n');
  });

  it('writes cells without any metadata', () => {
    assert.equal(save({ metadata: {}, cells: [newMarkdown, newCode] }), 'a\nb\n\n```gd\na\nb\n```\n');
  });

  it('survives metadata of another form', () => {
    for (const kept of [
      null,
      'x',
      1,
      [],
      { before: 1 },
      { before: 'x', open: 'y\nz', close: 'z' },
      { text: 5 },
    ]) {
      const cells = [newMarkdown, newCode].map((cell) => ({ ...cell, metadata: { [lessonMark]: kept } }));
      assert.equal(save({ metadata: { [lessonMark]: kept }, cells }), 'a\nb\n\n```gd\na\nb\n```\n');
    }
  });

  it('knows its own cells from those of other notebooks', () => {
    assert.ok(openFile('a').cells.every((cell) => isLessonCell(cell.metadata)));
    assert.ok(isLessonCell(newCellMetadata));
    for (const metadata of [undefined, null, 'gdnb', {}, { gdnb: true }, { tags: ['gdnb'] }]) {
      assert.ok(!isLessonCell(metadata));
    }
  });
});
