import assert from 'node:assert/strict';

import { brokenText, rateAgainstLimit } from '../../../src/kernel/index.ts';
import { sampleRun } from '../../output/samples.ts';

describe('the phrases of a diagnosis', () => {
  it('compare a rate with its limit, and never call it one times that', () => {
    assert.equal(rateAgainstLimit(0.25, 0.236648), 'the learning rate 0.25 is 1.06 times the limit 0.2366');
    assert.equal(rateAgainstLimit(0.237, 0.2366), 'the learning rate 0.237 is just above the limit 0.2366');
    assert.equal(rateAgainstLimit(0.2369, 0.237), 'the learning rate 0.2369 is just below the limit 0.237');
    assert.equal(rateAgainstLimit(0.2, 0.25), 'the learning rate 0.2 is 0.8 times the limit 0.25');
  });

  it('round a limit down, once', () => {
    const limitOf = (limit: number) => rateAgainstLimit(1, limit).replace(/.* limit /, '');
    assert.equal(limitOf(2.9847462e-7), '2.984e-7');
    assert.equal(limitOf(2.399999e-7), '2.399e-7');
    for (const limit of ['2.399e-7', '0.2366', '0.007', '0.1', '12.34'])
      assert.equal(limitOf(Number(limit)), limit);
  });

  it('say what was no longer finite, and when', () => {
    const broken = (loss: number[], firstBadStep: number) =>
      brokenText(sampleRun(loss, { outcome: 'diverged', firstBadStep }));
    assert.equal(broken([4, 9, Infinity], 2), 'the loss became infinite at step 2');
    assert.equal(broken([4, 9, NaN], 3236), 'the loss became NaN at step 3,236');
    assert.equal(broken([NaN], 0), 'the loss became NaN at the start');
    assert.equal(broken([4, 9], 1), 'a parameter or the gradient was no longer finite at step 1');
  });
});
