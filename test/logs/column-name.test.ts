import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readColumnName, readRunName } from '../../src/logs/column-name.ts';

/** A name, the field it is, the loss it belongs to, its rank. */
const names: readonly (readonly [string, string?, (string | undefined)?, number?])[] = [
  ['loss', 'loss', 'loss', 1],
  ['train_loss', 'loss', 'loss', 1],
  ['train/loss', 'loss', 'loss', 1],
  ['Loss/train', 'loss', 'loss', 1],
  ['trainLoss', 'loss', 'loss', 1],
  ['training_loss', 'loss', 'loss', 1],
  ['train_loss_step', 'loss', 'loss', 0],
  ['train_loss_epoch', 'loss', 'loss', 2],
  ['epoch_loss', 'loss', 'loss', 2],
  ['train_kl_loss', 'loss', 'kl loss', 1],
  ['age_loss', 'loss', 'age loss', 1],
  ['val_loss', 'validationLoss', 'loss', 1],
  ['valid_loss', 'validationLoss', 'loss', 1],
  ['eval/loss', 'validationLoss', 'loss', 1],
  ['Loss/validation', 'validationLoss', 'loss', 1],
  ['val_loss_epoch', 'validationLoss', 'loss', 0],
  ['val_loss_step', 'validationLoss', 'loss', 2],
  ['val_loss/dataloader_idx_0', 'validationLoss', 'loss', 1],
  ['val_age_loss', 'validationLoss', 'age loss', 1],
  ['lr', 'learningRate', undefined, 0],
  ['lr-Adam', 'learningRate', undefined, 0],
  ['lr-AdamW/pg1', 'learningRate', undefined, 0],
  ['optim/lr-Adam', 'learningRate', undefined, 0],
  ['learning_rate', 'learningRate', undefined, 0],
  ['train/learning_rate', 'learningRate', undefined, 0],
  ['grad_norm', 'gradientNorm', undefined, 1],
  ['train/grad_norm', 'gradientNorm', undefined, 1],
  ['gradient_norm_step', 'gradientNorm', undefined, 0],
  ['grad_2.0_norm_total', 'gradientNorm', undefined, 1],
  ['gnorm', 'gradientNorm', undefined, 1],
  ['lr-Adam-momentum'],
  ['lr-Adam-weight_decay'],
  ['grad_2.0_norm/encoder.weight'],
  ['test_loss'],
  ['accuracy'],
  ['val_accuracy'],
  ['epoch'],
  ['glossary'],
  ['layer_norm'],
  [''],
];

describe('the name of a column', () => {
  for (const [name, field, loss, rank] of names) {
    it(`${name || 'nothing'} is ${field ?? 'of no use'}`, () => {
      const expected = field === undefined ? undefined : { field, ...(loss !== undefined && { loss }), rank };
      assert.deepEqual(readColumnName(name), expected);
    });
  }
});

describe('the name of a run', () => {
  it('says whether it is validation, and of which training', () => {
    assert.deepEqual(readRunName('exp1/train'), { field: 'loss', loss: 'exp1', rank: 0 });
    assert.deepEqual(readRunName('exp1/validation'), { field: 'validationLoss', loss: 'exp1', rank: 0 });
    assert.deepEqual(readRunName('.'), { field: 'loss', loss: '', rank: 0 });
  });
});
