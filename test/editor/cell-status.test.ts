import assert from 'node:assert/strict';

import { isSickResult, statusesOf } from '../../src/editor/cell-status.ts';
import { sampleRun } from '../output/samples.ts';

const check = { label: 'loss < 1', passed: true, left: 0, right: 1, start: 0, end: 1 };

function texts(...runs: ReturnType<typeof sampleRun>[]): string[] {
  return statusesOf({ source: '', runs, complaints: [] }, '').map(({ text }) => text);
}

describe('the status of a cell', () => {
  it('says the final loss and the learning rate of a run', () => {
    assert.deepEqual(texts(sampleRun([4, 1])), ['loss 1 at learning rate 0.1']);
    const { settings } = sampleRun([4]);
    assert.deepEqual(texts(sampleRun([4], { settings: { ...settings, learningRate: NaN } })), ['loss 4']);
  });

  it('says what went wrong', () => {
    assert.deepEqual(texts(sampleRun([4, Infinity], { outcome: 'diverged', firstBadStep: 1 })), [
      '$(warning) diverged at step 1 at learning rate 0.1',
    ]);
    assert.deepEqual(texts(sampleRun([NaN], { outcome: 'diverged', firstBadStep: 0 })), [
      '$(warning) diverged at the start',
    ]);
    assert.deepEqual(texts(sampleRun([4, 1], { outcome: 'stopped' })), [
      '$(debug-stop) stopped, loss 1 at learning rate 0.1',
    ]);
    const complaint = (message: string) => ({ message, start: 0, end: 0 });
    assert.deepEqual(statusesOf({ source: '', runs: [], complaints: [complaint('a'), complaint('b')] }, ''), [
      { text: '$(error) 2 problems', tooltip: 'a\nb' },
    ]);
  });

  it('calls a run exploding that rises for good, and tells that such a cell is worth a diagnosis', () => {
    const rising = sampleRun([4, 8, 16, 32, 64, 128, 256, 512]);
    assert.deepEqual(texts(rising), ['$(warning) exploding, loss 512 at learning rate 0.1']);
    assert.deepEqual(texts(rising, sampleRun([4, 1])), ['$(warning) 2 runs, 1 exploding, best loss 1']);
    const sick = (...runs: ReturnType<typeof sampleRun>[]) =>
      isSickResult({ source: '', runs, complaints: [] });
    assert.equal(sick(sampleRun([4, 1]), rising), true);
    assert.equal(sick(sampleRun([4, NaN], { outcome: 'diverged' })), true);
    assert.equal(sick(sampleRun([4, 5, 1])), false);
    assert.equal(
      isSickResult({ source: '', runs: [], complaints: [{ message: 'a', start: 0, end: 0 }] }),
      true,
    );
  });

  it('says the best of a sweep, and how many diverged', () => {
    assert.deepEqual(texts(sampleRun([4, 2]), sampleRun([4, 1])), ['2 runs, best loss 1']);
    const diverged = sampleRun([4, NaN], { outcome: 'diverged', firstBadStep: 1 });
    assert.deepEqual(texts(sampleRun([4, 2]), diverged), ['$(warning) 2 runs, 1 diverged, best loss 2']);
    assert.deepEqual(texts(diverged, diverged), ['$(warning) 2 runs, 2 diverged']);
  });

  it('says whether the checks passed', () => {
    const failed = { ...check, passed: false };
    assert.equal(texts(sampleRun([4, 1], { checks: [check] }))[1], '$(pass) check passed');
    assert.equal(texts(sampleRun([4, 1], { checks: [failed] }))[1], '$(circle-slash) check not passed');
    assert.equal(texts(sampleRun([4, 1], { checks: [check, check] }))[1], '$(pass) 2 checks passed');
    assert.equal(
      texts(sampleRun([4, 1], { checks: [check, failed] }))[1],
      '$(circle-slash) 1 of 2 checks not passed',
    );
  });

  it('says that the cell has changed since', () => {
    const result = { source: 'a', runs: [sampleRun([4, 1])], complaints: [] };
    assert.equal(statusesOf(result, 'a').length, 1);
    assert.equal(statusesOf(result, 'b')[1]?.text, '$(history) changed since');
  });

  it('is nothing for a cell that said nothing', () => {
    assert.deepEqual(texts(), []);
  });
});
