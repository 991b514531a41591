import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readTrainingLog } from '../../src/logs/index.ts';
import { byStep, ends, fixture, only } from './fixture.ts';

describe('the output of nanoGPT', () => {
  it('has the loss of batches, and evaluations', () => {
    const curve = only(readTrainingLog(fixture('nanogpt/train.txt'), 'train.txt'));
    assert.deepEqual([curve.name, curve.framework, curve.stepUnit], ['train.txt', 'nanogpt', 'step']);
    assert.deepEqual(ends(curve.steps), [0, 10, 490, 500]);
    assert.deepEqual(ends(curve.loss), [4.305, 4.0183, 0.9203, 0.9228]);
    assert.deepEqual(Object.keys(byStep(curve, 'validationLoss')), ['0', '250', '500']);
    assert.equal(byStep(curve, 'validationLoss')[500], 1.0243);
  });

  it('goes back to the checkpoint of a resumed run', () => {
    const curve = only(readTrainingLog(fixture('nanogpt/train-2022-resumed.txt')));
    assert.deepEqual([...curve.steps], [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual([...curve.loss], [10.9, 10.6, 10.3, 10, 9.6, 9.35, 9.1, 8.85]);
    assert.deepEqual(byStep(curve, 'validationLoss'), { 4: 9.8 });
    assert.deepEqual(curve.notFinite, []);
  });

  it('has the training loss of its evaluations where there are more of them', () => {
    const curve = only(
      readTrainingLog('step 0: train loss 4.2, val loss nan\nstep 250: train loss 2.1, val loss 2.2\n'),
    );
    assert.deepEqual([...curve.loss], [4.2, 2.1]);
    assert.deepEqual(curve.notFinite, [{ step: 0, field: 'validationLoss', value: NaN }]);
  });

  it('is known with the prefix of a launcher', () => {
    assert.deepEqual([...only(readTrainingLog('[rank0]: iter 7: loss nan, time 1.00ms')).loss], [NaN]);
  });

  it('has a last line that is whole, or is left out', () => {
    const text = 'step 0: train loss 4.2874, val loss 4.2823\nstep 250: train loss 2.0461, val loss 2.1042';
    assert.deepEqual([...only(readTrainingLog(text)).steps], [0, 250]);
    for (let cut = 1; cut < 40; cut++)
      assert.deepEqual([...only(readTrainingLog(text.slice(0, -cut))).steps], [0]);
  });
});
