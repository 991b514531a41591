import assert from 'node:assert/strict';
import { curvature } from '../../src/kernel/index.ts';
import { assertShown, line, programOf, runOf, runsOf } from './programs.ts';

const standardised = line.replace('sqft / 1000', '(sqft - mean(sqft)) / std(sqft)');
const rawFeet = line.replace('sqft / 1000', 'sqft / 1');

function finalLosses(cell: string): (number | undefined)[] {
  return runsOf(cell).map((run) => run.final.loss);
}

/** Cells that were tried before the kernel was written, and the losses they end with. */
const ends: readonly [what: string, cell: string, losses: readonly string[]][] = [
  [
    'a fit by hand',
    `${line.replace('w = 0, b = 0', 'w = [100, 150, 140], b = [50, 0, 10]')}\nsteps = 0`,
    ['8664.5', '7160.1', '7065.1'],
  ],
  ['the first descent', `${line}\nlearning_rate = 0.1\nsteps = 60`, ['7078.06']],
  [
    'uphill',
    `${line}\nlearning_rate = 0.1\nsteps = 20\nfor each step:\n    parameter = parameter + learning_rate * gradient`,
    ['3.09e15'],
  ],
  [
    'rates after 60 steps',
    `${line}\nlearning_rate = [2e-4, 0.001, 0.1, 0.2, 0.24, 0.25]\nsteps = 60`,
    ['65041', '32891', '7078.06', '7062.67', '2.02e6', '2.64e10'],
  ],
  [
    'rates after 100 steps',
    `${line}\nlearning_rate = [2e-4, 0.001, 0.1, 0.2, 0.24, 0.25]\nsteps = 100`,
    ['57742', '20314', '7064.09', '7061.97', '1.88e7', '1.37e14'],
  ],
  [
    'rates after 300 steps',
    `${line}\nlearning_rate = [2e-4, 0.001, 0.1, 0.2, 0.24, 0.25]\nsteps = 300`,
    ['32979', '7783', '7061.96', '7061.96', '1.34e12', '5.11e32'],
  ],
  ['bounces', `${line}\nlearning_rate = [0.2366, 0.235, 0.2]\nsteps = 60`, ['74301.6', '20178.5', '7062.67']],
  ['standardised', `${standardised}\nlearning_rate = [0.3, 0.5]\nsteps = 20`, ['7061.96', '7061.96']],
  ['warm-up', `${line}\nlearning_rate = 0.2 * min(1, step / 20)\nsteps = 100`, ['7061.99']],
  [
    'a double well',
    'parameters x = [-2, 2, 2], y = 1\nloss = (x^2 - 1)^2 + 0.3 * x + y^2\nlearning_rate = [0.05, 0.05, 0.1]\nsteps = 60',
    ['-0.3054', '0.2941', '-0.3054'],
  ],
  [
    'an outlier corrected',
    'data = table(size: [0.8, 1.2, 1.4, 1.5, 1.7, 2.0, 2.4, 3.1], cost: [120, 170, 200, 210, 250, 290, 340, 440])\nparameters w = 0, b = 0\nloss = mse(w * size + b, cost)\nlearning_rate = 0.1\nsteps = 60',
    ['43.97'],
  ],
  [
    'a slipped decimal point',
    'data = table(size: [0.8, 1.2, 1.4, 1.5, 1.7, 2.0, 2.4, 31.0], cost: [120, 170, 200, 210, 250, 290, 340, 440])\nparameters w = 0, b = 0\nloss = mse(w * size + b, cost)\nlearning_rate = 0.1\nsteps = 60',
    ['1.4e169'],
  ],
  [
    'the race of the optimizers',
    'parameters x = 10, y = 1\nloss = 0.005 * x^2 + 0.5 * y^2\noptimizer = [sgd, momentum, nesterov, adagrad, rmsprop, adam]\nlearning_rate = [1.9, 0.5, 0.5, 2, 0.1, 0.5]\nsteps = 100',
    ['0.0108', '1.0e-5', '7.9e-6', '6.2e-11', '7.0e-5', '1.8e-5'],
  ],
];

