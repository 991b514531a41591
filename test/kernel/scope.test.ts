import assert from 'node:assert/strict';
import { gradient } from '../../src/kernel/index.ts';
import { programOf, runOf } from './programs.ts';

function valueOf(loss: string, lines = ''): number {
  return runOf(
    `data = table(u: [1, 2, 6], v: [4, 0, -1])\nparameters a = 3\n${lines}\nloss = ${loss}\nsteps = 0`,
  ).start.loss;
}

const values: [loss: string, value: number][] = [
  ['-a^2', -9],
  ['2^-1 + 0 * a', 0.5],
  ['2^3^2 + 0 * a', 512],
  ['a / 2 / 3 * 4', 2],
  ['a - 1 - 1 + 5', 6],
  ['(a > 2) + (a == 3) * 10', 11],
  ['a * pi', 3 * Math.PI],
  ['a * mean(u)', 9],
  ['mean(a * u)', 9],
  ['sum(a * u) / count(a * u)', 9],
  ['a * count(u)', 9],
  ['std(a * u) / a', Math.sqrt(14 / 3)],
  ['a * std(u) / 3', Math.sqrt(14 / 3)],
  ['max(a * u) - min(a * u)', 15],
  ['mean(max(a, u)) + mean(min(a, u, v))', 4],
  ['mean(a) + sum(a) + min(a) + max(a) + std(a) + count(a)', 13],
  ['mean(where(v, a, 0))', 2],
  ['mse(a, u)', 14 / 3],
  ['mae(a, u)', 2],
  ['huber(a, u)', (1.5 + 0.5 + 2.5) / 3],
  ['huber(a, u, 2)', (2 + 0.5 + 4) / 3],
  ['binary_cross_entropy(a / 4, u > 1)', -(2 * Math.log(0.75) + Math.log(0.25)) / 3],
  ['binary_cross_entropy(a, 1)', NaN],
  ['0^0 + 0 * a', 1],
  ['sum(a * u^0) + count(a * u^0)', 12],
  ['sum(u^0) + a * count(u^0)', 12],
  ['sum(where(1, a, u)) + count(where(u > 1, a, a))', 12],
  ['sum(where(u > 1, 2, 2)) + 0 * a', 6],
  ['mean(a * u^0) + std(a * u^0) + min(u^0) + max(a * u^0)', 7],
  ['sum(mean(u)) + sum(min(a * u)) + sum(sum(u^0)) + 0 * a', 9],
  ['(0 - a)^0.5', NaN],
];

describe('a formula', () => {
  for (const [loss, value] of values) {
    it(`means what the language says: ${loss}`, () => {
      const found = valueOf(loss);
      assert.ok(Object.is(found, value) || Math.abs(found - value) < 1e-14, `${found}, not ${value}`);
    });
  }

  it('reduces over the batch what depends on a parameter through names', () => {
    const cell =
      'data = table(u: [1, 2, 3, 10])\nparameters a = 0\nmoved = u + 0 * a\nloss = a * mean(moved) + 0 * mean(u)\nlearning_rate = 1\nepochs = 1\nbatch_size = 1';
    const norms = [...runOf(cell).gradientNorm].slice(1);
    assert.deepEqual(
      norms.toSorted((x, y) => x - y),
      [1, 2, 3, 10],
    );
    assert.deepEqual([...runOf(cell.replace('u + 0 * a', 'u')).gradientNorm].slice(1), [4, 4, 4, 4]);
  });

  it('reduces over the batch too where a constant takes the parameter out of a formula', () => {
    const lines = (loss: string) =>
      `data = table(y: [1, 2, 3, 10, 20])\nparameters a = 1\nloss = ${loss}\nlearning_rate = 1\nvalidation = 0.4\nsteps = 0`;
    for (const loss of [
      'mse(where(0, a * y, 4), y)',
      'sum(y * a^0)',
      'std(where(1, y, a))',
      'count(y + 0 * a)',
    ]) {
      const { start } = runOf(lines(loss));
      const other = runOf(
        lines(
          `${loss} + 0 * a`
            .replaceAll('where(0, a * y, 4)', '(4 + 0 * a)')
            .replaceAll('a^0', '(1 + 0 * a)')
            .replaceAll('where(1, y, a)', '(y + 0 * a)'),
        ),
      ).start;
      assert.deepEqual([start.loss, start.validationLoss], [other.loss, other.validationLoss]);
      assert.notEqual(start.loss, start.validationLoss);
    }
  });

  it('reaches columns that are called like words of the language by backticks', () => {
    const run = runOf(
      'data = "d.csv"\nparameters a = 1\nloss = mean(a * `step` + `mean` + `loss`)\nsteps = 0',
      {
        step: [1, 2],
        mean: [10, 10],
        loss: [100, 100],
      },
    );
    assert.equal(run.start.loss, 111.5);
  });
});

describe('a long formula', () => {
  it('has the value and derivatives of its parts, wherever its code is cut', () => {
    const names = Array.from({ length: 60 }, (_, index) => `w${index}`);
    const x = Float64Array.from({ length: 2500 }, (_, row) => Math.sin(row * row));
    const at = Object.fromEntries(names.map((name, index) => [name, Math.cos(index) / 10]));
    const program = programOf(
      `data = "d.csv"\nparameters ${names.map((name) => `${name} = 0`).join(', ')}\nprediction = ${names.map((name, index) => `${name} * x^${index % 5}`).join(' + ')}\nloss = mean((prediction - x)^2)\nsteps = 0`,
      { x },
    );
    const found = gradient(program, at);
    const misses = x.map(
      (value) =>
        names.reduce((sum, name, index) => sum + (at[name] ?? NaN) * value ** (index % 5), 0) - value,
    );
    const mean = (value: (row: number) => number) =>
      x.reduce((sum, _, row) => sum + value(row), 0) / x.length;
    assert.ok(Math.abs(found.loss - mean((row) => (misses[row] ?? NaN) ** 2)) < 1e-12);
    names.forEach((name, index) => {
      const expected = mean((row) => 2 * (misses[row] ?? NaN) * (x[row] ?? NaN) ** (index % 5));
      assert.ok(Math.abs((found.gradient[name] ?? NaN) - expected) < 1e-12, name);
    });
  });
});
