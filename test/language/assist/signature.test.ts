import assert from 'node:assert/strict';
import { signatureHelp } from '../../../src/language/index.ts';
import { atCursor } from '../cursor.ts';

/** A cell with the cursor at `|`, and the function and the argument that is being written. */
const calls: readonly (readonly [marked: string, help?: string])[] = [
  ['loss = mse(|)', 'prediction of mse(prediction, truth)'],
  ['loss = mse(a, |', 'truth of mse(prediction, truth)'],
  ['loss = mse(a,   |  # comment', 'truth of mse(prediction, truth)'],
  ['loss = huber(a, b, mean(|c))', 'values of mean(values)'],
  ['loss = huber(a, mean(b), |1)', 'delta of huber(prediction, truth, delta)'],
  ['loss = max(1, 2, 3, |4)', 'y of max(x, y, ...)'],
  ['parameters w = normal(0, |1)', 'deviation of normal(mean, deviation)'],
  ['check abs(|w) < 3', 'x of abs(x)'],
  ['for each step:\n    gradient = slope(|loss)', 'loss of slope(loss)'],
  ['loss = mse|(a, b)'],
  ['loss = mse(a, b)|'],
  ['loss = nothing(|a)'],
  ['loss = (|a)'],
  ['|'],
];

describe('signature help', () => {
  for (const [marked, help] of calls) {
    it(marked.replaceAll('\n', ' / '), () => {
      const { source, offset } = atCursor(marked);
      const found = signatureHelp(source, offset);
      const active = found?.parameters[found.activeParameter];
      const said = found && `${found.label.slice(active?.start, active?.end)} of ${found.label}`;
      assert.equal(said, help);
    });
  }
});
