import assert from 'node:assert/strict';
import { descendNow, diagnose } from '../../../src/kernel/index.ts';
import { prepareCell } from '../../reference/cases.ts';
import { classes, line, network, standardised } from './models.ts';

function* wellRuns(): Generator<string> {
  for (const rate of [0.08, 0.12, 0.2]) {
    for (const steps of [20, 40, 160]) {
      for (const precision of ['float32', 'float64']) {
        yield `${line}learning_rate = ${rate}\nsteps = ${steps}\nprecision = ${precision}`;
      }
    }
  }
  for (const rate of [0.1, 0.3, 0.6]) yield `${standardised}learning_rate = ${rate}\nsteps = 50`;
  for (const rate of [2, 5, 8]) yield `${classes}learning_rate = ${rate}\nsteps = 60`;
  for (let seed = 0; seed < 12; seed++) {
    yield `${network}learning_rate = 0.3\nsteps = 400\nseed = ${seed}`;
    yield `${line}learning_rate = 0.01\nbatch_size = 32\nepochs = 3\nseed = ${seed}`;
    yield `${line}learning_rate = 0.05 * (1 - (step - 1) / steps)\nbatch_size = 8\nepochs = 10\nseed = ${seed}`;
    yield `${standardised}learning_rate = 0.02\nbatch_size = 64\nepochs = 5\nseed = ${seed}\nvalidation = 0.2`;
  }
  for (const [optimizer, rate] of [
    ['momentum', 0.05],
    ['nesterov', 0.05],
    ['adam', 5],
    ['rmsprop', 3],
    ['adagrad', 40],
  ] as const) {
    yield `${line}optimizer = ${optimizer}\nlearning_rate = ${rate}\nsteps = 100`;
  }
}

describe('the diagnosis of runs that are well', () => {
  it('calls none of them sick, over models, optimizers, batch sizes, precisions and seeds', async () => {
    for (const cell of wellRuns()) {
      const program = prepareCell(cell);
      for (const run of descendNow(program)) {
        const { condition, fixes } = await diagnose(run, program);
        assert.ok(condition === 'healthy' || condition === 'settled', `${condition}:\n${cell}`);
        assert.deepEqual(fixes, []);
      }
    }
  });
});
