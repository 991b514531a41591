import assert from 'node:assert/strict';
import { descend, descendNow, gradient, type Program, type Run } from '../../src/kernel/index.ts';
import { Descent } from '../../src/kernel/descent.ts';
import { assertShown, line, programOf, runOf, runsOf } from './programs.ts';

function columnsOf(rows: number): Record<string, Float64Array> {
  const x = Float64Array.from({ length: rows }, (_, row) => ((row * 0.6180339887498949) % 1) - 0.3);
  return { x, y: x.map((value, row) => 3 * value + 1 + 0.1 * Math.sin(row)) };
}

const fit = [
  'data = "data.csv"',
  'parameters w = 0, b = 0',
  'prediction = w * x + b',
  'loss = mean((prediction - y)^2)',
  'learning_rate = 0.1',
].join('\n');

/** 40 features made of two columns, so that the loop is cut into parts. */
function manyParameters(): string {
  const names = Array.from({ length: 40 }, (_, index) => `w${index}`);
  return [
    'data = "data.csv"',
    `parameters ${names.map((name) => `${name} = 0`).join(', ')}`,
    `prediction = ${names.map((name, index) => `${name} * sin(${index} * x)`).join(' + ')}`,
    'loss = mean((prediction - y)^2) + 0.01 * max(prediction - 5)',
    'learning_rate = 0.1',
  ].join('\n');
}

/** Every form that the generated loop takes. */
const shapes: readonly [what: string, program: () => Program][] = [
  ['one block of rows', () => programOf(`${fit}\nsteps = 300`, columnsOf(50))],
  ['several blocks', () => programOf(`${fit}\nsteps = 20`, columnsOf(40_000))],
  ['small batches', () => programOf(`${fit}\nepochs = 3\nbatch_size = 8`, columnsOf(1003))],
  ['batches of several blocks', () => programOf(`${fit}\nepochs = 3\nbatch_size = 1500`, columnsOf(40_000))],
  [
    'validation and patience',
    () => programOf(`${fit}\nsteps = 500\nvalidation = 0.2\npatience = 5`, columnsOf(90)),
  ],
  [
    'batches, validation and patience',
    () => programOf(`${fit}\nepochs = 90\nbatch_size = 16\nvalidation = 0.2\npatience = 5`, columnsOf(90)),
  ],
  ['many parameters', () => programOf(`${manyParameters()}\nsteps = 30`, columnsOf(3000))],
  [
    'many parameters and batches',
    () => programOf(`${manyParameters()}\nepochs = 2\nbatch_size = 32`, columnsOf(300)),
  ],
  [
    'many parameters with memories',
    () => programOf(`${manyParameters()}\nsteps = 30\noptimizer = adam`, columnsOf(60)),
  ],
  [
    'several passes over the rows',
    () =>
      programOf(
        `${fit.replace('mean((prediction - y)^2)', 'mean((prediction - mean(prediction) - y)^2) / std(prediction - y)')}\nsteps = 30`,
        columnsOf(20_000),
      ),
  ],
  ['float32', () => programOf(`${fit}\nsteps = 30\nprecision = float32`, columnsOf(20_000))],
  [
    'no data',
    () =>
      programOf(
        'parameters x = -1.2, y = 1\nloss = (1 - x)^2 + 100 * (y - x^2)^2\nlearning_rate = 0.001\nsteps = 3000',
      ),
  ],
  ['no step', () => programOf(`${fit}\nsteps = 0`, columnsOf(50))],
  ['a sweep', () => programOf(`${fit.replace('0.1', '[0.1, 0.5, 9]')}\nsteps = 90`, columnsOf(50))],
];

/** The run in slices as small as they can be. */
function inSmallestSlices(program: Program): (Run | undefined)[] {
  return program.runs.map((run) => {
    const descent = new Descent(run);
    for (const slice of descent.slices({ rows: 1, spent: 0 })) assert.equal(slice, undefined);
    return descent.read();
  });
}

