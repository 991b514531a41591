import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readTrainingLog } from '../../src/logs/index.ts';
import { byStep, ends, fixture, only } from './fixture.ts';

describe('the main.log of llm.c', () => {
  it('of April 2024 has losses only', () => {
    const curve = only(readTrainingLog(fixture('llm.c/main-april-2024.log'), 'main.log'));
    assert.deepEqual([curve.name, curve.framework, curve.stepUnit], ['main.log', 'llm.c', 'step']);
    assert.deepEqual(ends(curve.steps), [0, 1, 59, 60]);
    assert.deepEqual(byStep(curve, 'validationLoss'), { 0: 5.25, 20: 4.9167, 40: 4.5833, 60: 4.25 });
    assert.deepEqual([curve.gradientNorm, curve.learningRate], [undefined, undefined]);
  });

  it('since June 2024 has norm and rate, and goes back when it is resumed', () => {
    const curve = only(readTrainingLog(fixture('llm.c/main-resumed.log')));
    assert.deepEqual(ends(curve.steps), [0, 1, 54, 55]);
    assert.deepEqual([curve.loss[39], curve.loss[40]], [9.1429, 8.3333]);
    assert.deepEqual([curve.gradientNorm?.[0], curve.learningRate?.[40]], [15.4, 0.0003]);
    assert.deepEqual(byStep(curve, 'validationLoss'), { 0: 11, 20: 10, 40: 9 });
  });

  it('has NaN as C prints it', () => {
    const curve = only(readTrainingLog('s:0 tel:-nan\ns:0 trl:nan lr:0.000600 norm:inf\ns:1 eval:0.2500\n'));
    assert.deepEqual([...curve.steps], [0]);
    assert.equal(curve.notFinite.length, 3);
  });

  it('has a last line that is whole, or is left out', () => {
    const text = 's:0 trl:10.9712 lr:0.000001 norm:15.40\ns:1 trl:10.8231 lr:0.000002 norm:14.90';
    assert.deepEqual([...only(readTrainingLog(text)).steps], [0, 1]);
    for (let cut = 1; cut < 39; cut++)
      assert.deepEqual([...only(readTrainingLog(text.slice(0, -cut))).steps], [0]);
  });
});
