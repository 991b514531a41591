import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readTrainingLog } from '../../src/logs/index.ts';
import { byStep, fixture, only } from './fixture.ts';

describe("Lightning's metrics.csv", () => {
  it('of version 1.5 has its columns in the order they came', () => {
    const curve = only(readTrainingLog(fixture('lightning/metrics-1.5.csv')));
    assert.deepEqual([curve.name, curve.framework, curve.stepUnit], ['train_loss', 'lightning', 'step']);
    assert.deepEqual([...curve.steps], [49, 99, 149, 199, 249, 299]);
    assert.equal(curve.loss[0], 2.3824672104829068);
    assert.deepEqual(byStep(curve, 'validationLoss'), { 99: 1.1, 199: 1, 299: 0.9000000000000001 });
    assert.equal(curve.learningRate?.[2], 0.0009000000000000001);
  });

  it('of version 2 has a curve for each loss, with norm and rate', () => {
    const curves = readTrainingLog(fixture('lightning/metrics-2.csv'));
    assert.deepEqual(
      curves.map(({ name }) => name),
      ['train_loss_step', 'train_kl_loss_step', 'train_recon_loss_step'],
    );
    const [loss, kl, reconstruction] = curves;
    assert.ok(loss && kl && reconstruction);
    assert.deepEqual(byStep(loss, 'validationLoss'), { 99: 1.1, 199: 1, 299: NaN });
    assert.equal(kl.validationLoss, undefined);
    assert.deepEqual(byStep(reconstruction, 'validationLoss'), { 99: 1, 199: 0.9, 299: 0.8 });
    assert.deepEqual([...(loss.gradientNorm ?? [])], [3.25, 3.25, 4.25, 4.25, 5.25, 5.25]);
    assert.deepEqual([...(loss.learningRate ?? [])], Array(6).fill(0.001));
    assert.deepEqual(loss.notFinite, [
      { step: 249, field: 'loss', value: Infinity },
      { step: 299, field: 'validationLoss', value: NaN },
    ]);
  });

  it('may be that of Fabric', () => {
    const curve = only(readTrainingLog(fixture('lightning/fabric-metrics.csv')));
    assert.deepEqual([...curve.steps], [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('has missing values where fields are empty', () => {
    const curve = only(
      readTrainingLog('epoch,step,train_loss,val_loss\n0,,5,\n0,9,,\n0,9,1,\n0,19,nan,\n0,19,,2\n'),
    );
    assert.deepEqual(
      [byStep(curve, 'loss'), byStep(curve, 'validationLoss')],
      [{ 9: 1, 19: NaN }, { 19: 2 }],
    );
    assert.deepEqual(curve.notFinite, [{ step: 19, field: 'loss', value: NaN }]);
  });

  it('may go on with another header', () => {
    const curve = only(readTrainingLog('step,train_loss\n1,3\nepoch,step,train_loss,val_loss\n0,2,2,4\n'));
    assert.deepEqual([byStep(curve, 'loss'), byStep(curve, 'validationLoss')], [{ 1: 3, 2: 2 }, { 2: 4 }]);
  });

  it('has a last row that is whole, or is left out', () => {
    const text = 'step,train_loss\r\n0,2.125\r\n1,1.875\r\n2,1.625';
    const steps = (cut: number) => [...only(readTrainingLog(text.slice(0, text.length - cut))).steps];
    assert.deepEqual(steps(0), [0, 1, 2]);
    for (const cut of [1, 2, 3, 4, 5, 6, 7]) assert.deepEqual(steps(cut), [0, 1], String(cut));
    const exponent = 'step,train_loss\n0,2.5e-10\n1,1.234567890123e-0';
    assert.deepEqual([...only(readTrainingLog(exponent)).steps], [0]);
  });

  it('does not lose the rows after a stray quote', () => {
    const curve = only(readTrainingLog('step,train_loss\n1,"3\n2,2\n"3",1\n'));
    assert.deepEqual(byStep(curve, 'loss'), { 1: 3, 2: 2, 3: 1 });
  });

  it('without a loss is an error that lists its columns', () => {
    assert.throws(() => readTrainingLog('epoch,step,train_acc\n0,1,0.5\n'), {
      name: 'LogError',
      message: /Lightning.*no row of it has a loss.*epoch, step, train_acc/,
    });
  });
});
