import assert from 'node:assert/strict';

import { stepArithmetic, updateForm } from '../../src/renderer/arithmetic.ts';
import { experimentOf, housesCell, runsOf } from './cells.ts';

const formOf = (rest: string): ReturnType<typeof updateForm> =>
  updateForm(experimentOf(housesCell(rest)).update[0]);

describe('the form of an update', () => {
  it('is the learning rate times the gradient, also where it is spelled out', () => {
    const plain = { kind: 'product', sign: -1, quantity: 'gradient' };
    assert.deepEqual(formOf('learning_rate = 0.1'), plain);
    assert.deepEqual(
      formOf('learning_rate = 0.1\nfor each step:\n    parameter = parameter - learning_rate * gradient'),
      plain,
    );
  });

  it('sees a sign that climbs, and a memory', () => {
    assert.deepEqual(
      formOf('learning_rate = 0.1\nfor each step:\n    parameter = parameter + gradient * learning_rate'),
      { kind: 'product', sign: 1, quantity: 'gradient' },
    );
    assert.deepEqual(formOf('learning_rate = 0.1\noptimizer = momentum'), {
      kind: 'product',
      sign: -1,
      quantity: 'velocity',
    });
  });

  it('is only a change where it is no product with the rate', () => {
    assert.deepEqual(
      formOf(
        'learning_rate = 0.1\nfor each step:\n    parameter = 0.9 * parameter - learning_rate * gradient',
      ),
      { kind: 'change' },
    );
  });
});

describe('the arithmetic of a step', () => {
  const form = { kind: 'product', sign: -1, quantity: 'gradient' } as const;

  it('shows real numbers that add up', () => {
    const [run] = runsOf(housesCell('learning_rate = 0.1\nsteps = 3'));
    assert.ok(run);
    const [w, b] = stepArithmetic(run, 2, form);
    assert.equal(w?.rate, '0.1');
    for (const row of [w, b]) {
      assert.ok(row);
      const number = (text = ''): number => Number(text.replace(/[(),]/g, '').replace('−', '-'));
      const after = number(row.before) - number(row.rate) * number(row.quantity);
      assert.equal(Math.abs(after - number(row.after)) < 0.02, true);
    }
  });

  it('takes the exact gradient where it is given', () => {
    const [run] = runsOf(housesCell('learning_rate = 0.1\nsteps = 3'));
    assert.ok(run);
    assert.equal(stepArithmetic(run, 1, form, { w: -1234, b: 5 })[0]?.quantity, '(−1,234)');
  });

  it('shows the start by itself', () => {
    const [run] = runsOf(housesCell('learning_rate = 0.1\nsteps = 3'));
    assert.ok(run);
    assert.deepEqual(stepArithmetic(run, 0, form), [
      { parameter: 'w', after: '0' },
      { parameter: 'b', after: '0' },
    ]);
  });

  it('shows no arithmetic between records that are not neighbours', () => {
    const [run] = runsOf(housesCell('learning_rate = 0.1\nsteps = 3'));
    assert.ok(run);
    const thinned = { ...run, steps: Int32Array.from([0, 10, 20, 30]) };
    assert.deepEqual(Object.keys(stepArithmetic(thinned, 2, form)[0] ?? {}), ['parameter', 'after']);
  });

  it('has digits enough for the change to be seen', () => {
    const [run] = runsOf(housesCell('learning_rate = 0.1\nsteps = 300'));
    assert.ok(run);
    for (const row of stepArithmetic(run, 250, form)) assert.notEqual(row.before, row.after);
  });

  it('shows a change as a sum where there is no product', () => {
    const [run] = runsOf(housesCell('learning_rate = 0.1\nsteps = 3'));
    assert.ok(run);
    const [w] = stepArithmetic(run, 1, { kind: 'change' });
    assert.equal(w?.sign, '+');
    assert.equal(w.rate, undefined);
    assert.equal(w.quantity, w.after);
  });
});
