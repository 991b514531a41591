import assert from 'node:assert/strict';
import fc from 'fast-check';
import { descendNow, diagnose, type Diagnosis, type Program } from '../../../src/kernel/index.ts';
import { prepareCell } from '../../reference/cases.ts';

interface Bowl {
  readonly curvatures: readonly number[];
  readonly starts: readonly number[];
  readonly precision: 'float32' | 'float64';
}

/** A quadratic with these curvatures, turned by 45 degrees in the plane of the first two parameters. */
function bowlCell({ curvatures, starts, precision }: Bowl, rate: number, steps: number): string {
  const names = curvatures.map((_, index) => `p${index}`);
  const axes = names.map((name, index) => {
    if (index === 0) return '(p0 + p1)';
    return index === 1 ? '(p0 - p1)' : name;
  });
  const halves = curvatures.map((curvature, index) => (index < 2 ? curvature / 4 : curvature / 2));
  return [
    `parameters ${names.map((name, index) => `${name} = ${starts[index] ?? 1}`).join(', ')}`,
    `loss = ${axes.map((axis, index) => `${halves[index] ?? 0} * ${axis}^2`).join(' + ')} + 3`,
    `learning_rate = ${rate}`,
    `steps = ${steps}`,
    `precision = ${precision}`,
  ].join('\n');
}

const bowls: fc.Arbitrary<Bowl> = fc.record({
  curvatures: fc.array(fc.double({ min: 0.01, max: 50, noNaN: true }), { minLength: 2, maxLength: 4 }),
  starts: fc.array(fc.double({ min: 0.3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }),
  precision: fc.constantFrom('float32' as const, 'float64' as const),
});

/** The starts lie off both turned axes, so that the steepest direction is never missed. */
function offAxis(bowl: Bowl): Bowl {
  return { ...bowl, starts: bowl.starts.map((start, index) => (index === 1 ? 4 + start : start)) };
}

async function diagnosisOf(program: Program): Promise<Diagnosis> {
  const [run] = descendNow(program);
  assert.ok(run);
  return await diagnose(run, program);
}

describe('a diagnosis around the limit', () => {
  it('never calls full-batch descent exploding below 0.98 of it', async () => {
    const share = fc.double({ min: 0.001, max: 0.98, noNaN: true });
    const steps = fc.integer({ min: 1, max: 200 });
    await fc.assert(
      fc.asyncProperty(bowls, share, steps, async (bowl, times, count) => {
        const rate = (times * 2) / Math.max(...bowl.curvatures);
        const { condition } = await diagnosisOf(prepareCell(bowlCell(offAxis(bowl), rate, count)));
        assert.notEqual(condition, 'exploding');
        assert.notEqual(condition, 'not-finite');
      }),
      { numRuns: 300 },
    );
  });

  it('always does so above 1.02 of it, once there have been steps enough to show it', async () => {
    const over = fc.double({ min: 1.02, max: 3, noNaN: true });
    await fc.assert(
      fc.asyncProperty(bowls, over, fc.integer({ min: 20, max: 300 }), async (bowl, times, count) => {
        const rate = (times * 2) / Math.max(...bowl.curvatures);
        const diagnosis = await diagnosisOf(prepareCell(bowlCell(offAxis(bowl), rate, count)));
        assert.ok(['exploding', 'not-finite'].includes(diagnosis.condition), diagnosis.condition);
        assert.equal(diagnosis.cause, 'learning-rate');
        const limit = Number(diagnosis.evidence['limit']);
        assert.ok(Math.abs(limit * Math.max(...bowl.curvatures) - 2) < 1e-3, String(limit));
        const predicted = Number(diagnosis.evidence['predicted growth per step']);
        const seen = Number(diagnosis.evidence['growth seen per step']);
        if (times > 1.3 && bowl.precision === 'float64' && diagnosis.condition === 'exploding') {
          assert.ok(Math.abs(seen / predicted - 1) < 0.2, `${seen} seen, ${predicted} predicted`);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('says the same of the houses from 0.9 to 1.1 of their limit', async () => {
    const limit = 0.23664839026743187;
    const line = [
      'data = "houses.csv"',
      'size = sqft / 1000',
      'cost = price / 1000',
      'parameters w = 0, b = 0',
      'loss = mean((w * size + b - cost)^2)',
      'steps = 60',
    ].join('\n');
    for (let times = 0.9; times < 1.1; times += 0.01) {
      const program = prepareCell(`${line}\nlearning_rate = ${times * limit}`);
      const { condition } = await diagnosisOf(program);
      if (times < 0.98) assert.notEqual(condition, 'exploding', `${times} of the limit`);
      if (times > 1.02) assert.equal(condition, 'exploding', `${times} of the limit`);
    }
  });
});
