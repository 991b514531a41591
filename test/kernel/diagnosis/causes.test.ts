import assert from 'node:assert/strict';
import { causeOfGrowth, type Found } from '../../../src/kernel/diagnosis/causes.ts';
import { judgeRun } from '../../../src/kernel/diagnosis/judge-run.ts';
import type { Subject } from '../../../src/kernel/diagnosis/subject.ts';
import { Trials } from '../../../src/kernel/diagnosis/trial.ts';
import { descendNow } from '../../../src/kernel/index.ts';
import { finishNow, type Pace } from '../../../src/kernel/slices.ts';
import { programOf } from '../programs.ts';

const uphill = `data = "data.csv"
parameters w = 0, b = 0
loss = mean((w * x + b - y)^2)
learning_rate = 0.1
steps = 8
for each step:
    parameter = parameter + learning_rate * gradient`;

function subjectOf(cell: string, rows: number): Subject {
  const x = Float64Array.from({ length: rows }, (_, row) => ((row * 0.6180339887498949) % 1) - 0.3);
  const program = programOf(cell, { x, y: x.map((value) => 3 * value + 1) });
  const [prepared] = program.runs;
  const [run] = descendNow(program);
  assert.ok(run);
  const judgement = finishNow((pace) => judgeRun(prepared, run, pace));
  return { run, prepared, judgement, trials: new Trials(program, 0, judgement, undefined) };
}

/** The cause, and how many rows were passed over to find it. */
function search(subject: Subject): { found: Found; passed: number } {
  const pace: Pace = { rows: 20_000, spent: 0 };
  const work = causeOfGrowth(subject, pace);
  for (let passed = 0; ;) {
    const slice = work.next();
    assert.ok(pace.spent <= 2 * pace.rows, `${pace.spent} rows in a slice`);
    passed += pace.spent;
    pace.spent = 0;
    if (slice.done === true) return { found: slice.value, passed };
  }
}

describe('a slice of the search for a cause', () => {
  for (const rows of [16_000, 200_000]) {
    it(`passes over about as many rows as its pace allows, where steps go uphill: of ${rows} rows`, () => {
      const { found, passed } = search(subjectOf(uphill, rows));
      assert.equal(found.cause, 'direction');
      assert.ok(passed >= 5 * rows, `${passed} rows in all`);
    });
  }

  it('does so too where it looks for the rows in which a sum breaks', () => {
    const cell =
      'data = "data.csv"\nparameters w = 1\nloss = mean((w * x - y) / (x > -0.3))\nlearning_rate = 0.1';
    const { found, passed } = search(subjectOf(cell, 200_000));
    assert.ok(found.cause === 'domain');
    assert.deepEqual(found.broken.rows, [0]);
    assert.ok(passed >= 2 * 200_000, `${passed} rows in all`);
  });
});
