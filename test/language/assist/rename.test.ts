import assert from 'node:assert/strict';
import { definitionsAt, referencesAt, renameableAt, renameAt } from '../../../src/language/index.ts';
import { atCursor } from '../cursor.ts';
import { applyEdits } from '../edits.ts';

const columns = ['sqft', 'price'];

function renamed(marked: string, name: string): string {
  const { source, offset } = atCursor(marked);
  const answer = renameAt(source, offset, name, columns);
  return 'refusal' in answer ? answer.refusal : applyEdits(source, answer.result);
}

/** A cell with the cursor at `|`, a new name, and the cell after the rename, or the refusal's beginning. */
const renames: readonly (readonly [marked: string, name: string, after: string])[] = [
  ['si|ze = 3\nloss = size + size', 'area', 'area = 3\nloss = area + area'],
  ['size = 3\nloss = si|ze + 1', 'area', 'area = 3\nloss = area + 1'],
  [
    'parameters w| = 0\nloss = w^2\nlandscape = [w: 0..3]',
    'v',
    'parameters v = 0\nloss = v^2\nlandscape = [v: 0..3]',
  ],
  [
    'velocity = 1\nfor each step:\n    velocity = ve|locity + gradient\n    parameter = velocity',
    'speed',
    'speed = 1\nfor each step:\n    speed = speed + gradient\n    parameter = speed',
  ],
  [
    'data = table(x: [1], y: [2])\nloss = mean(x| - `x` + y)',
    'z',
    'data = table(z: [1], y: [2])\nloss = mean(z - `z` + y)',
  ],
  ['é = 3\nloss = e\u0301|', 'x', 'x = 3\nloss = x'],
  ['constructor = 3\nloss = con|structor', 'toString', 'toString = 3\nloss = toString'],
  ['check a| < 3\na = 2', 'b', 'check b < 3\nb = 2'],
  ['lo|ss = 3', 'x', '`loss` is a word of the language'],
  ['loss = ab|s(3)', 'x', '`abs` is a word of the language'],
  ['optimizer = ad|am', 'x', '`adam` is a word of the language'],
  ['data = "houses.csv"\nloss = mean(sq|ft)', 'x', '`sqft` is a column of the data file'],
  ['loss = no|body', 'x', 'There is no `nobody`'],
  ['loss = 3 |+ 4', 'x', 'There is no name here'],
  ['a| = 3\nloss = a', '2b', 'A name is made of letters'],
  ['a| = 3\nloss = a', 'mean', '`mean` is a word of the language'],
  ['a| = 3\nb = 4\nloss = a + b', 'b', 'There is a `b` already'],
  ['a| = 3\nloss = a', 'price', 'There is a `price` already'],
];

describe('renaming', () => {
  for (const [marked, name, after] of renames) {
    it(`${marked.replaceAll('\n', ' / ')} to ${name}`, () => {
      const result = renamed(marked, name);
      assert.equal(result.slice(0, after.length), after);
    });
  }

  it('shows what it would rename', () => {
    assert.deepEqual(renameableAt('size = 3\nloss = size', 17), {
      result: { name: 'size', start: 16, end: 20 },
    });
  });
});

describe('definitions and references', () => {
  const cell =
    'parameters w = 0\nloss = w^2 + w\nlearning_rate = 0.1\nfor each step:\n    parameter = parameter - learning_rate * gradient';

  it('finds where a name is given', () => {
    assert.deepEqual(definitionsAt(cell, cell.indexOf('w^2')), [{ start: 11, end: 12 }]);
    const rate = cell.lastIndexOf('learning_rate');
    assert.deepEqual(definitionsAt(cell, rate), [
      { start: cell.indexOf('learning_rate'), end: cell.indexOf('learning_rate') + 13 },
    ]);
  });

  it('finds every use', () => {
    assert.equal(referencesAt(cell, 11).length, 3);
    assert.equal(referencesAt(cell, cell.indexOf('learning_rate')).length, 2);
    assert.deepEqual(referencesAt(cell, cell.indexOf('= 0')), []);
  });
});
