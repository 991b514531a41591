import assert from 'node:assert/strict';

import { CellError, positionAt, toError } from '../../src/editor/cell-error.ts';

describe('the error of a cell', () => {
  const source = 'size = sqft / 1000\r\nloss = mean(sise)';

  it('names line and column, and has the lines that the editor links', () => {
    const complaints = [
      { message: 'There is no sise.', start: 32, end: 36 },
      { message: 'The learning rate is missing.', start: 0, end: 0 },
    ];
    const error = toError(source, complaints, 7);
    assert.equal(
      error.message,
      'Line 2, column 13: There is no sise.\nLine 1, column 1: The learning rate is missing.',
    );
    assert.equal(
      error.stack,
      [
        'Line 2, column 13: There is no sise.',
        'Cell In[7], line 2',
        '',
        'Line 1, column 1: The learning rate is missing.',
        'Cell In[7], line 1',
      ].join('\n'),
    );
    assert.equal(error.name, '');
  });

  it('keeps a link in the text of a learner from becoming one', () => {
    const error = toError('x', [{ message: 'no column `<a href="x">y</A>`', start: 0, end: 1 }], 1);
    assert.doesNotMatch(error.stack ?? '', /<\/?a/i);
  });

  it('breaks long lines between words', () => {
    const message = `${'word '.repeat(40)}end`;
    const lines = toError('x', [{ message, start: 0, end: 1 }], 1).stack?.split('\n') ?? [];
    assert.equal(lines.length, 4);
    assert.ok(lines.every((line) => line.length <= 90));
    assert.equal(lines.slice(0, -1).join(' '), `Line 1, column 1: ${message}`);
  });

  it('says all complaints in its message', () => {
    assert.equal(
      new CellError([
        { message: 'a', start: 0, end: 0 },
        { message: 'b', start: 1, end: 1 },
      ]).message,
      'a\nb',
    );
  });

  it('counts lines of every kind', () => {
    assert.deepEqual(positionAt('a\nb\rc\r\nd', 7), { line: 4, column: 1 });
    assert.deepEqual(positionAt('', 0), { line: 1, column: 1 });
  });
});
