import assert from 'node:assert/strict';
import { readLesson, writeLesson } from '../../src/lesson/index.ts';

/** Cells in short: Markdown as its text, code as its language and text. */
function cellsOf(text: string): (string | [language: string, text: string])[] {
  return readLesson(text).cells.map((cell) =>
    cell.kind === 'code' ? [cell.language, cell.text] : cell.text,
  );
}

type Row = [rule: string, text: string, cells: (string | [language: string, text: string])[]];

const rows: Row[] = [
  ['an empty file has no cells', '', []],
  ['a file of blank lines has no cells', '\n \n\t\n', []],
  ['text is one Markdown cell', '# A\n\nb\n', ['# A\n\nb']],
  ['a gd fence is a code cell', 'a\n\n```gd\nx = 1\n```\n\nb\n', ['a', ['gd', 'x = 1'], 'b']],
  ['a fence needs no blank lines around it', 'a\n```gd\nx\n```\nb', ['a', ['gd', 'x'], 'b']],
  ['an empty fence is an empty cell', '```gd\n```', [['gd', '']]],
  ['a blank line in a fence is an empty cell', '```gd\n\n```', [['gd', '']]],
  ['a tilde fence is a code cell', '~~~gd\nx\n~~~', [['gd', 'x']]],
  ['a longer fence holds a shorter one', '````gd\n```\n````', [['gd', '```']]],
  ['a fence is not closed by the other character', '```gd\n~~~\n```', [['gd', '~~~']]],
  ['a fence is not closed by a line with more on it', '```gd\n``` x\n```', [['gd', '``` x']]],
  ['a fence is closed with up to three spaces before', '```gd\nx\n   ```', [['gd', 'x']]],
  ['a fence is not closed with four spaces before', '```gd\n    ```\n```', [['gd', '    ```']]],
  ['a fence is closed with spaces after', '```gd\nx\n``` \t\n', [['gd', 'x']]],
  ['an unclosed fence goes to the end', '```gd\nx\n\ny\n', [['gd', 'x\n\ny']]],
  ['gd may be followed by more words', '```gd seen=1\nx\n```', [['gd', 'x']]],
  ['gd may follow spaces', '``` \tgd\nx\n```', [['gd', 'x']]],
  ['gdx is not gd', '```gdx\nx\n```', ['```gdx\nx\n```']],
  ['GD is not gd', '```GD\nx\n```', ['```GD\nx\n```']],
  ['gd is the first word', '```x gd\nx\n```', ['```x gd\nx\n```']],
  ['an indented gd fence is Markdown', ' ```gd\nx\n ```', [' ```gd\nx\n ```']],
  ['two backticks are no fence', '``gd\nx\n``', ['``gd\nx\n``']],
  ['a backtick after the fence makes it inline code', '```gd `\nx', ['```gd `\nx']],
  ['a gd fence in another fence is Markdown', '````md\n```gd\nx\n```\n````', ['````md\n```gd\nx\n```\n````']],
  ['a gd fence in an indented fence is Markdown', '  ~~~\n```gd\n  ~~~', ['  ~~~\n```gd\n  ~~~']],
  ['a gd fence after four spaces and a fence is code', '    ```\n```gd\nx\n```', ['    ```', ['gd', 'x']]],
  ['an unclosed other fence goes to the end', '```py\n```gd\nx', ['```py\n```gd\nx']],
  [
    'a fence in a list item is closed there',
    '- ```py\n  x\n  ```\n```gd\ny\n```',
    ['- ```py\n  x\n  ```', ['gd', 'y']],
  ],
  ['a fence in a list item ends with it', '1. ```py\n   x\n```gd\ny\n```', ['1. ```py\n   x', ['gd', 'y']]],
  ['a list item holds a gd fence as Markdown', '- ```gd\n  x\n  ```', ['- ```gd\n  x\n  ```']],
  ['a mark parts two Markdown cells', 'a\n\n<!-- cell -->\n\nb', ['a', 'b']],
  ['a mark needs no blank lines around it', 'a\n<!-- cell -->\nb', ['a', 'b']],
  ['a mark beside a code cell parts nothing', '<!-- cell -->\n```gd\n```\n<!-- cell -->\n', [['gd', '']]],
  ['two marks make no empty cell', 'a\n<!-- cell -->\n\n<!-- cell -->\nb', ['a', 'b']],
  ['a mark in a fence is text', '~~~\n<!-- cell -->\n~~~', ['~~~\n<!-- cell -->\n~~~']],
  ['a mark in a gd fence is text', '```gd\n<!-- cell -->\n```', [['gd', '<!-- cell -->']]],
  ['an indented mark is text', 'a\n <!-- cell -->\nb', ['a\n <!-- cell -->\nb']],
  ['a mark with more on its line is text', 'a\n<!-- cell --> x', ['a\n<!-- cell --> x']],
  [
    'one blank line is the seam, more are the cell',
    'a\n\n\n```gd\n```\n\n\nb\n\n\n',
    ['a\n', ['gd', ''], '\nb\n'],
  ],
  ['Markdown by length', 'a\n<!-- cell markdown 3 lines -->\n```gd\nx\n```\nb', ['a', '```gd\nx\n```', 'b']],
  ['code by length', '<!-- cell code python 2 lines -->\nx\n\n', [['python', 'x\n']]],
  ['gd by length', '<!-- cell code gd 1 line -->\n```\n', [['gd', '```']]],
  ['no lines', '<!-- cell markdown 0 lines -->\na', ['', 'a']],
  ['one empty line', '<!-- cell markdown 1 lines -->\n\na', ['', 'a']],
  ['a language with a space', '<!-- cell code a%20b 1 line -->\nx', [['a b', 'x']]],
  ['fewer lines follow', '<!-- cell markdown 3 lines -->\na\nb\n', ['<!-- cell markdown 3 lines -->\na\nb']],
  [
    'lines by length close no fence',
    '~~~\n<!-- cell markdown 1 line -->\n~~~',
    ['~~~\n<!-- cell markdown 1 line -->\n~~~'],
  ],
  [
    'a length that is no number is text',
    '<!-- cell markdown -1 lines -->\na',
    ['<!-- cell markdown -1 lines -->\na'],
  ],
  ['CRLF', 'a\r\n\r\n```gd\r\nx\r\ny\r\n```\r\n', ['a', ['gd', 'x\r\ny']]],
  ['CR', 'a\r\r```gd\rx\ry\r```\r', ['a', ['gd', 'x\ry']]],
  ['mixed line ends', 'a\nb\r\n\n```gd\rx\n```\r\n', ['a\nb', ['gd', 'x']]],
  ['other separators end no line', 'a\u2028```gd\u0085b\vc\fd', ['a\u2028```gd\u0085b\vc\fd']],
  ['a byte-order mark', '\uFEFF```gd\nx\n```', [['gd', 'x']]],
  ['a second byte-order mark is text', '\uFEFF\uFEFFa', ['\uFEFFa']],
  ['front matter is no cell', '---\ntitle: A\ntags:\n  - x\n# c\n\n---\n\na', ['a']],
  ['front matter after a byte-order mark', '\uFEFF---\na: 1\n...\n```gd\nx\n```', [['gd', 'x']]],
  ['front matter alone', '---\na: 1\n---', []],
  ['a rule at the start is no front matter', '---\n\na: 1\n\n---', ['---\n\na: 1\n\n---']],
  [
    'prose between rules is no front matter',
    '---\nNote: x\n\nprose here\n\n---',
    ['---\nNote: x\n\nprose here\n\n---'],
  ],
  [
    'a cell between rules is no front matter',
    '---\na: 1\n```gd\nx\n```\n---',
    ['---\na: 1', ['gd', 'x'], '---'],
  ],
  ['unclosed front matter is Markdown', '---\na: 1\n', ['---\na: 1']],
  ['front matter is at the start only', '\n---\na: 1\n---', ['---\na: 1\n---']],
];

