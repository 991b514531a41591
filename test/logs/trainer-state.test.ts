import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LogError, readTrainingLog } from '../../src/logs/index.ts';
import { byStep, fixture, only } from './fixture.ts';

describe("Hugging Face's trainer_state.json", () => {
  it('of version 4.20 has rounded losses, evaluations between them, and no gradient norm', () => {
    const curve = only(
      readTrainingLog(fixture('hugging-face/trainer_state-4.20.json'), 'out/trainer_state.json'),
    );
    assert.deepEqual(
      [curve.name, curve.framework, curve.stepUnit],
      ['trainer_state.json', 'hugging-face', 'step'],
    );
    assert.deepEqual(byStep(curve, 'loss'), {
      ...{ 500: 2.0193, 1000: 1.5785, 1500: 1.2638, 2000: 1.0848, 2500: 0.9676, 3000: 0.8724 },
    });
    assert.deepEqual(byStep(curve, 'validationLoss'), {
      ...{ 1000: 0.818888888888889, 2000: 0.7077777777777778, 3000: 0.5966666666666667 },
    });
    assert.equal(curve.learningRate?.[0], 4.166666666666667e-5);
    assert.equal(curve.gradientNorm, undefined);
    assert.deepEqual(curve.notFinite, []);
  });

  it('of version 4.44 keeps a loss of 0.0 beside a gradient norm that is NaN', () => {
    const curve = only(readTrainingLog(fixture('hugging-face/trainer_state-4.44-nan.json')));
    assert.deepEqual([...curve.loss.slice(-5)], [4.4, 0, 0, 0, 0]);
    assert.deepEqual([...(curve.gradientNorm ?? []).slice(-5)], [Infinity, NaN, NaN, NaN, NaN]);
    assert.deepEqual(curve.notFinite, [
      { step: 60, field: 'gradientNorm', value: Infinity },
      { step: 70, field: 'gradientNorm', value: NaN },
      { step: 80, field: 'gradientNorm', value: NaN },
      { step: 90, field: 'gradientNorm', value: NaN },
      { step: 100, field: 'validationLoss', value: NaN },
      { step: 100, field: 'gradientNorm', value: NaN },
    ]);
  });

  it('of version 5 is that of the first of several evaluation sets', () => {
    const curve = only(readTrainingLog(fixture('hugging-face/trainer_state-5.json')));
    assert.equal(curve.loss[0], 2.288842850660074);
    assert.deepEqual(byStep(curve, 'validationLoss'), { 20: 1.1, 40: 1 });
  });

  it('may be its list of records alone', () => {
    const text = '[{"loss": 2.5, "step": 10}, {"eval_loss": 2.25, "step": 10}, {"loss": "nan", "step": 20}]';
    const curve = only(readTrainingLog(text));
    assert.deepEqual(
      [byStep(curve, 'loss'), byStep(curve, 'validationLoss')],
      [{ 10: 2.5, 20: NaN }, { 10: 2.25 }],
    );
  });

  it('may have losses that are null or missing', () => {
    const text =
      '{"log_history": [{"loss": null, "grad_norm": 1, "step": 1}, {"step": 2}, {"loss": 3, "step": 3}]}';
    const curve = only(readTrainingLog(text));
    assert.deepEqual([...curve.steps], [1, 3]);
    assert.deepEqual([byStep(curve, 'loss'), byStep(curve, 'gradientNorm')], [{ 3: 3 }, { 1: 1 }]);
    assert.deepEqual(curve.notFinite, []);
  });

  it('is known wherever in the object its records come', () => {
    const text =
      '{"zoo": {"log_history": 1, "loss": [[1, 2]]}, "log_history": [{"loss": 3, "step": 1}], "max_steps": 5}';
    assert.deepEqual(byStep(only(readTrainingLog(text)), 'loss'), { 1: 3 });
  });

  it('is read up to the last whole record while it is being written', () => {
    const text = fixture('hugging-face/trainer_state-4.20.json');
    const cut = text.slice(0, text.indexOf('1.2638') + 3);
    assert.deepEqual(byStep(only(readTrainingLog(cut)), 'loss'), { 500: 2.0193, 1000: 1.5785 });
  });

  it('without a loss is an error that says so', () => {
    const empty = '{"best_metric": null, "log_history": [], "max_steps": 3000}';
    assert.throws(() => readTrainingLog(empty), {
      name: 'LogError',
      message: /trainer_state\.json.*logging_steps/,
    });
    assert.throws(() => readTrainingLog('{"log_history": [{"train_loss": 1.5, "step": 3}]}'), LogError);
  });
});
