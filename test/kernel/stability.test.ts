import assert from 'node:assert/strict';
import fc from 'fast-check';
import { curvature, descendNow } from '../../src/kernel/index.ts';
import { programOf } from './programs.ts';

/** A valley whose curvatures are 3 and 0.5. */
const valley = 'parameters x = 1, y = 1\nloss = 1.5 * x^2 + 0.25 * y^2\nsteps = 4000';
const steepest = 3;

async function limitOf(update: string): Promise<number | undefined> {
  const { stableBelow, recommended } = await curvature(
    programOf(`${valley}\nlearning_rate = 0.1\n${update}`),
    {},
  );
  assert.equal(recommended, stableBelow === undefined ? undefined : 0.9 * stableBelow);
  return stableBelow;
}

/** Whether the loss of a long run at this rate is less at the end than at the start. */
function shrinks(update: string, rate: number): boolean {
  const [run] = descendNow(programOf(`${valley}\nlearning_rate = ${rate}\n${update}`));
  return run !== undefined && run.final.loss < run.start.loss;
}

const step = (text: string) => `for each step:\n    ${text.replaceAll('; ', '\n    ')}`;

describe('the rate below which an update is stable', () => {
  /** The limits, times the largest curvature. */
  const limits: [update: string, product: number][] = [
    ['optimizer = sgd', 2],
    ['optimizer = momentum', 3.8],
    ['optimizer = nesterov', 3.8 / 2.8],
    [step('parameter = parameter - 2 * learning_rate * gradient'), 1],
    [step('velocity = 0.8 * velocity - learning_rate * gradient; parameter = parameter + velocity'), 3.6],
    [step('m = 0.5 * m + 0.5 * gradient; parameter = parameter - learning_rate * m'), 6],
    [step('parameter = parameter - learning_rate * (gradient + m); m = 0.9 * m + gradient'), 1],
    [step('m = gradient + 0 * m; parameter = parameter - learning_rate * m'), 2],
  ];
  for (const [update, product] of limits) {
    it(`divides runs that shrink from runs that grow: ${update.replace(/\s+/g, ' ')}`, async () => {
      const limit = (await limitOf(update)) ?? NaN;
      assert.ok(Math.abs(limit - product / steepest) < 1e-12, `${limit}`);
      assert.deepEqual([shrinks(update, 0.98 * limit), shrinks(update, 1.02 * limit)], [true, false]);
    });
  }

  const others = [
    'optimizer = adagrad',
    'optimizer = rmsprop',
    'optimizer = adam',
    step('parameter = parameter + learning_rate * gradient'),
    step('parameter = parameter - 0.1 * gradient'),
    step('parameter = parameter - learning_rate * gradient * min(1, 5 / gradient_norm)'),
    step('m = 0.9 * m + gradient; parameter = parameter - learning_rate * (gradient - 0.5 * m)'),
    step('parameter = parameter - learning_rate * gradient - learning_rate * 9 * x'),
    step('m = 0.5 * m + gradient + x; parameter = parameter - learning_rate * m'),
  ];
  for (const update of others) {
    it(`is not named: ${update.replace(/\s+/g, ' ')}`, async () => {
      assert.equal(await limitOf(update), undefined);
    });
  }

  it('holds for every update with one memory', async () => {
    const twentieths = (most: number) => fc.integer({ min: -most, max: most });
    const factor = twentieths(20);
    await fc.assert(
      fc.asyncProperty(twentieths(19), factor, factor, factor, async (kept, given, direct, remembered) => {
        fc.pre(direct * (20 - kept) + remembered * given !== 0); // else it never comes to the middle, nor flees it
        const update = step(
          `m = ${kept / 20} * m + ${given / 20} * gradient; parameter = parameter - learning_rate * (${direct / 20} * gradient + ${remembered / 20} * m)`,
        );
        const limit = await limitOf(update);
        if (limit === undefined) assert.equal(shrinks(update, 1), false);
        else assert.deepEqual([shrinks(update, 0.9 * limit), shrinks(update, 1.1 * limit)], [true, false]);
      }),
      { numRuns: 60 },
    );
  }).timeout(30_000);
});
