import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readColumnName } from '../../src/logs/column-name.ts';
import { CurveStore } from '../../src/logs/curve-store.ts';
import { finishNow } from '../../src/logs/slices.ts';

/** The curves of columns by name, each with values by step. */
function curvesOf(columns: Record<string, Record<number, number>>) {
  const store = new CurveStore();
  for (const [name, values] of Object.entries(columns)) {
    const meaning = readColumnName(name);
    assert.ok(meaning, name);
    const column = store.add(name, meaning);
    for (const [step, value] of Object.entries(values)) store.put(column, Number(step), value);
  }
  return finishNow(store.curves({ framework: 'lightning', stepUnit: 'step' }));
}

const one = { 1: 1 };

describe('the losses of a log', () => {
  it('make a curve each, the main one first, with the validation loss of the same name', () => {
    const curves = curvesOf({
      train_aux_loss: one,
      train_loss: one,
      val_aux_loss: { 1: 2 },
      val_loss: { 1: 3 },
    });
    assert.deepEqual(
      curves.map(({ name, validationLoss }) => [name, validationLoss?.[0]]),
      [
        ['train_loss', 3],
        ['train_aux_loss', 2],
      ],
    );
  });

  it('have the total first where none is called just loss', () => {
    assert.deepEqual(
      curvesOf({ a_loss: one, total_loss: one }).map(({ name }) => name),
      ['total_loss', 'a_loss'],
    );
  });

  it('go with the only validation loss that is left over', () => {
    const [curve] = curvesOf({ train_loss: one, val_total_loss: { 1: 2 } });
    assert.equal(curve?.validationLoss?.[0], 2);
    const [unclear] = curvesOf({ train_loss: one, val_a_loss: one, val_b_loss: one });
    assert.equal(unclear?.validationLoss, undefined);
  });

  it('are taken by step where that has more values, and from the whole validation set', () => {
    const values = { 1: 1, 2: 2 };
    const [curve] = curvesOf({
      train_loss_epoch: one,
      train_loss_step: values,
      val_loss_step: values,
      val_loss_epoch: { 2: 7 },
    });
    assert.deepEqual([curve?.name, curve?.validationLoss], ['train_loss_step', Float64Array.of(NaN, 7)]);
    assert.equal(curvesOf({ train_loss_step: one, train_loss_epoch: values })[0]?.name, 'train_loss_epoch');
    assert.equal(curvesOf({ train_loss_epoch: one, train_loss_step: one })[0]?.name, 'train_loss_step');
  });

  it('may be only of validation', () => {
    assert.deepEqual(
      curvesOf({ val_loss: { 1: 2 } }).map(({ loss, validationLoss }) => [loss, validationLoss]),
      [[Float64Array.of(NaN), Float64Array.of(2)]],
    );
  });

  it('may be missing', () => {
    assert.deepEqual(curvesOf({ lr: one, train_loss: {} }), []);
  });

  it('take all of a run back when it is resumed', () => {
    const store = new CurveStore();
    const loss = store.add('loss', { field: 'loss', loss: 'loss', rank: 0 });
    const validation = store.add('val', { field: 'validationLoss', loss: 'loss', rank: 0 });
    const rate = store.add('lr', { field: 'learningRate', rank: 0 });
    const other = store.add('other', { field: 'loss', loss: 'other', rank: 0 });
    for (const step of [1, 2, 3, 4]) {
      for (const column of [loss, rate, other]) store.put(column, step, step);
    }
    store.put(validation, 4, NaN);
    store.put(loss, 2, 20);
    const [curve, another] = finishNow(store.curves({ framework: 'keras', stepUnit: 'epoch' }));
    assert.deepEqual(curve, {
      name: 'loss',
      steps: Float64Array.of(1, 2),
      loss: Float64Array.of(1, 20),
      learningRate: Float64Array.of(1, 2),
      notFinite: [],
      framework: 'keras',
      stepUnit: 'epoch',
    });
    assert.equal(another?.steps.at(-1), 4);
  });
});
