import assert from 'node:assert/strict';

import type { Run } from '../../src/kernel/index.ts';
import { canBeLogarithmic, entryNear, lossAt, needsEpochs, parametersAt } from '../../src/renderer/record.ts';

function run(loss: number[], more: Partial<Run> = {}): Run {
  const values = Float64Array.from(loss);
  const point = { step: 0, loss: NaN, parameters: {} };
  return {
    label: '',
    settings: { learningRate: 0.1, optimizer: 'sgd', steps: 1, batchSize: 1, seed: 0, precision: 'float64' },
    outcome: 'finished',
    steps: Int32Array.from(loss, (_, index) => index),
    loss: values,
    learningRate: values,
    gradientNorm: values,
    parameters: { w: values },
    stepsTaken: loss.length - 1,
    stepsPerEpoch: 1,
    start: point,
    final: point,
    checks: [],
    ...more,
  };
}

describe('a record', () => {
  it('shows the latest full loss where none was taken', () => {
    const minibatches = run([9, NaN, NaN, 4, NaN]);
    assert.deepEqual(
      [0, 1, 2, 3].map((entry) => lossAt(minibatches, entry)),
      [9, 9, 9, 4],
    );
    assert.equal(lossAt(run([9, NaN]), 1), NaN);
  });

  it('finds the entry nearest to a step after thinning', () => {
    const thinned = run([5, 4, 3, 2], { steps: Int32Array.from([0, 10, 11, 100]) });
    assert.deepEqual(
      [-5, 4, 6, 11, 50, 60, 900].map((step) => entryNear(thinned, step)),
      [0, 0, 1, 2, 2, 3, 3],
    );
  });

  it('gives parameters whatever they are called', () => {
    const parameters = Object.assign(Object.create(null) as Record<string, Float64Array>, {
      constructor: Float64Array.of(1, 2),
    });
    assert.equal(parametersAt(run([1, 2], { parameters }), 1).constructor, 2);
  });

  it('is drawn by epochs when batch sizes differ', () => {
    assert.equal(needsEpochs([run([1]), run([1])]), false);
    assert.equal(needsEpochs([run([1]), run([1], { stepsPerEpoch: 8 })]), true);
  });

  it('is drawn by logarithms only when every loss is positive', () => {
    assert.equal(canBeLogarithmic([run([1, NaN, 2])]), true);
    assert.equal(canBeLogarithmic([run([1, 2]), run([1, -0.3])]), false);
    assert.equal(canBeLogarithmic([run([1, 2], { batchLoss: Float64Array.of(NaN, 0) })]), false);
  });
});
