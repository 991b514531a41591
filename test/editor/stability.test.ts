import assert from 'node:assert/strict';

import { formatLimit, stabilitiesOf } from '../../src/editor/stability.ts';
import { understand } from '../../src/editor/understanding.ts';
import { descendNow, type Program, type Run } from '../../src/kernel/index.ts';

const { signal } = new AbortController();

async function programOf(source: string): Promise<Program> {
  const { program } = await understand(source, () => Promise.reject(new Error('no file')));
  assert.ok(program);
  return program;
}

async function limitsOf(source: string, run = false) {
  const program = await programOf(source);
  const runs: Run[] = run ? descendNow(program) : [];
  const found = await stabilitiesOf(source, program, runs, signal);
  return found.map(({ offset, stableBelow, at, hasBatches }) => [
    source.slice(0, offset).split('\n').at(-1),
    stableBelow,
    at,
    hasBatches,
  ]);
}

describe('the limit of the learning rate', () => {
  it('stands behind the learning rate, once behind a list that has one limit', async () => {
    const source = 'parameters w = 1\nloss = 2 * w^2\nlearning_rate = 0.1 # slow\nsteps = 1';
    assert.deepEqual(await limitsOf(source), [['learning_rate = 0.1', 0.5, 'start', false]]);
    assert.deepEqual(await limitsOf(source.replace('0.1', '[0.1, 0.2]')), [
      ['learning_rate = [0.1, 0.2]', 0.5, 'start', false],
    ]);
  });

  it('stands behind each item of a list that has several', async () => {
    const source = 'parameters w = 1\nloss = [w^2, 2 * w^2]\nlearning_rate = [0.1, 0.2]\nsteps = 1';
    assert.deepEqual(await limitsOf(source), [
      ['learning_rate = [0.1', 1, 'start', false],
      ['learning_rate = [0.1, 0.2', 0.5, 'start', false],
    ]);
  });

  it('is the least of the runs that share a learning rate', async () => {
    const source = 'parameters w = 1\nloss = [w^2, 2 * w^2]\nlearning_rate = 0.1\nsteps = 1';
    assert.deepEqual(await limitsOf(source), [['learning_rate = 0.1', 0.5, 'start', false]]);
  });

  it('is that of the place where the run ended, where it ended well', async () => {
    const source = 'parameters x = 2\nloss = (x^2 - 1)^2\nlearning_rate = 0.01\nsteps = 200';
    const [[, atStart, start] = []] = await limitsOf(source);
    const [[, atEnd, end] = []] = await limitsOf(source, true);
    assert.deepEqual([start, end], ['start', 'end']);
    assert.equal(atStart, 2 / 44);
    assert.ok(Math.abs(Number(atEnd) - 2 / 8) < 1e-6);
    const diverging = source.replace('0.01', '1');
    assert.equal((await limitsOf(diverging, true))[0]?.[2], 'start');
  });

  it('is an upper bound with minibatches', async () => {
    const data = 'data = table(x: [1, 2, 3, 4])\nparameters w = 0\nloss = mean((w - x)^2)\n';
    const [limit] = await limitsOf(`${data}batch_size = 2\nlearning_rate = 0.1`);
    assert.deepEqual(limit?.slice(1), [1, 'start', true]);
  });

  it('is not said where nothing curves or the optimizer has its own scale', async () => {
    assert.deepEqual(await limitsOf('parameters w = 1\nloss = abs(w)\nlearning_rate = 0.1'), []);
    const adam = 'parameters w = 1\nloss = w^2\noptimizer = adam\nlearning_rate = 0.1';
    assert.deepEqual(await limitsOf(adam), []);
  });

  it('is shown with four digits that are still below it', () => {
    assert.deepEqual([0.2366481, 2, 1234567, 2.9854e-7, 0.99999].map(formatLimit), [
      '0.2366',
      '2',
      '1234000',
      '2.985e-7',
      '0.9999',
    ]);
  });
});
