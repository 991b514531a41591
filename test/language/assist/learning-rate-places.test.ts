import assert from 'node:assert/strict';
import { learningRatePlaces } from '../../../src/language/index.ts';

/** Lines of a cell, and the text at the places of its learning rate, each with its line. */
const rates: readonly (readonly [lines: string, ...places: readonly string[]])[] = [
  ['learning_rate = 0.1   # rate', 'learning_rate = 0.1'],
  ['learning_rate = [0.1, 0.2 / step]', 'learning_rate = [0.1', 'learning_rate = [0.1, 0.2 / step'],
  ['learning_rate = 2 / 10', 'learning_rate = 2 / 10'],
  ['rate = 0.1\nlearning_rate = (rate)', 'rate = 0.1'],
  ['rate = -0.1 # down\nlearning_rate = rate', 'rate = -0.1'],
  ['rate = 2 / 10\nlearning_rate = rate', 'learning_rate = rate'],
  ['rate = [0.1, 0.2]\nlearning_rate = rate', 'learning_rate = rate'],
  ['rate = 0.1\nlearning_rate = rate\ncheck loss < rate', 'learning_rate = rate'],
  ['toString = 0.1\nlearning_rate = toString', 'toString = 0.1'],
  ['learning_rate = valueOf', 'learning_rate = valueOf'],
  ['steps = 3'],
];

describe('the places of the learning rate', () => {
  for (const [lines, ...expected] of rates) {
    it(lines.replaceAll('\n', ' / '), () => {
      const source = `parameters w = 1\nloss = w^2\n${lines}`;
      const found = learningRatePlaces(source).map(({ end }) => source.slice(0, end).split('\n').at(-1));
      assert.deepEqual(found, expected);
    });
  }

  it('begin where the number or the formula begins', () => {
    const source = 'learning_rate = [0.1,  0.2 / step]';
    const found = learningRatePlaces(source).map(({ start, end }) => source.slice(start, end));
    assert.deepEqual(found, ['0.1', '0.2 / step']);
  });
});
