import assert from 'node:assert/strict';
import { readLesson, writeLesson, type Cell, type Lesson } from '../../src/lesson/index.ts';

const empty: Lesson = { byteOrderMark: '', frontMatter: '', lead: '', cells: [], tail: '', lineEnd: '\n' };

function markdown(text: string): Cell {
  return { kind: 'markdown', text };
}

function code(text: string, language = 'gd'): Cell {
  return { kind: 'code', language, text };
}

type Row = [rule: string, cells: Cell[], text: string];

const newCells: Row[] = [
  ['no cells are an empty file', [], ''],
  ['Markdown and code, a blank line between', [markdown('a'), code('x')], 'a\n\n```gd\nx\n```\n'],
  ['a mark between two Markdown cells', [markdown('a'), markdown('b')], 'a\n\n<!-- cell -->\n\nb\n'],
  ['an empty code cell', [code('')], '```gd\n```\n'],
  ['a code cell with a fence in it', [code('```\n')], '````gd\n```\n\n````\n'],
  ['a code cell with a long fence in it', [code('`````py')], '``````gd\n`````py\n``````\n'],
  ['blank lines around Markdown', [code('x'), markdown('\na\n')], '```gd\nx\n```\n\n\na\n\n\n'],
  ['a blank line first in the file', [markdown('\na')], '\n\na\n'],
  ['an empty Markdown cell', [markdown('')], '<!-- cell markdown 0 lines -->\n'],
  ['a blank Markdown cell', [markdown(' \n')], '<!-- cell markdown 2 lines -->\n \n\n'],
  ['Markdown with a gd fence', [markdown('```gd\n```')], '<!-- cell markdown 2 lines -->\n```gd\n```\n'],
  ['Markdown with an unclosed fence', [markdown('```')], '<!-- cell markdown 1 line -->\n```\n'],
  ['Markdown with a mark', [markdown('<!-- cell -->')], '<!-- cell markdown 1 line -->\n<!-- cell -->\n'],
  ['Markdown with a mark in a fence', [markdown('```\n<!-- cell -->\n```')], '```\n<!-- cell -->\n```\n'],
  [
    'Markdown with a mark that counts more lines than follow',
    [markdown('<!-- cell markdown 9 lines -->')],
    '<!-- cell markdown 1 line -->\n<!-- cell markdown 9 lines -->\n',
  ],
  [
    'Markdown like front matter',
    [markdown('---\na: 1\n---')],
    '<!-- cell markdown 3 lines -->\n---\na: 1\n---\n',
  ],
  ['it may stand further down', [code(''), markdown('---\na: 1\n---')], '```gd\n```\n\n---\na: 1\n---\n'],
  [
    'Markdown after a byte-order mark of its own',
    [markdown('\uFEFFa')],
    '<!-- cell markdown 1 line -->\n\uFEFFa\n',
  ],
  ['another language', [code('x\ny', 'python')], '<!-- cell code python 2 lines -->\nx\ny\n'],
  ['a language with a space', [code('x', 'a b')], '<!-- cell code a%20b 1 line -->\nx\n'],
];

function edited(text: string, change: (cells: Cell[]) => Cell[]): string {
  const lesson = readLesson(text);
  return writeLesson({ ...lesson, cells: change([...lesson.cells]) });
}

function withText(at: number, text: string): (cells: Cell[]) => Cell[] {
  return (cells) => cells.map((cell, index) => (index === at ? { ...cell, text } : cell));
}

type Edit = [rule: string, text: string, change: (cells: Cell[]) => Cell[], result: string];

const edits: Edit[] = [
  ['keeps the fence line', '~~~~gd seen\nx\n~~~~~ \n', withText(0, 'y'), '~~~~gd seen\ny\n~~~~~ \n'],
  ['lengthens a fence', '~~~gd seen\nx\n~~~\n', withText(0, '~~~'), '~~~~gd seen\n~~~\n~~~~\n'],
  ['fills an empty fence', '```gd\n```', withText(0, 'x'), '```gd\nx\n```'],
  [
    'keeps seams',
    'a\n```gd\nx\n```\n \n\n```gd\ny\n```',
    withText(1, 'z'),
    'a\n```gd\nz\n```\n \n\n```gd\ny\n```',
  ],
  ['opens a seam that no longer fits', 'a\n```gd\nx\n```\n', withText(0, 'a\n'), 'a\n\n\n```gd\nx\n```\n'],
  [
    'closes a fence before a new cell',
    '```gd\nx\n',
    (cells) => [...cells, code('y')],
    '```gd\nx\n```\n\n```gd\ny\n```\n',
  ],
  ['keeps a fence unclosed at the end', '```gd\nx\n', withText(0, 'y'), '```gd\ny\n'],
  ['keeps Markdown unclosed at the end', 'a\n~~~\nx', withText(0, 'b\n~~~\nx'), 'b\n~~~\nx'],
  [
    'says Markdown by length once its fence would swallow a cell',
    'a\n~~~\nx',
    (cells) => [...cells, code('y')],
    '<!-- cell markdown 3 lines -->\na\n~~~\nx\n\n```gd\ny\n```',
  ],
  [
    'counts again',
    '<!-- cell code python 1 lines -->\nx\n\n\n\n# A\n',
    withText(0, 'x\ny'),
    '<!-- cell code python 2 lines -->\nx\ny\n\n\n\n# A\n',
  ],
  [
    'keeps a mark that still counts right',
    '<!-- cell code gd 01 lines -->\nx',
    withText(0, 'y'),
    '<!-- cell code gd 01 lines -->\ny',
  ],
  [
    'deletes a cell with its seam',
    'a\n\n```gd\nx\n```\n\nb\n',
    (cells) => cells.slice(0, 2),
    'a\n\n```gd\nx\n```\n',
  ],
  [
    'parts Markdown that came together',
    'a\n\n```gd\nx\n```\n\nb\n',
    (cells) => cells.filter((cell) => cell.kind === 'markdown'),
    'a\n\n<!-- cell -->\n\nb\n',
  ],
  [
    'keeps the start of the file when another cell comes first',
    '\n# A\n\n```gd\nx\n```\n',
    (cells) => cells.reverse(),
    '\n```gd\nx\n```\n\n# A\n',
  ],
  ['empties a file', '# A\n', () => [], '\n'],
  ['fills a file of blank lines', '\n\n', () => [code('x')], '```gd\nx\n```\n\n'],
  ['writes after front matter', '---\na: 1\n---', () => [markdown('b')], '---\na: 1\n---\n\nb'],
];

describe('writeLesson', () => {
  for (const [rule, cells, text] of newCells) {
    it(rule, () => {
      assert.equal(writeLesson({ ...empty, cells, tail: cells.length > 0 ? '\n' : '' }), text);
    });
  }

  for (const [rule, text, change, result] of edits) {
    it(rule, () => {
      assert.equal(edited(text, change), result);
    });
  }

  it('writes what is new with the line ends of the file', () => {
    const cells = [markdown('a'), markdown('b'), code('x'), code('y', 'python')];
    const text = writeLesson({ ...empty, cells, tail: '\r\n', lineEnd: '\r\n' });
    assert.equal(
      text,
      'a\r\n\r\n<!-- cell -->\r\n\r\nb\r\n\r\n```gd\r\nx\r\n```\r\n\r\n<!-- cell code python 1 line -->\r\ny\r\n',
    );
  });

  it('keeps a CR and an LF apart that would become one line end', () => {
    assert.equal(
      writeLesson({ ...empty, cells: [code('x\r'), markdown('\ny')] }),
      '```gd\nx\r\r\n```\n\n\ny',
    );
  });
});
