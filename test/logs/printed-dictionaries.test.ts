import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readTrainingLog } from '../../src/logs/index.ts';
import { byStep, fixture, only } from './fixture.ts';

describe("what Hugging Face's Trainer prints", () => {
  it('was JSON with the step before version 3.1', () => {
    const curve = only(readTrainingLog(fixture('hugging-face/printed-2.11.txt')));
    assert.deepEqual([...curve.steps], [500, 1000, 1500, 2000, 2500, 3000]);
    assert.equal(curve.loss[0], 6.285714285714286);
    assert.deepEqual(byStep(curve, 'validationLoss'), { 3000: 3.9015625 });
  });

  it('stands amid progress bars, which tell the steps', () => {
    const curve = only(readTrainingLog(fixture('hugging-face/printed-4.30.txt')));
    assert.equal(curve.stepUnit, 'step');
    assert.deepEqual(
      [...curve.steps],
      Array.from({ length: 12 }, (_, index) => 25 * (index + 1)),
    );
    assert.deepEqual([...curve.loss.slice(0, 4)], [2.2678, 1.9577, 1.662, 1.4039]);
    assert.deepEqual(byStep(curve, 'validationLoss'), { 100: 0.81, 200: 0.71, 300: 0.6766666666666666 });
    assert.equal(curve.learningRate?.[11], 0);
  });

  it('is counted where there are no bars', () => {
    const curve = only(readTrainingLog(fixture('hugging-face/printed-4.44-nan.txt')));
    assert.equal(curve.stepUnit, 'record');
    assert.deepEqual([...curve.steps], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    assert.deepEqual([...curve.loss.slice(6)], [1.7222, 0, 0, 0, 0, 0]);
    assert.deepEqual(curve.notFinite[0], { step: 8, field: 'gradientNorm', value: NaN });
    assert.equal(curve.notFinite.length, 5);
  });

  it('has numbers as strings since version 5', () => {
    const curve = only(readTrainingLog(fixture('hugging-face/printed-5.txt')));
    assert.deepEqual([...curve.loss], [2.234, 1.895, 1.632, 1.435, 1.264, 1.148, 1.084, 0.9547]);
    assert.deepEqual(byStep(curve, 'validationLoss'), { 4: 0.8867, 8: 0.7533 });
    assert.equal(curve.learningRate?.[6], 9e-5);
    assert.deepEqual(curve.notFinite, [{ step: 8, field: 'gradientNorm', value: NaN }]);
  });

  it('may be an object of JSON on each line', () => {
    const curve = only(readTrainingLog(fixture('hugging-face/trainer_log.jsonl')));
    assert.deepEqual([...curve.steps], [10, 20, 30, 40, 50, 60]);
    assert.deepEqual([byStep(curve, 'loss')[60], byStep(curve, 'validationLoss')], [3, { 60: 3.5127 }]);
  });

  it('is counted where the bars came apart from the records', () => {
    const bars = [10, 20, 30].map((done) => `\r 3%|# | ${done}/300 [00:10<02:10,  3.00it/s]`).join('');
    const records = [3, 2, 1].map((loss, index) => `{'loss': ${loss}, 'epoch': 0.${index}}\n`).join('');
    const curve = only(readTrainingLog(bars + records));
    assert.deepEqual([curve.stepUnit, [...curve.steps]], ['record', [1, 2, 3]]);
    const evenLater = only(readTrainingLog(`${bars}${records}${bars}`));
    assert.deepEqual([evenLater.stepUnit, [...evenLater.steps]], ['record', [1, 2, 3]]);
  });

  it('is counted where two records have the same bar', () => {
    const text = [3, 2, 1]
      .map((loss, index) => `{'loss': ${loss}}\n\r${index < 2 ? 10 : 20}/300 [00:10<02:10]\r`)
      .join('');
    const curve = only(readTrainingLog(text));
    assert.deepEqual([curve.stepUnit, [...curve.steps]], ['record', [1, 2, 3]]);
  });

  it('has a dictionary right after a bar, and several on a line', () => {
    const curve = only(
      readTrainingLog(" 3%|# | 10/300 [00:10<02:10]{'loss': 3, 'epoch': 0.1} {'loss': inf, 'epoch': 0.2}"),
    );
    assert.deepEqual([...curve.loss], [3, Infinity]);
  });

  it('goes back to the epoch of a resumed run', () => {
    const record = (loss: number, epoch: number) => `{'loss': ${loss}, 'epoch': ${epoch}}\n`;
    const first = record(5, 0.1) + record(4, 0.2) + record(NaN, 0.3).replace('NaN', 'nan') + record(9, 0.4);
    const curve = only(
      readTrainingLog(`${first}Resuming\n${record(3, 0.3)}${record(2, 0.4)}${record(1, 0.5)}`),
    );
    assert.deepEqual(
      [[...curve.steps], [...curve.loss]],
      [
        [1, 2, 3, 4, 5],
        [5, 4, 3, 2, 1],
      ],
    );
    assert.deepEqual(curve.notFinite, []);
  });

  it('holds a curve for each of several trainings', () => {
    const training = (loss: number) =>
      `{'loss': ${loss}, 'epoch': 0.5}\n{'loss': ${loss / 2}, 'epoch': 1.0}\n{'train_runtime': 9.1, 'epoch': 1.0}\n`;
    const curves = readTrainingLog(training(8) + training(4), 'log.txt');
    assert.deepEqual(
      curves.map(({ name, loss }) => [name, ...loss]),
      [
        ['log.txt, run 1', 8, 4],
        ['log.txt, run 2', 4, 2],
      ],
    );
  });

  it('goes on after a training that went on', () => {
    const text =
      "{'loss': 2, 'epoch': 1.0}\n{'train_runtime': 9.1, 'epoch': 1.0}\n{'loss': 1, 'epoch': 2.0}\n";
    assert.deepEqual([...only(readTrainingLog(text)).loss], [2, 1]);
  });

  it('is not any other dictionary', () => {
    for (const text of [
      "{'loss': 'mse'}",
      "{'train_runtime': 1.5, 'train_loss': 2}",
      "{'loss': [1, 2]}",
      "{'loss': 2",
    ]) {
      assert.throws(() => readTrainingLog(text), { name: 'LogError', message: /known format/ });
    }
  });
});
