import assert from 'node:assert/strict';
import { foldingRanges, outline } from '../../../src/language/index.ts';

const cell = `# One comment.
# And another.

data = table(
  x: [1, 2],
  y: [2, 4],
)
parameters w = 0, b = 1   # starts
loss = mse(w * x + b, y)
for each step:
    # inside
    gradient = slope(loss)

    parameter = parameter - learning_rate * gradient
check loss < 3  # close
# the end`;

describe('the outline', () => {
  it('lists statements with what they are given', () => {
    const entries = outline(cell).map(({ kind, name, detail }) => [kind, name, detail]);
    assert.deepEqual(entries, [
      ['setting', 'data', 'table( x: [1, 2], y: [2, 4], )'],
      ['parameter', 'w', '0'],
      ['parameter', 'b', '1'],
      ['setting', 'loss', 'mse(w * x + b, y)'],
      ['block', 'for each step', ''],
      ['check', 'close', 'loss < 3'],
    ]);
  });

  it('has the lines of the block below it', () => {
    const block = outline(cell).find((entry) => entry.kind === 'block');
    assert.deepEqual(
      block?.children.map((entry) => entry.name),
      ['gradient', 'parameter'],
    );
  });

  it('keeps every selection within its entry', () => {
    for (const { start, end, selection } of outline(cell)) {
      assert.ok(start <= selection.start && selection.end <= end);
    }
  });
});

describe('folding', () => {
  it('folds comments, statements over several lines, and the block', () => {
    const found = foldingRanges(cell).map(({ kind, start, end }) => [
      kind,
      cell.slice(start, end).split('\n').length,
    ]);
    assert.deepEqual(found, [
      ['comment', 2],
      ['region', 4],
      ['region', 5],
    ]);
  });

  it('leaves single comments and comments behind statements alone', () => {
    assert.deepEqual(foldingRanges('a = 1 # one\nb = 2 # two\n\n# three\n\n# four'), []);
  });
});