describe('the cells of the lesson', () => {
  for (const [what, cell, losses] of ends) {
    it(`end with the losses that were measured: ${what}`, () => {
      const found = finalLosses(cell);
      assert.equal(found.length, losses.length);
      losses.forEach((loss, index) => {
        assertShown(found[index], loss);
      });
    });
  }

  it('begin and end the first descent where least squares says', () => {
    const run = runOf(`${line}\nlearning_rate = 0.1\nsteps = 60`);
    assertShown(run.loss[0], '78017.7');
    assertShown(run.loss[1], '9072.75');
    assertShown(run.loss[2], '7404.02');
    assertShown(run.final.parameters['w'], '133.296');
    assertShown(run.final.parameters['b'], '23.939');
    const settled = runOf(`${line}\nlearning_rate = 0.2\nsteps = 5000`);
    assertShown(settled.final.parameters['w'], '138.546');
    assertShown(settled.final.parameters['b'], '13.859');
  });

  it('explode long before they are infinite', () => {
    const [float64, float32] = runsOf(
      `${line}\nlearning_rate = 0.25\nsteps = 5000\nprecision = [float64, float32]`,
    );
    assert.deepEqual([float64?.outcome, float64?.firstBadStep], ['diverged', 3236]);
    assert.deepEqual([float32?.outcome, float32?.firstBadStep], ['diverged', 331]);
  });

  it('explode on raw square feet, in each precision when it would', () => {
    const [float64, float32] = runsOf(
      `${rawFeet}\nlearning_rate = 2e-4\nsteps = 100\nprecision = [float64, float32]`,
    );
    assertShown(float64?.loss[1], '1.27e11');
    assert.deepEqual([float64?.firstBadStep, float64?.final.loss], [49, Infinity]);
    assert.deepEqual([float32?.firstBadStep, float32?.final.loss], [5, Infinity]);
  });

  it('are stable below the rates that the curvature gives', async () => {
    const limits: [string, string][] = [
      [line, '0.23665'],
      [rawFeet, '2.985e-7'],
      [standardised, '1.0'],
    ];
    for (const [cell, limit] of limits)
      assertShown((await curvature(programOf(`${cell}\nsteps = 0`), {})).stableBelow, limit);
    const { smallest, largest, condition } = await curvature(programOf(`${line}\nsteps = 0`), {});
    assertShown(largest, '8.4514');
    assertShown(smallest, '0.2494');
    assertShown(condition, '33.9');
  });

  it('take as many updates as batches and epochs say', () => {
    const runs = runsOf(`${line}\nlearning_rate = 0.01\nepochs = 3\nbatch_size = [1, 8, 32, all]`);
    assert.deepEqual(
      runs.map((run) => run.stepsTaken),
      [2796, 351, 90, 3],
    );
    assertShown(runs[3]?.final.loss, '48968');
    for (const run of runs.slice(0, 3)) assert.ok(run.final.loss > 7000 && run.final.loss < 8000);
  });

  it('quiet the noise of batches by a falling rate', () => {
    const passed = (rate: string) =>
      runsOf(
        `${line}\nlearning_rate = ${rate}\nbatch_size = 8\nepochs = 10\nseed = [0, 1, 2, 3]\ncheck loss < 7070`,
      ).map((run) => run.checks[0]?.passed);
    assert.deepEqual(passed('0.05 * (1 - (step - 1) / steps)'), [true, true, true, true]);
    assert.ok(passed('0.1').includes(false));
  });

  it('stop when patience is over', () => {
    const run = runOf(`${line}\nlearning_rate = 0.1\nsteps = 1000\npatience = 10`);
    assert.equal(run.outcome, 'settled');
    assert.equal(run.stepsTaken, 120);
    assertShown(run.final.loss, '7062.7');
    const plateau = 'parameters x = [1, 4, 10]\nloss = x^2 / (1 + x^2)\nlearning_rate = 0.5\nsteps = 150';
    const impatient = runsOf(`${plateau}\npatience = 20`);
    assert.deepEqual(
      impatient.map((one) => [one.outcome, one.stepsTaken > 70]),
      [
        ['settled', false],
        ['settled', true],
        ['settled', false],
      ],
    );
    assert.equal(impatient[2]?.stepsTaken, 20);
    const [near, far, farthest] = runsOf(plateau);
    assert.equal(
      near?.loss.findIndex((loss) => loss < 0.01),
      4,
    );
    assert.equal(
      far?.loss.findIndex((loss) => loss < 0.01),
      85,
    );
    assertShown(farthest?.final.loss, '0.9898');
  });

  it('reach the bottom by the rate alone where that is possible', () => {
    const passes = (rate: number) =>
      runOf(`${line}\nlearning_rate = ${rate}\nsteps = 40\ncheck loss < 7070`).checks[0]?.passed;
    assert.deepEqual([0.182, 0.183, 0.223, 0.224, 0.2299].map(passes), [false, true, true, false, false]);
  });

  it('fit a class by its probability', () => {
    const cell = line
      .replace('prediction = w * size + b', 'truth = cost > 220\nprediction = sigmoid(w * (size - 1.5) + b)')
      .replace(/loss = .*/, 'loss = binary_cross_entropy(prediction, truth)');
    const run = runOf(
      `${cell}\nlearning_rate = 5\nsteps = 100\ncheck mean((prediction > 0.5) == truth) > 0.78`,
    );
    assertShown(run.loss[0], '0.6931');
    assertShown(run.final.loss, '0.4334');
    assertShown(run.checks[0]?.left, '0.783');
    assert.equal(run.checks[0]?.passed, true);
  });

  it('feel an outlier with squares more than without', () => {
    const runs = runsOf(
      'data = table(x: [1, 2, 3, 4, 5, 6, 7, 8], y: [2, 4, 6, 8, 10, 12, 14, 60])\nparameters w = 0\nprediction = w * x\nloss = [mse(prediction, y), mae(prediction, y)]\nlearning_rate = [0.01, 0.002]\nsteps = 600',
    );
    assertShown(runs[0]?.final.parameters['w'], '3.725');
    assertShown(runs[1]?.final.parameters['w'], '2.005');
  });

  it('turn to NaN where a log has nothing left', () => {
    const runs = runsOf(
      'data = table(x: [1, 2, 3, 4], y: [0, 0, 1, 1])\nparameters w = 0, b = 0\np = sigmoid(w * x + b)\nloss = -mean(y * log(p) + (1 - y) * log(1 - p))\nlearning_rate = [1, 10, 60]\nsteps = 60',
    );
    assertShown(runs[0]?.final.loss, '0.1994');
    assert.deepEqual(
      runs.map((run) => run.firstBadStep),
      [undefined, 3, 1],
    );
    assert.deepEqual(
      runs.slice(1).map((run) => run.final.loss),
      [NaN, NaN],
    );
  });
});
