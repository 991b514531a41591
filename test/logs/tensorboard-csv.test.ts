import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readTrainingLog } from '../../src/logs/index.ts';
import { fixture, only } from './fixture.ts';

describe('the CSV of TensorBoard', () => {
  const training = fixture('tensorboard/run-train-tag-epoch_loss.csv');
  const validation = fixture('tensorboard/run-validation-tag-epoch_loss.csv');

  it('has one loss by step, and its name from its file', () => {
    const curve = only(readTrainingLog(training, 'C:\\logs\\run-train-tag-epoch_loss.csv'));
    assert.deepEqual([curve.name, curve.framework], ['train epoch_loss', 'tensorboard']);
    assert.deepEqual([...curve.steps], [0, 5, 10, 15, 20, 25, 30, 35]);
    assert.equal(curve.loss[1], Number(training.split(/\r\n/)[2]?.split(',')[2]));
  });

  it('is of validation where run or tag say so', () => {
    for (const name of [
      'run-validation-tag-epoch_loss.csv',
      'run-.-tag-val_loss.csv',
      'run-a-tag-eval_loss (2).csv',
    ]) {
      const curve = only(readTrainingLog(validation, name));
      assert.deepEqual([...curve.loss], Array(8).fill(NaN), name);
      assert.equal(curve.validationLoss?.length, 8);
      assert.deepEqual(curve.notFinite, [{ step: 35, field: 'validationLoss', value: NaN }]);
    }
  });

  it('is taken for a training loss where the name says nothing', () => {
    for (const name of [undefined, 'export.csv', 'run-a-tag-perplexity.csv']) {
      assert.equal(only(readTrainingLog(training, name)).validationLoss, undefined);
    }
  });

  it('of a learning rate or a gradient norm is an error', () => {
    const rate = fixture('tensorboard/run-exp1-tag-train_learning_rate.csv');
    assert.throws(() => readTrainingLog(rate, 'run-exp1-tag-train_learning_rate.csv'), {
      name: 'LogError',
      message: /holds the learning rate \(tag train_learning_rate\).*tag of the loss/,
    });
    assert.throws(() => readTrainingLog(rate, 'run-exp1-tag-train_grad_norm.csv'), /norm of the gradient/);
  });
});