describe('descend', () => {
  for (const [what, make] of shapes) {
    it(`gives the same bits as descendNow, however it is sliced: ${what}`, async () => {
      const program = make();
      const now = descendNow(program);
      assert.deepEqual(await descend(program), now);
      assert.deepEqual(inSmallestSlices(program), now);
      assert.deepEqual(descendNow(make()), now);
    }).timeout(20_000);
  }

  it('lets others run, shows progress, and stops at a signal with what was done', async () => {
    const controller = new AbortController();
    const program = programOf(`${fit}\nsteps = 1_000_000_000`, columnsOf(200_000));
    let turns = 0;
    const count = setInterval(() => turns++, 1);
    const seen: number[] = [];
    const runs = await descend(program, {
      signal: controller.signal,
      onProgress: ([run]) => {
        seen.push(run?.stepsTaken ?? -1);
        if (seen.length === 3) controller.abort();
      },
    });
    clearInterval(count);
    const [run, ...others] = runs;
    assert.ok(run && others.length === 0);
    assert.deepEqual([run.outcome, run.checks], ['stopped', []]);
    assert.deepEqual(
      seen,
      seen.toSorted((left, right) => left - right),
    );
    assert.ok(turns > 3);
    assert.equal(run.stepsTaken, run.steps.at(-1));
    const same = runOf(`${fit}\nsteps = ${run.stepsTaken}`, columnsOf(200_000));
    assert.deepEqual(run.loss, same.loss);
  }).timeout(60_000);

  it('takes a million steps over a tiny data set, and keeps as many of them as have room', async () => {
    const program = programOf(
      'data = table(x: [1, 2, 3], y: [2, 4, 7])\nparameters w = 0, b = 0\nloss = mse(w * x + b, y)\nlearning_rate = 1e-4\nsteps = 1_000_000',
    );
    const [run] = await descend(program);
    assert.ok(run);
    assert.deepEqual([run.outcome, run.stepsTaken, run.final.step], ['finished', 1_000_000, 1_000_000]);
    assert.deepEqual([run.steps[0], run.steps.at(-1)], [0, 1_000_000]);
    assert.ok(run.steps.length > 20_000 && run.steps.length <= 100_001, String(run.steps.length));
    const { w = NaN, b = NaN } = run.final.parameters;
    assertShown(w, '2.500');
    assertShown(b, '-0.6667');
  }).timeout(20_000);

  it('runs a sweep of sixteen, each with its own settings', async () => {
    const rates = Array.from({ length: 16 }, (_, index) => (index + 1) / 100);
    const runs = await descend(
      programOf(`${fit.replace('0.1', `[${rates.join(', ')}]`)}\nsteps = 30`, columnsOf(50)),
    );
    assert.deepEqual(
      runs.map(({ settings }) => settings.learningRate),
      rates,
    );
    for (const [index, rate] of rates.entries()) {
      const alone = runOf(`${fit.replace('0.1', String(rate))}\nsteps = 30`, columnsOf(50));
      assert.deepEqual(runs[index]?.loss, alone.loss);
    }
  });

  it('does nothing once its signal has aborted', async () => {
    assert.deepEqual(await descend(programOf(`${line}\nsteps = 0`), { signal: AbortSignal.abort() }), []);
  });

  it('gives back the runs of a sweep that were done before it was stopped', async () => {
    const controller = new AbortController();
    const program = programOf(
      `${fit.replace('0.1', '[0.1, 0.2]')}\nsteps = [10, 1_000_000_000]`,
      columnsOf(50_000),
    );
    const runs = await descend(program, {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    assert.deepEqual(
      runs.map((run) => run.outcome),
      ['finished', 'stopped'],
    );
  }).timeout(60_000);
});

describe('a record', () => {
  it('has the start, and after each step its loss, gradient, rate and parameters', () => {
    const run = runOf(`${line}\nlearning_rate = 0.1 / step\nsteps = 4`);
    assert.deepEqual([...run.steps], [0, 1, 2, 3, 4]);
    assert.deepEqual([...run.learningRate], [0.1, 0.1, 0.1 / 2, 0.1 / 3, 0.1 / 4]);
    const program = programOf(`${line}\nsteps = 0`);
    for (let step = 0; step <= 4; step++) {
      const at = { w: run.parameters['w']?.[step] ?? NaN, b: run.parameters['b']?.[step] ?? NaN };
      const there = gradient(program, at);
      assert.equal(run.loss[step], there.loss);
      const { w = NaN, b = NaN } = there.gradient;
      assert.equal(run.gradientNorm[step], Math.sqrt(w * w + b * b));
      const next = (step < 4 ? 0.1 / (step + 1) : NaN) * w;
      if (step < 4) assert.ok(Math.abs(at.w - next - (run.parameters['w']?.[step + 1] ?? NaN)) < 1e-12);
    }
    assert.deepEqual({ ...run.start.parameters }, { w: 0, b: 0 });
    assert.equal(run.final.loss, run.loss[4]);
  });

  it('has the loss of every batch, and the full loss now and then', () => {
    const run = runOf(`${fit}\nepochs = 2\nbatch_size = 8`, columnsOf(203));
    assert.equal(run.stepsPerEpoch, 26);
    assert.equal(run.stepsTaken, 52);
    const taken = [...run.steps].filter((step) => !Number.isNaN(run.loss[step]));
    assert.deepEqual(taken.slice(0, 11), [0, 3, 6, 9, 12, 15, 18, 21, 24, 26, 29]);
    assert.equal(taken.at(-1), 52);
    assert.ok(Number.isNaN(run.batchLoss?.[0]) && Number.isNaN(run.gradientNorm[0]));
    assert.ok(run.batchLoss?.slice(1).every(Number.isFinite));
  });

  it('has the full loss at the last step, wherever that falls', () => {
    const run = runOf(`${fit}\nsteps = 31\nbatch_size = 8`, columnsOf(203));
    assert.ok(Number.isFinite(run.loss[31]) && Number.isNaN(run.loss[30]));
  });

  it('takes each row once an epoch, in another order each time', () => {
    // The gradient by w is the mean of x over the batch.
    const rows = 20;
    const cell =
      'data = "data.csv"\nparameters w = 0\nloss = mean(w * x)\nlearning_rate = 1\nepochs = 2\nbatch_size = 1';
    const x = Float64Array.from({ length: rows }, (_, row) => 2 ** row);
    const run = runOf(cell, { x });
    const norms = [...run.gradientNorm].slice(1);
    const epochs = [norms.slice(0, rows), norms.slice(rows)];
    for (const epoch of epochs)
      assert.deepEqual(
        epoch.toSorted((a, b) => a - b),
        [...x],
      );
    assert.notDeepEqual(epochs[0], epochs[1]);
  });

  it('has the same batches for a seed for ever', () => {
    const cell =
      'data = "data.csv"\nparameters w = 0\nloss = mean(w * x)\nlearning_rate = 1\nepochs = 2\nbatch_size = 3';
    const run = runOf(cell, { x: [1, 10, 100, 1000, 10_000, 100_000, 1_000_000] });
    const batches = [...run.gradientNorm]
      .slice(1)
      .map((norm, index) => Math.round(norm * (index % 3 === 2 ? 1 : 3)));
    assert.deepEqual(batches, [1_000_110, 111_000, 1, 11_010, 1_100_001, 100]);
  });

  it('ends with the first value that is not finite, and keeps all before', () => {
    const run = runOf(
      'parameters x = 1\nloss = x^2\nlearning_rate = 1e200\nsteps = 9\ncheck loss < 1\ncheck diverged == 1',
    );
    assert.deepEqual([run.outcome, run.firstBadStep, run.stepsTaken], ['diverged', 1, 1]);
    assert.deepEqual([...run.loss], [1, Infinity]);
    assert.deepEqual(
      run.checks.map(({ passed }) => passed),
      [false, true],
    );
  });

  it('ends where the gradient is not finite although the loss is', () => {
    const alone = 'parameters x = 0\nloss = sqrt(x)';
    const beside = 'parameters x = 0, y = 0\nloss = sqrt(x) + y';
    const long = 'parameters x = 0, y = 0\nloss = 3e38 * x + 3e38 * y\nprecision = float32';
    for (const model of [alone, beside, long]) {
      const run = runOf(`${model}\nlearning_rate = 1e-30\nsteps = 9`);
      assert.deepEqual([run.firstBadStep, run.final.loss, run.gradientNorm[0]], [0, 0, Infinity], model);
    }
  });

  it('ends at the start where one is not finite that the loss does not use, with batches too', () => {
    const cell = `${fit.replace('w = 0', 'w = 0, c = 1 / 0')}\nepochs = 2`;
    for (const batches of ['', '\nbatch_size = 4']) {
      const run = runOf(`${cell}${batches}`, columnsOf(40));
      assert.deepEqual([run.outcome, run.firstBadStep], ['diverged', 0]);
    }
  });

  it('ends a batch run where a batch breaks it, with the full loss there', () => {
    const run = runOf(`${fit.replace('0.1', '1e300')}\nepochs = 3\nbatch_size = 4`, columnsOf(40));
    assert.equal(run.outcome, 'diverged');
    assert.equal(run.firstBadStep, run.steps.at(-1));
    assert.ok(run.loss.subarray(0, -1).every((loss) => !Number.isFinite(loss) === Number.isNaN(loss)));
  });

  it('has lengths of gradients that overflow or vanish in their squares', () => {
    const big = runOf('parameters x = 1, y = 1\nloss = 3e200 * x + 4e200 * y\nsteps = 0');
    const small = runOf('parameters x = 1, y = 1\nloss = 3e-200 * x + 4e-200 * y\nsteps = 0');
    assertShown(big.gradientNorm[0], '5e200');
    assertShown(small.gradientNorm[0], '5e-200');
  });

  it('has the validation loss of rows that never train', () => {
    const cell = (extra: string) => `${fit}\nsteps = 3\nvalidation = 0.25\nseed = 5${extra}`;
    const data = columnsOf(8);
    const run = runOf(cell(''), data);
    assert.equal(run.validationLoss?.length, 4);
    assert.ok(run.validationLoss.every(Number.isFinite));
    // Two rows stay out: spoiling any other changes the training loss, spoiling these does not.
    const spoilt = Array.from({ length: 8 }, (_, row) => {
      const y = data['y']?.map((value, index) => (index === row ? 1e6 : value)) ?? [];
      return runOf(cell(''), { ...data, y });
    });
    const unchanged = spoilt.filter((other) => other.final.loss === run.final.loss);
    assert.equal(unchanged.length, 2);
    for (const other of unchanged) assert.ok((other.final.validationLoss ?? 0) > 1e9);
  });

  it('takes reductions of data alone over the training rows', () => {
    const run = runsOf(
      `${fit.replace('w * x', 'w * (x - mean(x))')}\nsteps = 0\nvalidation = 0.5\ncheck mean(x) < 100\ncheck count(x) == 2`,
      { x: [1, 10, 100, 1000], y: [0, 0, 0, 0] },
    )[0];
    assert.ok([5.5, 50.5, 500.5, 55, 505, 550].includes(run?.checks[0]?.left ?? NaN));
    assert.equal(run?.checks[1]?.passed, true);
  });

  it('knows columns and parameters of any name', () => {
    const run = runOf(
      'data = "data.csv"\nparameters constructor = 0, величина = 1, hasOwnProperty = 2\nloss = mean((constructor * `__proto__` + величина * toString + hasOwnProperty)^2)\nlearning_rate = 0.1\nsteps = 2',
      { ['__proto__']: [1, 2], toString: [3, 4] },
    );
    assert.deepEqual(Object.keys(run.parameters), ['constructor', 'величина', 'hasOwnProperty']);
    assert.ok(Number.isFinite(run.final.loss));
  });
});
