import assert from 'node:assert/strict';
import { descendNow, type Run } from '../../src/kernel/index.ts';
import { assertNear, prepareCell, readCases, type Trajectory } from '../reference/cases.ts';

function runOf(cell: string): Run {
  const [run] = descendNow(prepareCell(cell));
  assert.ok(run);
  return run;
}

/** The largest size that a quantity has on its way: what its rounding errors are measured by. */
function scaleOf(values: readonly number[]): number {
  return Math.max(...values.map(Math.abs));
}

function assertSame(found: Float64Array, expected: readonly number[], what: string): void {
  assert.equal(found.length, expected.length, what);
  const scale = scaleOf(expected);
  expected.forEach((value, step) => {
    assertNear(found[step], value, 1e-12 * scale, `${what} at step ${step}`);
  });
}

function taken(column: Float64Array, steps: readonly number[]): Float64Array {
  return Float64Array.from(steps, (step) => column[step] ?? NaN);
}

describe('a run beside the same run in PyTorch', function () {
  this.timeout(20_000);

  const cases = readCases('trajectories.json');
  const isBatched = ({ batchLoss }: Trajectory) => batchLoss !== undefined;

  for (const expected of cases.filter((one) => !isBatched(one))) {
    it(`agrees in every loss, gradient norm and parameter to 1e-12: ${expected.name}`, () => {
      const run = runOf(expected.cell);
      assert.equal(run.outcome, 'finished');
      assertSame(run.loss, expected.loss, 'loss');
      assertSame(run.gradientNorm, expected.gradientNorm ?? [], 'gradient norm');
      for (const [name, values] of Object.entries(expected.parameters)) {
        assertSame(run.parameters[name] ?? new Float64Array(0), values, name);
      }
    });
  }

  for (const expected of cases.filter(isBatched)) {
    it(`agrees in every batch, epoch and parameter to 1e-12: ${expected.name}`, () => {
      const run = runOf(expected.cell);
      const epochs = expected.loss.map((_, epoch) => epoch * run.stepsPerEpoch);
      assert.equal(run.stepsTaken, epochs.at(-1));
      assertSame(taken(run.loss, epochs), expected.loss, 'loss');
      assertSame((run.batchLoss ?? new Float64Array(0)).slice(1), expected.batchLoss ?? [], 'batch loss');
      if (run.validationLoss) {
        assertSame(
          taken(run.validationLoss, epochs.slice(1)),
          expected.validationLoss ?? [],
          'validation loss',
        );
      }
      for (const [name, values] of Object.entries(expected.parameters)) {
        assertSame(run.parameters[name] ?? new Float64Array(0), values, name);
      }
    });
  }
});

describe('a run that overflows', function () {
  this.timeout(20_000);

  for (const { cell, precision, firstBadStep, loss } of readCases('overflow.json')) {
    const rate = /learning_rate = (\S+)/.exec(cell)?.[1] ?? '';
    it(`ends in ${precision} at the step at which PyTorch's does: ${firstBadStep}, at ${rate}`, () => {
      const run = runOf(cell);
      assert.equal(run.outcome, 'diverged');
      assert.equal(run.firstBadStep, firstBadStep);
      assert.equal(run.stepsTaken, firstBadStep);
      // In float32 the sum over the houses keeps six digits in any order, and the run loses some of them.
      const tolerance = precision === 'float32' ? 1e-4 : 1e-10;
      loss.forEach((value, step) => {
        assertNear(run.loss[step], value, tolerance * Math.abs(value), `loss at step ${step}`);
      });
    });
  }
});
