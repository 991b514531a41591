import assert from 'node:assert/strict';
import { descendNow, prepare, type Experiment } from '../../src/kernel/index.ts';
import { functionsByName } from '../../src/language/index.ts';
import { read, show } from './read-sound.ts';

const rest = '\nparameters w = 1\nlearning_rate = 0.1';

/** The right side of `loss`, and its structure. */
const formulas: readonly (readonly [text: string, structure: string])[] = [
  ['-w^2', '(-(w^2))'],
  ['2^-1', '(2^(-1))'],
  ['2^3^2', '(2^(3^2))'],
  ['2 ** 3', '(2^3)'],
  ['--w', 'w'],
  ['-+-+-w', '(-w)'],
  ['-2 * w', '((-2)*w)'],
  ['2 * -w', '(2*(-w))'],
  ['1 - 2 - w + 3', '(1-2-w+3)'],
  ['1 - (2 - w)', '(1-(2-w))'],
  ['8 / 2 * w / 4', '(8/2*w/4)'],
  ['w + 2 * 3 ^ 4', '(w+(2*(3^4)))'],
  ['w < 1 + 2', '(w<(1+2))'],
  ['(w > 1) * (w <= 2)', '((w>1)*(w<=2))'],
  ['w != 1', '(w!=1)'],
  ['w − 2 × 3 · 4 ⋅ 5 ÷ 6', '(w-(2*3*4*5/6))'],
  ['w ≤ 3', '(w<=3)'],
  ['w ≥ 3', '(w>=3)'],
  ['w ≠ 3', '(w!=3)'],
  ['max(w, 2,)', 'max(w,2)'],
  ['cross_entropy(w, 1)', 'binary_cross_entropy(w,1)'],
  ['1_000 * w', '(1000*w)'],
  ['1. + .5 + 2e-4 + 1E+3 + w', '(1+0.5+0.0002+1000+w)'],
  ['max(\n  w,\n  # why\n  2\n)', 'max(w,2)'],
  ['w\u00a0+\u20031', '(w+1)'],
  ['pi * w', '(pi*w)'],
];

/** A cell without `rest`, and what its settings are lowered to. */
const settings: readonly (readonly [cell: string, expected: Record<string, unknown>])[] = [
  [
    '',
    {
      duration: ['steps', 100],
      batchSize: 'all',
      seed: 0,
      precision: 'float64',
      optimizer: 'sgd',
      labels: [''],
    },
  ],
  ['steps = 10^3', { duration: ['steps', 1000] }],
  ['n = 7\nsteps = n * 3', { duration: ['steps', 21] }],
  ['steps = sqrt(16) + max(1, 2) + (1 < 2)', { duration: ['steps', 7] }],
  ['steps = mse(6, 1)', { duration: ['steps', 25] }],
  ['n = mse(6, 1)\nsteps = n', { duration: ['steps', 25] }],
  ['steps = mae(6, 1)', { duration: ['steps', 5] }],
  ['steps = huber(6, 1, 2)', { duration: ['steps', 8] }],
  ['steps = 2 * huber(6, 1)', { duration: ['steps', 9] }],
  ['steps = binary_cross_entropy(0, 1) / 2', { duration: ['steps', 50] }],
  ['steps = cross_entropy(0, 1) / 4', { duration: ['steps', 25] }],
  ['epochs = 4', { duration: ['epochs', 4] }],
  ['seed = 2^32 - 1', { seed: 4294967295 }],
  ['precision = float32', { precision: 'float32' }],
  ['optimizer = adam', { optimizer: 'adam' }],
  ['learning_rate = [0.1, 0.2]', { labels: ['learning_rate = 0.1', 'learning_rate = 0.2'] }],
  [
    'learning_rate = [0.1,  2 *\n 3]\nseed = [1, 2]',
    { labels: ['learning_rate = 0.1, seed = 1', 'learning_rate = 2 * 3, seed = 2'] },
  ],
  ['learning_rate = [0.1]', { labels: ['learning_rate = 0.1'] }],
  ['n = [2, 4]\nsteps = 10 * n', { duration: ['steps', 20, 40], labels: ['n = 2', 'n = 4'] }],
];

