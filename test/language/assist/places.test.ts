import assert from 'node:assert/strict';
import {
  editLearningRate,
  editStart,
  formatNumber,
  valuePlaces,
  type RateChange,
} from '../../../src/language/index.ts';
import { applyEdits } from '../edits.ts';

const bowl = 'parameters w = 1\nloss = w^2\n';

/** A line of a cell, a change, and the line after it. */
const rates: readonly (readonly [line: string, change: RateChange, after: string, run?: number])[] = [
  ['learning_rate = 0.1   # rate', { value: 0.05 }, 'learning_rate = 0.05   # rate'],
  ['learning_rate=0.1', { factor: 3 }, 'learning_rate=0.3'],
  ['learning_rate = [0.1, 0.2,0.3]', { value: 1e-7 }, 'learning_rate = [0.1, 1e-7,0.3]', 1],
  ['learning_rate = [0.1, 0.2]', { factor: 0.5 }, 'learning_rate = [0.1, 0.1]', 1],
  ['learning_rate = 2 / 10', { value: 0.25 }, 'learning_rate = 0.25'],
  ['learning_rate = 2 / 10', { factor: 2 }, 'learning_rate = 0.4'],
  ['learning_rate = -0.1', { value: 0.1 }, 'learning_rate = 0.1'],
  ['rate = 0.1\nlearning_rate = rate', { value: 0.2 }, 'rate = 0.2\nlearning_rate = rate'],
  [
    'rate = 0.1\nlearning_rate = rate\ncheck loss < rate',
    { value: 0.2 },
    'rate = 0.1\nlearning_rate = 0.2\ncheck loss < rate',
  ],
  ['learning_rate = 0.2 * min(1, step / 20)', { factor: 2 }, 'learning_rate = 0.4 * min(1, step / 20)'],
  ['learning_rate = min(1, step / 20)', { factor: 0.5 }, 'learning_rate = 0.5 * min(1, step / 20)'],
  ['learning_rate = 1 - step / steps', { factor: 0.5 }, 'learning_rate = 0.5 * (1 - step / steps)'],
  ['learning_rate = (1 - step / steps) * 0.3', { factor: 2 }, 'learning_rate = (1 - step / steps) * 0.6'],
  ['learning_rate = 1 / step', { factor: 2 }, 'learning_rate = 2 / step'],
  ['learning_rate = 1 / step', { value: 2 }, 'learning_rate = 1 / step'],
  ['learning_rate =', { value: 2 }, 'learning_rate ='],
  ['steps = 3', { value: 2 }, 'learning_rate = 2\nsteps = 3'],
  ['seed = 3', { value: 2 }, 'seed = 3\nlearning_rate = 2'],
  ['seed = 3', { factor: 2 }, 'seed = 3'],
  ['learning_rate = 0.1', { value: Infinity }, 'learning_rate = 0.1'],
];

const starts: readonly (readonly [
  line: string,
  parameter: string,
  value: number,
  after: string,
  run?: number,
])[] = [
  ['parameters w = 0, b = 1  # knobs', 'b', -2.5, 'parameters w = 0, b = -2.5  # knobs'],
  ['parameters w = [-2, 2, 2]', 'w', 3, 'parameters w = [-2, 3, 2]', 1],
  ['parameters w = normal(0, 1), b = 0', 'w', 0.25, 'parameters w = 0.25, b = 0'],
  ['parameters w = (1 + 2) * 3', 'w', 1, 'parameters w = 1'],
  ['parameters w = 0', 'v', 1, 'parameters w = 0'],
  ['parameters w =', 'w', 1, 'parameters w ='],
  ['parameters toString = 0', 'toString', 1, 'parameters toString = 1'],
];

describe('writing a learning rate into a cell', () => {
  for (const [line, change, after, run] of rates) {
    it(`${line.replaceAll('\n', ' / ')} by ${JSON.stringify(change)}`, () => {
      const source = bowl + line;
      assert.equal(applyEdits(source, editLearningRate(source, change, run)), bowl + after);
    });
  }
});

describe('writing a start into a cell', () => {
  for (const [line, parameter, value, after, run] of starts) {
    it(`${line} at ${value}`, () => {
      assert.equal(applyEdits(line, editStart(line, parameter, value, run)), after);
    });
  }
});

describe('the places of values', () => {
  it('are one a run where a list varies them', () => {
    const source = 'parameters w = [1, uniform(0, 1)]\nloss = w\nlearning_rate = [0.1, 0.2 / step]';
    const { learningRate, starts: found } = valuePlaces(source);
    const shown = [...learningRate, ...(found.get('w') ?? [])].map(({ kind, value, start, end }) => [
      kind,
      value,
      source.slice(start, end),
    ]);
    assert.deepEqual(shown, [
      ['number', 0.1, '0.1'],
      ['schedule', undefined, '0.2 / step'],
      ['number', 1, '1'],
      ['draw', undefined, 'uniform(0, 1)'],
    ]);
  });

  it('write numbers without the noise of their last digits', () => {
    assert.equal(formatNumber(0.1 + 0.2), '0.3');
    assert.equal(formatNumber(1e-9), '1e-9');
    assert.equal(formatNumber(1e21), '1e+21');
  });
});
