import assert from 'node:assert/strict';
import {
  appendLine,
  beginLine,
  indentationAt,
  lineEndOf,
  moveAbove,
  moveBehind,
  removableText,
  removeStatement,
  textLinesOf,
} from '../../src/language/text-lines.ts';
import { applyEdits, applyFix } from './edits.ts';

/** The place of a part of a text. */
function placeOf(text: string, part: string): { start: number; end: number } {
  const start = text.indexOf(part);
  assert.ok(start >= 0, part);
  return { start, end: start + part.length };
}

describe('the line end of a text', () => {
  for (const end of ['\n', '\r', '\r\n']) {
    it(`is its first, ${JSON.stringify(end)}`, () => {
      assert.equal(lineEndOf(`a${end}b\nc`), end);
    });
  }

  it('is a line feed where it has none', () => {
    assert.equal(lineEndOf('a'), '\n');
  });
});

describe('the text lines of a place', () => {
  for (const end of ['\n', '\r', '\r\n']) {
    const text = ['one', 'two', 'three', 'four'].join(end);

    it(`are without the last line end, ${JSON.stringify(end)}`, () => {
      const { start } = placeOf(text, 'wo');
      const lines = textLinesOf(text, { start, end: placeOf(text, 'thr').end });
      assert.equal(text.slice(lines.start, lines.end), `two${end}three`);
    });
  }

  it('reach to both ends of a text of one line', () => {
    assert.deepEqual(textLinesOf('one', { start: 0, end: 0 }), { start: 0, end: 3 });
  });

  it('begin with their indentation', () => {
    assert.equal(indentationAt('a\n \t\u0085 b c', 7), ' \t\u0085 ');
    assert.equal(indentationAt('  a\nb', 4), '');
  });
});

describe('a statement that is taken out', () => {
  const taken: readonly (readonly [what: string, before: string, after: string])[] = [
    ['leaves no empty line', 'a\nX\nb', 'a\nb'],
    ['takes a line end of two characters', 'a\r\nX\r\nb', 'a\r\nb'],
    ['takes the line end before it where it is last', 'a\nX', 'a'],
    ['takes its comment', 'a\n  X  # so\nb', 'a\nb'],
    ['leaves nothing where there is nothing else', 'X', ''],
    ['leaves the statement before it', 'a; X\nb', 'a\nb'],
    ['leaves the statement behind it, and the indentation', '  X; a\nb', '  a\nb'],
  ];
  for (const [what, before, after] of taken) {
    it(what, () => {
      const fix = removeStatement(before, placeOf(before, 'X'), 'Delete');
      assert.equal(applyFix(before, fix), after);
      assert.deepEqual(fix.edits, [{ ...removableText(before, placeOf(before, 'X')), text: '' }]);
    });
  }
});

describe('a statement that begins a line', () => {
  it('has the indentation that is asked for in place of its own', () => {
    const text = 'a\n\tX';
    assert.equal(applyEdits(text, [beginLine(text, placeOf(text, 'X'), '  ')]), 'a\n  X');
  });

  it('is parted from what stands before it', () => {
    const text = 'a ; X\r\nb';
    assert.equal(applyEdits(text, [beginLine(text, placeOf(text, 'X'), '  ')]), 'a\r\n  X\r\nb');
  });
});

describe('a statement that is moved', () => {
  const behind = (text: string, target: string) =>
    applyFix(text, moveBehind(text, placeOf(text, 'X'), placeOf(text, target).end, 'Move', '  '));
  const above = (text: string, target: string) =>
    applyFix(text, moveAbove(text, placeOf(text, 'X'), placeOf(text, target).start, 'Move'));

  it('goes behind a line with its comment', () => {
    assert.equal(behind('X  # so\na # b\nc', 'a'), 'a # b\n  X  # so\nc');
  });

  it('leaves the comment of a line that it shares', () => {
    assert.equal(behind('b; X  # so\na', 'a'), 'b  # so\na\n  X');
  });

  it('only changes its indentation where it is there already', () => {
    const { edits } = moveBehind('a\nX', { start: 2, end: 3 }, 3, 'Move', '  ');
    assert.deepEqual(edits, [{ start: 2, end: 2, text: '  ' }]);
  });

  it('goes above a line with its comment and the indentation of that', () => {
    assert.equal(above('b\n  a\n    X  # so\nc', 'a'), 'b\n  X  # so\n  a\nc');
  });

  it('goes above the first line', () => {
    assert.equal(above('a\r\nb; X', 'a'), 'X\r\na\r\nb');
  });
});

describe('a line that is appended', () => {
  for (const [what, before, after] of [
    ['is the only one of an empty text', '', 'x\ny'],
    ['stands directly below the last', 'a\n\n', 'a\nx\ny\n\n'],
    ['has the line ends of the text', 'a\r\nb', 'a\r\nb\r\nx\r\ny'],
  ] as const) {
    it(what, () => {
      assert.equal(applyFix(before, appendLine(before, 'x\ny', 'Insert')), after);
    });
  }
});
