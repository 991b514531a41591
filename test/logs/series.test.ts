import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { joinSeries, Series } from '../../src/logs/series.ts';
import { finishNow } from '../../src/logs/slices.ts';

function seriesOf(records: readonly (readonly [number, number])[]): Series {
  const series = new Series();
  for (const [step, value] of records) series.put(step, value);
  return series;
}

describe('a series', () => {
  it('goes back to the step of a resumed run', () => {
    const series = seriesOf([
      [1, 10],
      [2, 20],
      [3, 30],
      [4, 40],
    ]);
    assert.equal(series.put(5, 50), false);
    assert.equal(series.put(3, 31), true);
    assert.deepEqual(
      [[...series.steps.toArray()], [...series.values.toArray()]],
      [
        [1, 2, 3],
        [10, 20, 31],
      ],
    );
  });

  it('always has rising steps, and the last record of each', () => {
    const record = fc.tuple(fc.nat(20), fc.double());
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const series = seriesOf(records);
        const [steps, values] = [series.steps.toArray(), series.values.toArray()];
        assert.ok(steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? NaN)));
        for (const [index, step] of steps.entries()) {
          assert.equal(values[index], records.findLast(([each]) => each === step)?.[1]);
        }
        assert.equal(steps.at(-1), records.at(-1)?.[0]);
      }),
    );
  });
});

describe('the series of a curve', () => {
  it('are joined by step, with NaN where there is no value, and what is not finite is listed', () => {
    const curve = finishNow(
      joinSeries('run', {
        loss: seriesOf([
          [10, 3],
          [20, NaN],
          [30, 1],
        ]),
        validationLoss: seriesOf([
          [15, 2.5],
          [30, Infinity],
        ]),
        learningRate: new Series(),
      }),
    );
    assert.deepEqual(curve, {
      name: 'run',
      steps: Float64Array.of(10, 15, 20, 30),
      loss: Float64Array.of(3, NaN, NaN, 1),
      validationLoss: Float64Array.of(NaN, 2.5, NaN, Infinity),
      notFinite: [
        { step: 20, field: 'loss', value: NaN },
        { step: 30, field: 'validationLoss', value: Infinity },
      ],
    });
  });

  it('give way while many steps are joined', () => {
    const many = seriesOf(Array.from({ length: 20_000 }, (_, step) => [step, 1] as const));
    const slices = joinSeries('run', { loss: many });
    let pauses = 0;
    while (!slices.next().done) pauses++;
    assert.ok(pauses >= 2);
  });
});
