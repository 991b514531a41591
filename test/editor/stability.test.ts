import assert from 'node:assert/strict';

import { formatLimit, hintText, hintTooltip } from '../../src/editor/stability-text.ts';
import { stabilityOf } from '../../src/editor/stability.ts';
import { understand } from '../../src/editor/understanding.ts';
import { descendNow, type Program, type Run } from '../../src/kernel/index.ts';

const { signal } = new AbortController();

async function programOf(source: string): Promise<Program> {
  const { program } = await understand(source, () => Promise.reject(new Error('no file')));
  assert.ok(program);
  return program;
}

async function stability(source: string, run = false) {
  const program = await programOf(source);
  const runs: Run[] = run ? descendNow(program) : [];
  return stabilityOf(source, program, runs, signal);
}

/** The text of the line up to the hint, and the limits: how high, where, and whether batches blur it. */
async function limitsOf(source: string, run = false) {
  const found = await stability(source, run);
  if (!found) return undefined;
  const { offset, limits } = found;
  const line = source.slice(0, offset).split('\n').at(-1);
  const each = limits.map(({ limit }) => limit && ([limit.stableBelow, limit.at, limit.hasBatches] as const));
  return [line, ...each] as const;
}

async function hintOf(source: string, run = false) {
  const found = await stability(source, run);
  return found && hintText(found.limits);
}

describe('the limit of the learning rate', () => {
  it('stands behind the learning rate, once behind a list that has one limit', async () => {
    const source = 'parameters w = 1\nloss = 2 * w^2\nlearning_rate = 0.1 # slow\nsteps = 1';
    assert.deepEqual(await limitsOf(source), ['learning_rate = 0.1', [0.5, 'start', false]]);
    assert.equal(await hintOf(source), 'stable below 0.5');
    const list = source.replace('0.1', '[0.1, 0.2]');
    assert.deepEqual(await limitsOf(list), ['learning_rate = [0.1, 0.2]', [0.5, 'start', false]]);
  });

  it('stands behind a list once for each of its items where they have several', async () => {
    const source = 'parameters w = 1\nloss = [w^2, 2 * w^2]\nlearning_rate = [0.1, 0.2]\nsteps = 1';
    assert.deepEqual(await limitsOf(source), [
      'learning_rate = [0.1, 0.2]',
      [1, 'start', false],
      [0.5, 'start', false],
    ]);
    assert.equal(await hintOf(source), 'stable below 1, 0.5');
  });

  it('is said once where all are shown alike, wherever the runs ended', async () => {
    const source = 'parameters w = 1\nloss = w^2\nlearning_rate = [0.1, 1.5]\nsteps = 50';
    const { limits } = (await stability(source, true)) ?? { limits: [] };
    assert.deepEqual(
      limits.map(({ limit }) => limit?.at),
      ['end', 'start'],
    );
    assert.equal(await hintOf(source, true), 'stable below 1');
  });

  it('leaves a gap for the items of a list that have none', async () => {
    const source =
      'parameters w = 1\nloss = w^2\noptimizer = [sgd, adam, momentum]\nlearning_rate = [0.1, 0.2, 0.3]';
    assert.equal(await hintOf(source), 'stable below 1, –, 1.9');
    const { limits } = (await stability(source)) ?? { limits: [] };
    assert.deepEqual(hintTooltip(limits).split('\n').slice(2), [
      '- `0.1`: stable below 1, with a curvature of 2 where the run starts',
      '- `0.2`: no limit is known',
      '- `0.3`: stable below 1.9, with a curvature of 2 where the run starts',
    ]);
  });

  it('is a range where the editor would cut the list short', async () => {
    const rates = [1, 2, 3, 4, 5, 6, 7];
    const losses = rates.map((rate) => `${rate * 1.2345} * w^2`).join(', ');
    const source = `parameters w = 1\nloss = [${losses}]\nlearning_rate = [${rates.join(', ')}]`;
    assert.equal(await hintOf(source), 'stable below 0.1157 to 0.81');
  });

  it('is the least of the runs that share a learning rate', async () => {
    const source = 'parameters w = 1\nloss = [w^2, 2 * w^2]\nlearning_rate = 0.1\nsteps = 1';
    assert.deepEqual(await limitsOf(source), ['learning_rate = 0.1', [0.5, 'start', false]]);
  });

  it('is that of the place where the run ended, where it ended well', async () => {
    const source = 'parameters x = 2\nloss = (x^2 - 1)^2\nlearning_rate = 0.01\nsteps = 200';
    const [atStart, start] = (await limitsOf(source))?.[1] ?? [];
    const [atEnd, end] = (await limitsOf(source, true))?.[1] ?? [];
    assert.deepEqual([start, end], ['start', 'end']);
    assert.equal(atStart, 2 / 44);
    assert.ok(Math.abs(Number(atEnd) - 2 / 8) < 1e-6);
    const diverging = source.replace('0.01', '1');
    assert.deepEqual((await limitsOf(diverging, true))?.[1]?.slice(1), ['start', false]);
  });

  it('is an upper bound with minibatches', async () => {
    const data = 'data = table(x: [1, 2, 3, 4])\nparameters w = 0\nloss = mean((w - x)^2)\n';
    const limits = await limitsOf(`${data}batch_size = 2\nlearning_rate = 0.1`);
    assert.deepEqual(limits?.slice(1), [[1, 'start', true]]);
  });

  it('is not said where nothing curves or the optimizer has its own scale', async () => {
    assert.equal(await limitsOf('parameters w = 1\nloss = abs(w)\nlearning_rate = 0.1'), undefined);
    const adam = 'parameters w = 1\nloss = w^2\noptimizer = adam\nlearning_rate = 0.1';
    assert.equal(await limitsOf(adam), undefined);
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
