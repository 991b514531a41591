import assert from 'node:assert/strict';
import { runOf } from './programs.ts';

/** The values of x on its way down x^2 from 8, by the lines of an update. */
function path(lines: string, more = ''): number[] {
  const cell = `parameters x = 8\nloss = x^2\nlearning_rate = 0.25\nsteps = 3\n${more}\nfor each step:\n${lines}`;
  return [...(runOf(cell).parameters['x'] ?? [])];
}

describe('an update spelled out', () => {
  it('may take the slope of the loss by name', () => {
    const expected = [8, 4, 2, 1];
    assert.deepEqual(path('    parameter = parameter - learning_rate * gradient'), expected);
    assert.deepEqual(
      path('    gradient = slope(loss)\n    parameter = parameter - learning_rate * gradient'),
      expected,
    );
  });

  it('remembers what it assigns, from the constant of that name or from 0', () => {
    const lines = '    total = total + gradient\n    parameter = parameter - learning_rate * total';
    assert.deepEqual(path(lines), [8, 4, -2, -7]);
    assert.deepEqual(path(lines, 'total = 16'), [8, 0, -8, -12]);
  });

  it('remembers in the precision of the run from the start on', () => {
    const lines = '    parameter = old\n    old = 1';
    assert.equal(path(lines, 'old = 0.1\nprecision = float32')[1], Math.fround(0.1));
    assert.equal(path(lines, 'old = 0.1')[1], 0.1);
  });

  it('sees what earlier lines of the step assigned, and last step’s value before', () => {
    const lines = '    old = new\n    new = gradient\n    parameter = parameter - learning_rate * old';
    assert.deepEqual(path(lines), [8, 8, 4, 0]);
  });

  for (const rows of [1024, 1025]) {
    it(`names parameters as they are before the step, with ${rows} rows`, () => {
      const cell = [
        'data = "d.csv"',
        'parameters w = 1, b = 2',
        'loss = mean((w * x + b)^2)',
        'learning_rate = 0.01',
        'steps = 1',
        'for each step:',
        '    parameter = parameter - learning_rate * (gradient + w)',
      ].join('\n');
      const { parameters } = runOf(cell, { x: new Float64Array(rows).fill(2) });
      assert.deepEqual([parameters['w']?.[1], parameters['b']?.[1]], [1 - 0.01 * 17, 2 - 0.01 * 9]);
    });
  }

  it('begins each step with the gradient itself, whatever was made of it', () => {
    assert.deepEqual(
      path('    gradient = gradient * 2\n    parameter = parameter - learning_rate / 2 * gradient'),
      [8, 4, 2, 1],
    );
  });

  it('knows step, epoch, loss, the gradient’s length, and numbers of the cell', () => {
    assert.deepEqual(path('    parameter = parameter - step - epoch'), [8, 6, 2, -4]);
    assert.deepEqual(path('    parameter = parameter - loss / 64'), [
      8,
      7,
      7 - 49 / 64,
      7 - 49 / 64 - (7 - 49 / 64) ** 2 / 64,
    ]);
    assert.deepEqual(path('    parameter = parameter - gradient / gradient_norm'), [8, 7, 6, 5]);
    assert.deepEqual(
      path('    parameter = parameter - size * sign_of', 'size = 2\nsign_of = where(x > 0, 1, -1)'),
      [8, 6, 4, 2],
    );
  });

  it('takes all from the values before the step', () => {
    const swap = runOf(
      'parameters x = 1, y = 5\nloss = x^2 + y^2\nlearning_rate = 1\nsteps = 3\nfor each step:\n    parameter = x + y - parameter',
    );
    assert.deepEqual([...(swap.parameters['x'] ?? [])], [1, 5, 1, 5]);
    assert.deepEqual([...(swap.parameters['y'] ?? [])], [5, 1, 5, 1]);
  });

  it('may use means over the batch', () => {
    const run = runOf(
      'data = table(v: [1, 2, 3])\nparameters x = 1\nbias = mean(x * v)\nloss = mean((x * v)^2)\nlearning_rate = 1\nsteps = 2\nfor each step:\n    parameter = parameter - bias / 4',
    );
    assert.deepEqual([...(run.parameters['x'] ?? [])], [1, 0.5, 0.25]);
  });

  it('gives each parameter memories of its own, for many parameters too', () => {
    for (const count of [2, 40]) {
      const names = Array.from({ length: count }, (_, index) => `x${index}`);
      const run = runOf(
        `parameters ${names.map((name, index) => `${name} = ${index}`).join(', ')}\nloss = ${names.map((name) => `${name}^2`).join(' + ')}\nlearning_rate = 0.25\nsteps = 2\nfor each step:\n    total = total + gradient\n    parameter = parameter - learning_rate * total`,
      );
      names.forEach((name, index) => {
        assert.deepEqual([...(run.parameters[name] ?? [])], [index, index / 2, 0 - index / 4]);
      });
    }
  });

  it('sees the learning rate of its step', () => {
    const run = runOf(
      'parameters x = 0\nloss = x\nlearning_rate = step / steps\nsteps = 4\nfor each step:\n    parameter = learning_rate',
    );
    assert.deepEqual([...(run.parameters['x'] ?? [])], [0, 0.25, 0.5, 0.75, 1]);
    assert.deepEqual([...run.learningRate], [0.25, 0.25, 0.5, 0.75, 1]);
  });

  it('knows the epoch of a batch', () => {
    const run = runOf(
      'data = table(v: [1, 2, 3])\nparameters x = 0\nloss = mean(x * v)\nlearning_rate = epoch\nepochs = 2\nbatch_size = 2\nfor each step:\n    parameter = 10 * epoch + step',
    );
    assert.deepEqual([...(run.parameters['x'] ?? [])], [0, 11, 12, 23, 24]);
    assert.deepEqual([...run.learningRate], [1, 1, 1, 2, 2]);
  });
});