function summary(experiment: Experiment): Record<string, unknown> {
  return {
    duration: [experiment.duration.unit, ...experiment.duration.count.map(({ value }) => value)],
    batchSize: experiment.batchSize[0].value,
    seed: experiment.seed[0].value,
    precision: experiment.precision[0].value,
    optimizer: experiment.optimizer?.[0].value,
    labels: experiment.labels,
  };
}

describe('lowering formulas', () => {
  for (const [text, structure] of formulas) {
    it(`${text.replaceAll('\n', ' / ')} is ${structure}`, () => {
      const { definitions } = read(`loss = ${text}${rest}`);
      assert.equal(show(definitions.get('loss')?.[0]), structure);
    });
  }

  it('keeps the place of every part', () => {
    const source = `loss = 3 * (w + 1)${rest}`;
    const [loss] = read(source).definitions.get('loss') ?? [];
    assert.ok(loss?.kind === 'product');
    assert.deepEqual(
      loss.factors.map(({ formula }) => source.slice(formula.start, formula.end)),
      ['3', 'w + 1'],
    );
  });

  it('means the column by backticks, and the word of the language without them', () => {
    const { learningRate, definitions } = read(
      'data = "houses.csv"\nparameters w = 1\nloss = mean(w * `step` + sqft)\nlearning_rate = 1 / step',
      ['step', 'sqft'],
    );
    assert.equal(show(definitions.get('loss')?.[0]), 'mean(((w*`step`)+`sqft`))');
    assert.equal(show(learningRate?.[0]), '(1/step)');
  });
});

describe('lowering settings', () => {
  for (const [cell, expected] of settings) {
    it(cell.replaceAll('\n', ' / ') || 'what is left out', () => {
      const rate = cell.includes('learning_rate') ? '' : '\nlearning_rate = 0.1';
      const found = summary(
        read(`${cell}\nloss = w^2 + 0 * ${cell.startsWith('n = ') ? 'n' : 'w'}\nparameters w = 1${rate}`),
      );
      for (const [name, value] of Object.entries(expected)) assert.deepEqual(found[name], value, name);
    });
  }

  for (const { name, shape, required } of functionsByName.values()) {
    if (shape === 'slope' || shape === 'draw') continue;
    it(`knows ${name} of numbers before the run`, () => {
      const call = `${name}(${Array.from({ length: required }, () => '0.5').join(', ')})`;
      const { duration } = read(`loss = w^2${rest}\nsteps = 7 + 0 * ${call}`);
      assert.equal(duration.count[0].value, 7);
    });
  }

  it('counts in epochs where batches are set', () => {
    const { duration, batchSize } = read(`data = "a.csv"\nbatch_size = [8, all]\nloss = mean(w * x)${rest}`);
    assert.deepEqual([duration.unit, duration.count[0].value], ['epochs', 3]);
    assert.deepEqual(
      batchSize.map(({ value }) => value),
      [8, 'all'],
    );
  });

  it('reads the window of the landscape', () => {
    const { landscape } = read(
      `loss = w^2 + b\nparameters w = 1, b = 2\nlearning_rate = 1\nlandscape = [b: -.5..mse(3, 1), w: 2*3..50]`,
    );
    assert.deepEqual(
      landscape?.map(({ parameter, window }) => [parameter, window]),
      [
        ['b', { low: -0.5, high: 4 }],
        ['w', { low: 6, high: 50 }],
      ],
    );
  });

  it('reads starts, draws and lists of both', () => {
    const { parameters } = read(
      'parameters w = [1, normal(0, 2)], b = uniform(-1, 1)\nloss = w + b\nlearning_rate = 1',
    );
    assert.deepEqual(
      parameters.map(({ name, startsAt }) => [name, ...startsAt.map((start) => start.kind)]),
      [
        ['w', 'formula', 'draw'],
        ['b', 'draw'],
      ],
    );
  });

  it('labels a check by its comment, else by its text', () => {
    const { checks } = read(`loss = w^2${rest}\ncheck loss < 3   # a good fit\ncheck (w  >\t1)`);
    assert.deepEqual(
      checks.map(({ label, formula }) => [label, formula.operator]),
      [
        ['a good fit', '<'],
        ['(w > 1)', '>'],
      ],
    );
  });

  it('reads a table', () => {
    const { table } = read(
      'data = table(x: [1, -2, +3], `a b`: [.5, 1e3, 1_0,],)\nloss = mean(w * x - `a b`)' + rest,
    );
    assert.equal(table?.rows, 3);
    assert.deepEqual(
      [...table.columns],
      [
        ['x', Float64Array.of(1, -2, 3)],
        ['a b', Float64Array.of(0.5, 1000, 10)],
      ],
    );
  });

  it('knows where each value of a table stands', () => {
    const cell = 'data = table(x: [1, -2, # two\n + 3], y: [.5, 1e3, 7])\nloss = mean(w * x - y)' + rest;
    const places = [...(read(cell).tablePlaces ?? [])].map(
      ([name, own]) => [name, own.map(({ start, end }) => cell.slice(start, end))] as const,
    );
    assert.deepEqual(places, [
      ['x', ['1', '-2', '+ 3']],
      ['y', ['.5', '1e3', '7']],
    ]);
  });

  it('takes a log alone', () => {
    assert.equal(read('training_log = "logs/state.json"  # mine').trainingLog, 'logs/state.json');
  });
});

