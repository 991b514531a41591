import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readTrainingLog } from '../../src/logs/index.ts';
import { byStep, ends, fixture, only } from './fixture.ts';

const readFixture = (name: string) => only(readTrainingLog(fixture(`llm.c/${name}`), name));

describe('the output of llm.c', () => {
  it('in C counts from 0, and validates before the step', () => {
    const curve = readFixture('train_gpt2-c.txt');
    assert.deepEqual([curve.name, curve.framework, curve.stepUnit], ['train_gpt2-c.txt', 'llm.c', 'step']);
    assert.deepEqual(ends(curve.steps), [0, 1, 39, 40]);
    assert.deepEqual(ends(curve.loss, 1), [5.3, 4.05]);
    assert.deepEqual(Object.keys(byStep(curve, 'validationLoss')), ['0', '10', '20', '30', '40']);
    assert.equal(byStep(curve, 'validationLoss')[0], 5.252026);
  });

  it('in CUDA of April 2024 counts from 1, and validates after the step', () => {
    const curve = readFixture('train_gpt2-cu-april-2024.txt');
    assert.deepEqual([byStep(curve, 'loss')[1], byStep(curve, 'loss')[74]], [4.583333, 3.366667]);
    assert.deepEqual(Object.keys(byStep(curve, 'validationLoss')), ['0', '20', '40', '60', '74']);
    assert.equal(curve.gradientNorm, undefined);
  });

  it('in CUDA has norm, rate and scores beside the loss', () => {
    const curve = readFixture('train_gpt2-cu.txt');
    assert.deepEqual(
      [curve.loss[1], curve.gradientNorm?.[1], curve.learningRate?.[1]],
      [10.888889, 15.4, 8.57e-7],
    );
    assert.deepEqual(Object.keys(byStep(curve, 'validationLoss')), ['0', '20']);
    assert.deepEqual(
      curve.notFinite.map(({ step, field }) => `${step} ${field}`),
      [
        ...['27 gradientNorm', '28 loss', '28 gradientNorm', '29 loss', '29 gradientNorm'],
        ...['30 loss', '30 gradientNorm'],
      ],
    );
  });

  it('in Python of April 2024 has iterations', () => {
    const curve = readFixture('train_gpt2-py-april-2024.txt');
    assert.deepEqual([...curve.steps], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.equal(curve.loss[0], 5.270007133483887);
  });

  it('in Python has norm and rate', () => {
    const curve = readFixture('train_gpt2-py.txt');
    assert.deepEqual([curve.loss[1], curve.gradientNorm?.[1], curve.learningRate?.[1]], [5.23, 29.2, 1e-4]);
    assert.deepEqual(byStep(curve, 'validationLoss'), { 0: 4.931208372116089, 10: 4.107781708240509 });
  });

  for (const [line, step, loss, norm, rate] of [
    ['step 3/74: train loss 4.310000 (80.639000 ms)', 3, 4.31],
    ['step    3/74: train loss 4.310000 (80.639000 ms, 50788 tok/s)', 3, 4.31],
    ['step    3/74: train loss 4.310000 norm 2.5000 (80.64 ms, 50788 tok/s)', 3, 4.31, 2.5],
    ['step    3/74: train loss 4.310000 norm 2.5000 lr 3.00e-04 (80.64 ms, 50788 tok/s)', 3, 4.31, 2.5, 3e-4],
    [
      'step    3/74 | train loss  4.3100 | norm 2.5000 | lr 3.00e-04 | 80.64 ms | 49.0% A100 fp16 MFU | 9 tok/s',
      3,
      4.31,
      2.5,
      3e-4,
    ],
    [
      'step    3/74 | loss 4.310000 (z +0.31)| norm 2.5000 | lr 3.00e-04 | 80.64 ms | 49.0% bf16 MFU | 9 tok/s',
      3,
      4.31,
      2.5,
      3e-4,
    ],
    [
      'step    3/74 | loss -nan(ind) (+nanz)| norm inf (+nanz)| lr 3.00e-04 | 80.64 ms',
      3,
      NaN,
      Infinity,
      3e-4,
    ],
    ['iteration 3, loss: 4.3100, time: 80.639ms, tok/s: 50788.00', 3, 4.31],
    ['iteration 3, loss: 4.3100, time: 80.639ms, tok/s: 50788.00, norm: 2.500', 3, 4.31, 2.5],
    ['iteration 3, loss: 4.31', 3, 4.31],
  ] as const) {
    it(`was also: ${line}`, () => {
      const curve = only(readTrainingLog(`${line}\n`));
      assert.deepEqual(
        [curve.steps[0], curve.loss[0], curve.gradientNorm?.[0], curve.learningRate?.[0]],
        [step, loss, norm, rate],
      );
    });
  }

  it('without a training loss is an error', () => {
    assert.throws(() => readTrainingLog('val loss 5.252026\n'), {
      name: 'LogError',
      message: /no line of it has a step/,
    });
  });

  it('has a last line that is whole, or is left out', () => {
    const text =
      'step 0: train loss 5.356189 (took 1452.121000 ms)\nstep 1: train loss 4.301069 (took 1288.673000 ms)';
    assert.deepEqual([...only(readTrainingLog(text)).steps], [0, 1]);
    for (let cut = 1; cut < 49; cut++)
      assert.deepEqual([...only(readTrainingLog(text.slice(0, -cut))).steps], [0]);
  });
});
