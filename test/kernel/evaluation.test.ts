import assert from 'node:assert/strict';

import { PartEvaluation } from '../../src/kernel/evaluation.ts';
import { rowsPerGroup } from '../../src/kernel/loops.ts';
import { finishNow, type Pace, type Sliced } from '../../src/kernel/slices.ts';
import { programOf } from './programs.ts';

const rows = 200_000;
const cell = 'data = "d.csv"\nparameters w = 0\nloss = mean((w * x - 1)^2)\nsteps = 0';
const columns = { x: Float64Array.from({ length: rows }, (_, row) => (row * 0.618) % 1) };

function evaluationOf() {
  const [run] = programOf(cell, columns).runs;
  return new PartEvaluation(run, 'training', run.symbols, [run.loss]);
}

function* lossesAt(points: readonly number[], evaluation: PartEvaluation, pace: Pace): Sliced<number[]> {
  const losses: number[] = [];
  for (const point of points) losses.push(...(yield* evaluation.at(Float64Array.of(point), pace)));
  return losses;
}

describe('PartEvaluation', () => {
  for (const pacing of [20_000, 150_000, 1_000_000]) {
    it(`passes over ${pacing.toLocaleString('en')} rows in a slice, or a group more, and over few at first`, () => {
      const evaluation = evaluationOf();
      const pace: Pace = { rows: pacing, spent: 0 };
      const points = [0, 1, 2, 3, 4, 5, 6, 7];
      const work = lossesAt(points, evaluation, pace);
      const spent: number[] = [];
      for (;;) {
        const slice = work.next();
        if (pace.spent > 0) spent.push(pace.spent);
        pace.spent = 0;
        if (slice.done !== true) continue;
        assert.deepEqual(
          slice.value,
          finishNow((whole) => lossesAt(points, evaluationOf(), whole)),
        );
        break;
      }
      assert.ok((spent[0] ?? NaN) <= rowsPerGroup);
      assert.ok(Math.max(...spent) < pacing + rowsPerGroup, String(spent));
      assert.equal(
        spent.reduce((sum, each) => sum + each),
        points.length * rows,
      );
    });
  }
});