describe('lowering the update', () => {
  const block = 'loss = w^2\nparameters w = 1\nlearning_rate = 0.1\nfor each step:\n';

  it('keeps its lines in order, and starts memories at constants', () => {
    const { update, optimizer } = read(
      `speed = [1, 2] \n${block}    speed = 0.9 * speed + gradient\n    turn = turn + speed\n    parameter = parameter - turn`,
    );
    assert.equal(optimizer, undefined);
    assert.deepEqual(
      update.map(({ memories }) => [...memories]),
      [[['speed', 1]], [['speed', 2]]],
    );
    assert.deepEqual(
      update[0].lines.map(({ name }) => name),
      ['speed', 'turn', 'parameter'],
    );
  });

  it('starts memories at the bits that a parameter would start at', () => {
    const starts = ['mse(2, 0)', '1.1^9', '1.1^-3', '0.3^0.5', '1 / 3 - 0.1'];
    for (const start of starts) {
      const cell = `m = ${start}\nparameters w = 0\nloss = w^2\nsteps = 1\nfor each step:\n    m = m\n    parameter = m\ncheck w == ${start}`;
      const [run] = descendNow(prepare(read(cell)));
      assert.deepEqual(
        run?.checks.map(({ passed }) => passed),
        [true],
        start,
      );
    }
  });

  it('needs no learning rate that it does not use', () => {
    const { learningRate } = read(
      'loss = w^2\nparameters w = 1\nfor each step:\n    parameter = parameter - 0.1 * gradient',
    );
    assert.equal(learningRate, undefined);
  });

  it('lifts what the loss needs out of the block', () => {
    const { definitions, update } = read(
      'data = "a.csv"\nparameters w = 0\nlearning_rate = 1\nfor each step:\n  prediction = w * x\n\n# a comment\n  error = prediction - y\n  loss = mean(error^2)\n  size = 2 * gradient\n  parameter = parameter - learning_rate * size\nsteps = 3',
    );
    assert.deepEqual([...definitions.keys()], ['prediction', 'error', 'loss', 'truth']);
    assert.deepEqual(
      update[0].lines.map(({ name }) => name),
      ['size', 'parameter'],
    );
  });

  it('ends the block where a line is not indented deeper; a tab goes to the next multiple of four', () => {
    const { update, duration } = read(
      `${block.replace('for', '  for')}\tparameter = parameter - gradient\n   gradient = gradient\n  steps = 3`,
    );
    assert.equal(update[0].lines.length, 2);
    assert.equal(duration.count[0].value, 3);
  });
});
