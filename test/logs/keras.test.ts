import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readTrainingLog } from '../../src/logs/index.ts';
import { byStep, fixture, only } from './fixture.ts';

describe("the CSV of Keras' CSVLogger", () => {
  it('has a row for each epoch', () => {
    const curve = only(readTrainingLog(fixture('keras/training-2.log'), 'training.log'));
    assert.deepEqual([curve.name, curve.framework, curve.stepUnit], ['loss', 'keras', 'epoch']);
    assert.deepEqual([...curve.steps], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual([curve.loss[9], curve.validationLoss?.[9]], [0.874111043078748, 1.4409088320126955]);
    assert.deepEqual([curve.learningRate?.[5], curve.learningRate?.[6]], [0.001, 0.0001]);
  });

  it('may have another separator, lists, epochs without validation, and a resumed run', () => {
    const curve = only(readTrainingLog(fixture('keras/training-3-append.csv')));
    assert.deepEqual([...curve.steps], [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(
      [...curve.loss.slice(3, 6)],
      [1.9095492151682614, 1.716661712860067, 1.5729208030741988],
    );
    assert.deepEqual(Object.keys(byStep(curve, 'validationLoss')), ['0', '2', '4', '6', '8']);
    assert.deepEqual(curve.notFinite, []);
  });

  it('has a curve for each output of a model', () => {
    const curves = readTrainingLog(fixture('keras/two-outputs.csv'));
    assert.deepEqual(
      curves.map(({ name, loss, validationLoss }) => [name, loss[4], validationLoss?.[4]]),
      [
        ['loss', 6, 6.5],
        ['age_loss', 5, 5.5],
        ['name_loss', 1, 1.25],
      ],
    );
  });

  it('has missing values where it says NA, and NaN where it says nan', () => {
    const curve = only(readTrainingLog('epoch\tloss\tval_loss\n0\tNA\t3\n1\tnan\tNA\n2\tinf\t\n'));
    assert.deepEqual(
      [byStep(curve, 'loss'), byStep(curve, 'validationLoss')],
      [{ 1: NaN, 2: Infinity }, { 0: 3 }],
    );
  });

  it('has a last row with all its fields, or it is left out', () => {
    const text = 'epoch,loss,val_loss\n0,2.5,3.5\n1,1.5';
    assert.deepEqual([...only(readTrainingLog(text)).steps], [0]);
    assert.deepEqual([...only(readTrainingLog(`${text},2.5`)).steps], [0, 1]);
    assert.deepEqual([...only(readTrainingLog(`${text}\n`)).steps], [0, 1]);
  });
});
