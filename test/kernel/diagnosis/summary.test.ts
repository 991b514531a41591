import assert from 'node:assert/strict';
import { diagnoseCell } from './diagnose-cell.ts';

describe('the summary of a diagnosis', () => {
  const brokenStarts: [cell: string, summary: RegExp, fixes: string[], place: string][] = [
    [
      'data = table(x: [800, 1000], y: [1, 2])\nparameters w = 1\nloss = mse(exp(w * x), y)\nlearning_rate = 1e-9',
      /infinite at the start\. What broke is an exponential too large for a number, before any step was taken/,
      ['`w = 0`'],
      'exp(w * x)',
    ],
    [
      'parameters w = 1e200\nloss = w^2\nlearning_rate = 0.1',
      /What broke is a result too large for a number, before any step/,
      ['`w = 0`'],
      'w^2',
    ],
    [
      'parameters w = 1\nbad = 0 / 0\nloss = w^2 + bad\nlearning_rate = 0.1',
      /NaN at the start\. It is so before any step was taken, so no learning rate can help/,
      [],
      'w^2 + bad',
    ],
  ];
  for (const [cell, expected, titles, place] of brokenStarts) {
    it(`blames no rate for what broke before the first step: ${cell.split('\n').at(-2)}`, async () => {
      const { cause, summary, fixes, ...diagnosis } = (await diagnoseCell(cell)).diagnosis;
      assert.equal(cause, 'start');
      assert.match(summary, expected);
      assert.deepEqual(
        fixes.map(({ title }) => title),
        titles,
      );
      assert.equal(cell.slice(diagnosis.place?.start, diagnosis.place?.end), place);
    });
  }

  for (const more of ['steps = 13', 'steps = 14', 'steps = 17', 'steps = 5\nvalidation = 0.25']) {
    it(`sees a run jump to and fro beside a kink, wherever it ends: ${more.replace('\n', ', ')}`, async () => {
      const cell = `data = table(x: [1, 2, 3, 4, 5, 6, 7, 8], y: [2, 4, 6, 8, 10, 12, 14, 16])
parameters w = 0, b = 0
prediction = w * x + b
loss = mae(prediction, y)
learning_rate = 5
${more}`;
      const { condition, summary } = (await diagnoseCell(cell)).diagnosis;
      assert.equal(condition, 'oscillating');
      assert.match(summary, /jump from side to side/);
    });
  }

  it('says nothing of a way back where a run that is thrown about ends low, or falls without end', async () => {
    const batches = `data = table(x: [685, 975, 646, 1910, 2000, 1780], y: [3.47, 3.9, 3.74, 6.48, 6.06, 6.61])
parameters w = 0, b = 0
prediction = w * x + b
loss = huber(prediction, y)
learning_rate = 0.001 * (1 - (step - 1) / steps)
batch_size = 2
epochs = 60`;
    assert.match(
      (await diagnoseCell(batches)).diagnosis.summary,
      /^The loss is thrown about: it was 4\.5433 at the start and up to 2,126\.4 since, and is 3\.6498 after 180 steps\./,
    );
    const saddle = 'parameters w = 1, b = 1\nloss = w^2 - b^2\nlearning_rate = 100\nsteps = 5';
    assert.match(
      (await diagnoseCell(saddle)).diagnosis.summary,
      /^The loss falls without end: it was 0 at the start and is −1\.0243e22 after 5 steps\./,
    );
  });

  it('notes a validation loss that is not finite', async () => {
    const cell = `data = table(x: [1, 2, 3, 4, 5, 6, 0, 8, 9, 10], y: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
parameters w = 1
prediction = w / x
loss = mse(prediction, y)
learning_rate = 0.01
validation = 0.3
seed = 2`;
    const { notes } = (await diagnoseCell(cell)).diagnosis;
    assert.ok(
      notes.includes('The validation loss is infinite: look at the rows that are kept for validation.'),
    );
  });
});