describe('readLesson', () => {
  for (const [rule, text, cells] of rows) {
    it(rule, () => {
      assert.deepEqual(cellsOf(text), cells);
      assert.equal(writeLesson(readLesson(text)), text);
    });
  }

  it('tells the line end that most lines have', () => {
    const kinds: [string, string][] = [
      ['', '\n'],
      ['a', '\n'],
      ['a\nb\r\n', '\n'],
      ['a\r\nb\r\nc\n', '\r\n'],
      ['a\rb\rc\n', '\r'],
    ];
    for (const [text, lineEnd] of kinds)
      assert.equal(readLesson(text).lineEnd, lineEnd, JSON.stringify(text));
  });

  it('keeps front matter as a text of its own', () => {
    const { byteOrderMark, frontMatter, lead } = readLesson('\uFEFF---\r\ntitle: A\r\n---\r\n\r\na\r\n');
    assert.deepEqual([byteOrderMark, frontMatter, lead], ['\uFEFF', '---\r\ntitle: A\r\n---', '\r\n\r\n']);
  });

  it('reads a long file in a time that grows with its length', () => {
    const cell = '```gd\nx = 1\n```\n\ntext\n\n<!-- cell -->\n\n';
    const { cells } = readLesson(cell.repeat(20_000));
    assert.equal(cells.length, 40_000);
  });
});
