import assert from 'node:assert/strict';
import { read, show } from './read-sound.ts';

describe('the truth of the fit', () => {
  /** The loss of a cell with `prediction`, and the truth that it is compared with. */
  const losses: readonly (readonly [loss: string, truth: string | undefined])[] = [
    ['mean((prediction - y)^2)', 'y'],
    ['mean((y - prediction)^2)', 'y'],
    ['mean(abs(y + 1 - prediction))', '(y+1)'],
    ['mean((prediction - y - 1)^2)', '(y+1)'],
    ['mean((-prediction + y)^2)', 'y'],
    ['mean((prediction - 2 * y / 3)^2)', '(2*y/3)'],
    ['mean(error^2)\nerror = guess - y\nguess = prediction', 'y'],
    ['mse(prediction, y)', 'y'],
    ['mse(y, prediction)', 'y'],
    ['huber(prediction, log(y), 2)', 'log(y)'],
    ['-mean(y * log(prediction) + (1 - y) * log(1 - prediction))', undefined],
    ['mse(prediction, z) + mean((prediction - y)^2)', 'y'],
    ['mse(prediction, z) + mean(1 - prediction)', 'z'],
    ['mean((prediction - 240)^2)', '240'],
    ['mean(prediction + y)', undefined],
  ];

  for (const [loss, truth] of losses) {
    it(`${loss.replaceAll('\n', ' / ')}: ${truth ?? 'none'}`, () => {
      const { definitions } = read(
        `data = "a.csv"\nparameters w = 0\nlearning_rate = 1\nprediction = w * x\nloss = ${loss}`,
      );
      const found = definitions.get('truth')?.[0];
      assert.equal(found && show(found), truth);
    });
  }

  it('is what the cell says it is', () => {
    const { definitions } = read(
      'data = "a.csv"\nparameters w = 0\nlearning_rate = 1\ntruth = z\nprediction = w * x\nloss = mse(prediction, y)',
    );
    assert.equal(show(definitions.get('truth')?.[0]), 'z');
  });

  it('differs from run to run where the losses of a sweep do', () => {
    const { definitions } = read(
      'data = "a.csv"\nparameters w = 0\nlearning_rate = 1\nprediction = w * x\nloss = [mse(prediction, y), mae(prediction, z)]',
    );
    assert.deepEqual(definitions.get('truth')?.map(show), ['y', 'z']);
  });
});
