import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readTrainingLog } from '../../src/logs/index.ts';
import { byStep, fixture, only } from './fixture.ts';

describe('the JSON of TensorBoard', () => {
  it('is a list of events, with NaN and infinities as strings', () => {
    const curve = only(
      readTrainingLog(fixture('tensorboard/run-exp1-tag-train_loss.json'), 'run-exp1-tag-train_loss.json'),
    );
    assert.deepEqual(
      [curve.name, curve.framework, curve.stepUnit],
      ['exp1 train_loss', 'tensorboard', 'step'],
    );
    assert.deepEqual([curve.loss[0], ...curve.loss.slice(-2)], [2.7224693298339844, Infinity, NaN]);
    assert.deepEqual(curve.notFinite, [
      { step: 35, field: 'loss', value: Infinity },
      { step: 40, field: 'loss', value: NaN },
    ]);
  });

  it('of several runs has a curve for each, with the validation of the same run', () => {
    const curves = readTrainingLog(fixture('tensorboard/scalars-multirun.json'));
    assert.deepEqual(
      curves.map(({ name }) => name),
      ['mnist/lr_1E-03,conv=1,fc=2/train', 'mnist/lr_1E-02,conv=2,fc=2/train'],
    );
    assert.deepEqual(Object.keys(byStep(curves[0] ?? assert.fail(), 'validationLoss')), ['0', '10', '20']);
    assert.deepEqual([...(curves[1]?.loss ?? [])], [1, 32, 1024, 32768, 1048576]);
  });

  it('of custom scalars has tags, of which those of use are taken', () => {
    const curve = only(readTrainingLog(fixture('tensorboard/custom-scalars.json')));
    assert.equal(curve.name, 'loss/train');
    assert.deepEqual(Object.keys(byStep(curve, 'validationLoss')), ['0', '15']);
    assert.deepEqual([...(curve.learningRate ?? [])], Array(6).fill(0.001));
    assert.deepEqual(curve.notFinite, [{ step: 25, field: 'gradientNorm', value: NaN }]);
  });

  it('of custom scalars without a loss is an error that lists them', () => {
    const text = '{"payload": {"accuracy": [[1, 0, 0.5]], "lr": [[1, 0, 0.001]]}}';
    assert.throws(() => readTrainingLog(text), {
      name: 'LogError',
      message: /none of its tags.*accuracy, lr/,
    });
  });

  it('is read up to the last whole event', () => {
    assert.deepEqual([...only(readTrainingLog('[[1.5, 0, 3.5], [2.5, 1, 2.5], [3.5, 2, 1.')).steps], [0, 1]);
  });

  it('is not any other JSON', () => {
    for (const text of [
      '[[1, 2]]',
      '[[1, 2, 3, 4]]',
      '[1, 2, 3]',
      '{"a": [1, 2, 3]}',
      '[["a", 1, 2]]',
      '[[1, [2], 3]]',
      '[]',
    ]) {
      assert.throws(() => readTrainingLog(text), { name: 'LogError', message: /known format/ }, text);
    }
  });
});
