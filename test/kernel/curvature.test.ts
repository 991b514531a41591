import assert from 'node:assert/strict';
import { curvature, gradient } from '../../src/kernel/index.ts';
import { hessian } from '../../src/kernel/curvature.ts';
import { finishNow } from '../../src/kernel/slices.ts';
import { line, programOf } from './programs.ts';

const network = [
  'data = table(x: [-2, -1, 0, 1, 2], y: [0.5, -0.3, 0.2, 0.9, -0.7])',
  'parameters a = 0.9, b = -0.4, c = 0.3, d = 0.1',
  'loss = mse(c * tanh(a * x + b) + d, y) + 0.1 * where(a > 0, log(1 + a^2), a)',
  'steps = 0',
].join('\n');

/** A loss of many parameters that is made of the same parts as a network's. */
function wide(parameters: number): string {
  const names = Array.from({ length: parameters }, (_, index) => `a${index}`);
  return [
    'data = table(x: [0.1, -0.4, 0.7], y: [0.3, 0.2, -0.1])',
    `parameters ${names.map((name, index) => `${name} = ${((index * 7) % 11) / 10 - 0.5}`).join(', ')}`,
    `loss = mse(${names.map((name, index) => `sin(${name} * x + ${index})`).join(' + ')}, y)`,
    'steps = 0',
  ].join('\n');
}

/** The Hessian from differences of the gradient. */
function differences(cell: string, at: Record<string, number>): number[] {
  const program = programOf(cell);
  const names = Object.keys(at);
  const step = 1e-5;
  return names.flatMap((row) => {
    const moved = (sign: number) =>
      gradient(program, { ...at, [row]: (at[row] ?? NaN) + sign * step }).gradient;
    const [high, low] = [moved(1), moved(-1)];
    return names.map((column) => ((high[column] ?? NaN) - (low[column] ?? NaN)) / (2 * step));
  });
}

function pointOf(cell: string): Record<string, number> {
  const [run] = programOf(cell).runs;
  return Object.fromEntries(run.parameters.map(({ name }, index) => [name, run.starts[index] ?? NaN]));
}

describe('hessian', () => {
  for (const [what, cell] of [
    ['in one pass', network],
    ['column by column', wide(14)],
  ] as const) {
    it(`agrees with differences of the gradient, ${what}`, () => {
      const [run] = programOf(cell).runs;
      const found = finishNow((pace) => hessian(run, run.starts, pace));
      differences(cell, pointOf(cell)).forEach((expected, index) => {
        assert.ok(Math.abs((found[index] ?? NaN) - expected) < 1e-8, `entry ${index}`);
      });
    });
  }
});

describe('curvature', () => {
  it('gives all eigenvalues up to 50 parameters, and both ends beyond', async () => {
    const whole = await curvature(programOf(wide(50)), {});
    assert.equal(whole.eigenvalues.length, 50);
    assert.deepEqual(whole.eigenvalues, whole.eigenvalues.toSorted());
    const ends = await curvature(programOf(wide(51)), {});
    assert.equal(ends.eigenvalues.length, 2);
    const [run] = programOf(wide(51)).runs;
    const matrix = finishNow((pace) => hessian(run, run.starts, pace));
    for (const [index, value] of [ends.smallest, ends.largest].entries()) {
      const vector = ends.eigenvectors[index] ?? new Float64Array();
      vector.forEach((_, row) => {
        const product = vector.reduce(
          (sum, part, column) => sum + part * (matrix[row * 51 + column] ?? NaN),
          0,
        );
        assert.ok(Math.abs(product - value * (vector[row] ?? NaN)) < 1e-6 * ends.largest);
      });
    }
  }).timeout(20_000);

  it('knows no such rate where nothing curves', async () => {
    const flat = await curvature(
      programOf(`${line.replace(/loss = .*/, 'loss = mae(prediction, cost)')}\nsteps = 0`),
      {},
    );
    assert.deepEqual([flat.largest, flat.smallest, flat.stableBelow], [0, 0, undefined]);
    assert.equal(flat.condition, Infinity);
  });

  it('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await assert.rejects(curvature(programOf(network), {}, { signal: controller.signal }), /enough/);
  });
});
