import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gradient } from '../../src/kernel/index.ts';
import { programOf } from './programs.ts';

const data = 'data = table(u: [-1.3, 0.4, 2.1, -0.2], v: [0.7, -1.1, 0.3, 1.9])';

/** Formulas without poles, so that differences can be taken anywhere. */
const { formula } = fc.letrec<{ formula: string }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom('a', 'b', 'u', 'v', '0.5', '2'),
    fc
      .tuple(tie('formula'), fc.constantFrom('+', '-', '*'), tie('formula'))
      .map(([l, o, r]) => `(${l} ${o} ${r})`),
    tie('formula').map((x) => `(1 / (1 + ${x}^2))`),
    tie('formula').map((x) => `log(1 + ${x}^2)`),
    tie('formula').map((x) => `sqrt(1 + ${x}^2)`),
    fc
      .tuple(fc.constantFrom('sin', 'cos', 'tanh', 'sigmoid', 'softplus', 'abs', 'relu'), tie('formula'))
      .map(([name, x]) => `${name}(${x})`),
    fc.tuple(tie('formula'), fc.integer({ min: 2, max: 4 })).map(([x, n]) => `tanh(${x})^${n}`),
    fc.tuple(tie('formula'), tie('formula')).map(([x, y]) => `(1 + ${x}^2)^tanh(${y})`),
    fc
      .tuple(fc.constantFrom('max', 'min', 'where(u > v,'), tie('formula'), tie('formula'))
      .map(([name, x, y]) => (name.startsWith('where') ? `${name} ${x}, ${y})` : `${name}(${x}, ${y})`)),
    fc.tuple(fc.constantFrom('mean', 'std', 'sum'), tie('formula')).map(([name, x]) => `${name}(${x})`),
  ),
}));

function slopes(loss: string, at: { a: number; b: number }): { loss: number; gradient: number[] } {
  const program = programOf(`${data}\nparameters a = 0, b = 0\nloss = ${loss}\nsteps = 0`);
  const found = gradient(program, at);
  return { loss: found.loss, gradient: [found.gradient['a'] ?? NaN, found.gradient['b'] ?? NaN] };
}

describe('differentiate', () => {
  it('agrees with differences of the loss for any formula', () => {
    const coordinate = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(formula, coordinate, coordinate, (inner, a, b) => {
        const program = programOf(`${data}\nparameters a = 0, b = 0\nloss = mean(${inner})\nsteps = 0`);
        const found = gradient(program, { a, b });
        const lossAt = (x: number, y: number) => gradient(program, { a: x, b: y }).loss;
        const step = 1e-5;
        const sides = [
          [lossAt(a - step, b), lossAt(a + step, b), found.gradient['a']],
          [lossAt(a, b - step), lossAt(a, b + step), found.gradient['b']],
        ];
        for (const [before = NaN, after = NaN, slope = NaN] of sides) {
          const [left, right] = [(found.loss - before) / step, (after - found.loss) / step];
          const scale = 1 + Math.abs(found.loss) + Math.abs(left);
          // Where the two sides differ there is a kink or a cliff, of which differences say nothing.
          fc.pre(Math.abs(left - right) < 1e-3 * scale);
          // The slope lies between the two, in the middle only where the curvature is the same on both sides.
          const [low, high] = [Math.min(left, right) - 1e-5 * scale, Math.max(left, right) + 1e-5 * scale];
          assert.ok(slope > low && slope < high, `${inner}: ${slope}, not between ${low} and ${high}`);
        }
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  it('leaves the branch that where does not choose out of value and derivative', () => {
    const cases: [loss: string, a: number, expected: number][] = [
      ['where(a > 0, log(a), 3 * a)', 0, 3],
      ['where(a > 0, sqrt(a), 2 * a)', 0, 2],
      ['mean(where(u > -5, a * u, log(a) * a))', 0, 0.25],
      ['mean(where(u > -5, a * u, v / a))', 0, 0.25],
      ['where(a > 0, where(a > 1, log(a - 1), a^2), 5 * a)', 0.5, 1],
      ['where(a > 0, where(a > 1, log(a - 1), a^2), sqrt(a) + 5 * a)', 0.5, 1],
      ['where(a == 0, a, sin(a) / a)', 0, 1],
      ['exp(where(a < 0, 7 * a, 2 * a)) + where(a < 0, 1 / a, 0)', 0, 2],
    ];
    for (const [loss, a, expected] of cases) {
      const found = slopes(loss, { a, b: 0 }).gradient[0];
      assert.ok(Math.abs((found ?? NaN) - expected) < 1e-12, `${loss}: ${found}, not ${expected}`);
    }
  });

  it('keeps infinity and NaN where they are not in a branch', () => {
    assert.deepEqual(slopes('sqrt(a)', { a: 0, b: 0 }).gradient[0], Infinity);
    assert.deepEqual(slopes('sqrt(a)^2', { a: 0, b: 0 }).gradient[0], NaN);
  });

  it('has no slope for parameters that do not matter', () => {
    assert.deepEqual(slopes('a^2 + 0 * (b > 1)', { a: 3, b: 0 }).gradient, [6, 0]);
    assert.deepEqual(slopes('mean(u)', { a: 3, b: 0 }).gradient, [0, 0]);
  });

  it('goes through several reductions over the rows', () => {
    const { gradient: found } = slopes('mean((a * u - mean(a * u))^2) / std(a * u)', { a: 2, b: 0 });
    // The whole is std(a u) = |a| std(u).
    const u = [-1.3, 0.4, 2.1, -0.2];
    const mean = u.reduce((sum, x) => sum + x, 0) / 4;
    const deviation = Math.sqrt(u.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4);
    assert.ok(Math.abs((found[0] ?? NaN) - deviation) < 1e-12);
  });

  it('overflows no earlier than its factors do', () => {
    const loss = '2^600 * (a * (2^600 * a * b))';
    assert.deepEqual(slopes(loss, { a: 2 ** -400, b: 1 }).gradient, [2 ** 801, 2 ** 400]);
  });
});
