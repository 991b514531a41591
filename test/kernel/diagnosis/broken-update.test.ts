import assert from 'node:assert/strict';
import { assertTried, diagnoseCell } from './diagnose-cell.ts';

describe('a run that its update breaks', () => {
  it('says that the rate itself is not finite', async () => {
    const cell = 'parameters w = 1\nloss = w^2\nlearning_rate = 0.1 / (step - 1)';
    const { cause, summary } = (await diagnoseCell(cell)).diagnosis;
    assert.equal(cause, 'learning-rate');
    assert.match(summary, /at step 1\. The learning rate itself is not finite there: look at its formula\.$/);
  });

  it('blames an update that makes NaN of finite numbers, and guards what it divides by', async () => {
    const cell = [
      'parameters x = 0, y = 1',
      'loss = x^2 + y^2',
      'learning_rate = 0.1',
      'steps = 50',
      'for each step:',
      '    s = 0.9 * s + 0.1 * gradient^2',
      '    parameter = parameter - learning_rate * gradient / sqrt(s)',
    ].join('\n');
    const { cause, summary, fixes, place } = (await diagnoseCell(cell)).diagnosis;
    assert.equal(cause, 'update');
    assert.match(summary, /^The loss became NaN at step 1\. A step made it so of finite parameters/);
    assert.equal(cell.slice(place?.start, place?.end), 'parameter - learning_rate * gradient / sqrt(s)');
    const [fix, ...others] = fixes;
    assert.ok(fix !== undefined && others.length === 0);
    assertTried(cell, fix);
  });

  it('does not blame an update that overflows', async () => {
    const cell = `parameters w = 1
loss = 1e10 * w^2
learning_rate = 1e300
steps = 50
for each step:
    parameter = parameter - learning_rate * gradient`;
    assert.equal((await diagnoseCell(cell)).diagnosis.cause, 'learning-rate');
  });
});
