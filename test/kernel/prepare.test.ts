import assert from 'node:assert/strict';
import {
  descendNow,
  ExperimentError,
  prepare,
  prepareGivingWay,
  type Experiment,
  type Formula,
  type Table,
} from '../../src/kernel/index.ts';
import { readExperiment } from '../../src/language/index.ts';
import { prepareInSlices } from '../../src/kernel/prepare.ts';
import { runOf, runsOf, tableOf } from './programs.ts';

/** What `prepare` says of a cell that is sound but for its data, and the text that it says it of. */
function complaintOf(cell: string, table?: Table): { message: string; text: string } {
  const { experiment, problems } = readExperiment(cell);
  assert.ok(experiment, JSON.stringify(problems));
  try {
    prepare(experiment, table);
  } catch (error) {
    assert.ok(error instanceof ExperimentError, String(error));
    return { message: error.message, text: cell.slice(error.start, error.end) };
  }
  assert.fail(`There is nothing wrong with\n${cell}`);
}

function formulaOf(text: string): Formula {
  const { experiment } = readExperiment(
    `data = "d.csv"\nparameters w = 0\nq = ${text}\nloss = mean(w * q)\nsteps = 0`,
  );
  const formula = experiment?.definitions.get('q')?.[0];
  assert.ok(formula);
  return formula;
}

function comparison(left: Formula): Formula & { kind: 'comparison' } {
  const right: Formula = { kind: 'number', value: 1, start: 0, end: 0 };
  return { kind: 'comparison', operator: '<', left, right, start: 0, end: 1 };
}

function textsOf(columns: Record<string, string[]>): Table {
  const entries = Object.entries(columns);
  return { rows: entries[0]?.[1].length ?? 0, columns: new Map(entries) };
}

const fit = 'data = "d.csv"\nparameters w = 0\nloss = mean((w * x - y)^2)\nsteps = 0';

const complaints: [what: string, cell: string, table: Table | undefined, message: RegExp, text: string][] = [
  ['a column that is not there', fit, tableOf({ x: [1], z: [2] }), /no column `y`.*x, z/, 'y'],
  ['a column in backticks', fit.replace('y)', '`y y`)'), tableOf({ x: [1] }), /no column `y y`/, '`y y`'],
  [
    'a cell that is no number',
    fit,
    textsOf({ x: ['1', '2'], y: ['3', 'four'] }),
    /Row 3 of column `y`.*four/,
    'y',
  ],
  [
    'a prediction that the loss does not use',
    `${fit}\nprediction = w * z`,
    textsOf({ x: ['1'], y: ['2'], z: ['four'] }),
    /Row 2 of column `z`.*four/,
    'z',
  ],
  ['no data', fit, undefined, /`x` is neither a parameter nor a defined name/, 'x'],
  [
    'a name that the data has',
    `${fit}\nz = 3`,
    tableOf({ x: [1], y: [2], z: [3] }),
    /The data has a column `z`/,
    '3',
  ],
  [
    'a parameter that the data has',
    fit.replace('w = 0', 'w = 0, z = 1'),
    tableOf({ x: [1], y: [2], z: [3] }),
    /The data has a column `z`/,
    'z',
  ],
  ['validation of a single row', `${fit}\nvalidation = 0.5`, tableOf({ x: [1], y: [2] }), /add a row/, '0.5'],
];

describe('prepare', () => {
  for (const [what, cell, table, message, text] of complaints) {
    it(`names place and cause of ${what}`, () => {
      const complaint = complaintOf(cell, table);
      assert.match(complaint.message, message);
      assert.equal(complaint.text, text);
    });
  }

  /** What the language lets nobody write. */
  const perExample = formulaOf('w * x');
  const column = formulaOf('x * 1');
  const refused: [
    what: string,
    change: (sound: Experiment) => Partial<Experiment>,
    message: RegExp,
    place: Formula,
  ][] = [
    [
      'a loss with one value an example',
      () => ({ definitions: new Map([['loss', [perExample]]]) }),
      /the loss must be one number: wrap it in mean\(\.\.\.\)/,
      perExample,
    ],
    [
      'a learning rate with one value an example',
      () => ({ learningRate: [column] }),
      /the learning rate must be one number/,
      column,
    ],
    [
      'a start with one value an example',
      ({ parameters: [w] }) => ({
        parameters: w ? [{ ...w, startsAt: [{ kind: 'formula', formula: column, start: 0, end: 1 }] }] : [],
      }),
      /A start must be one number/,
      column,
    ],
    [
      'a check with one value an example',
      () => ({ checks: [{ formula: comparison(perExample), label: '', start: 0, end: 1 }] }),
      /a check compares two numbers/,
      perExample,
    ],
    [
      'an update with one value an example',
      () => ({
        update: [{ lines: [{ name: 'parameter', formula: column, start: 0, end: 1 }], memories: new Map() }],
      }),
      /one value an example/,
      column,
    ],
    [
      'a word where it has no meaning',
      () => ({ learningRate: [{ kind: 'name', name: 'gradient_norm', start: 2, end: 4 }] }),
      /`gradient_norm` cannot be used here/,
      { kind: 'name', name: 'gradient_norm', start: 2, end: 4 },
    ],
    [
      'no loss',
      () => ({ definitions: new Map() }),
      /no `loss`/,
      { kind: 'number', value: 0, start: 0, end: 0 },
    ],
  ];
  for (const [what, change, message, place] of refused) {
    it(`refuses ${what}`, () => {
      const { experiment: sound } = readExperiment(fit.replace('steps = 0', 'learning_rate = 1'));
      assert.ok(sound);
      const table = tableOf({ x: [1, 2], y: [3, 4] });
      assert.throws(() => prepare({ ...sound, ...change(sound) }, table), {
        name: 'ExperimentError',
        message,
        start: place.start,
        end: place.end,
      });
    });
  }

  it('refuses a name that depends on itself', () => {
    const name = (of: string): Formula => ({ kind: 'name', name: of, start: 3, end: 5 });
    const { experiment } = readExperiment('parameters w = 0\nloss = w^2\nsteps = 0');
    assert.ok(experiment);
    const broken: Experiment = {
      ...experiment,
      definitions: new Map([
        ['loss', [name('a')]],
        ['a', [name('loss')]],
      ]),
    };
    assert.throws(() => prepare(broken), {
      name: 'ExperimentError',
      message: /depends on itself/,
      start: 3,
      end: 5,
    });
  });

  it('refuses more steps than there can be', () => {
    const columns = { x: Array.from({ length: 300 }, () => 1) };
    const cell =
      'data = "d.csv"\nparameters w = 0\nloss = mean(w * x)\nlearning_rate = 1\nepochs = 10_000_000\nbatch_size = 1';
    const { message } = complaintOf(cell, tableOf(columns));
    assert.match(message, /3,000,000,000 steps, and at most 1,000,000,000 .*: lower `epochs`/);
  });

  it('goes through names and formulas of any depth', () => {
    const number: Formula = { kind: 'number', value: 1, start: 0, end: 0 };
    let deep: Formula = { kind: 'name', name: 'w', start: 0, end: 0 };
    for (let times = 0; times < 20_001; times++) deep = { kind: 'negation', operand: deep, start: 0, end: 0 };
    const { experiment } = readExperiment('parameters w = 3\nloss = w^2\nlearning_rate = 0.1\nsteps = 1');
    assert.ok(experiment);
    const definitions = new Map<string, [Formula]>([
      ['a0', [deep]],
      ['loss', [{ kind: 'name', name: 'a9999', start: 0, end: 0 }]],
    ]);
    for (let index = 1; index < 10_000; index++) {
      const inner: Formula = { kind: 'name', name: `a${index - 1}`, start: 0, end: 0 };
      const terms = [
        { negative: false, formula: inner },
        { negative: index % 2 === 0, formula: number },
      ];
      definitions.set(`a${index}`, [{ kind: 'sum', terms, start: 0, end: 0 }]);
    }
    const [run] = descendNow(prepare({ ...experiment, definitions }));
    assert.equal(run?.loss[0], -2);
    assert.equal(run.parameters['w']?.[1], 3.1);
  }).timeout(20_000);

  it('draws starts in their order, and each seed otherwise', () => {
    const cell = (seed: string) =>
      `parameters a = normal(0, 1), b = uniform(2, 3), c = normal(5, 0)\nloss = a^2 + b^2 + c^2\nsteps = 0\nseed = ${seed}`;
    const [first, second, again] = runsOf(cell('[0, 1, 0]'));
    assert.deepEqual(first?.start, again?.start);
    assert.notDeepEqual(first?.start, second?.start);
    assert.ok(first);
    assert.equal(first.start.parameters['c'], 5);
    const b = first.start.parameters['b'] ?? NaN;
    assert.ok(b >= 2 && b < 3);
    assert.deepEqual({ ...first.start.parameters }, { a: -0.11125205657959751, b: 2.940529900424323, c: 5 });
  });

  it('starts at formulas of constants and of the training rows', () => {
    const run = runOf(
      'data = table(x: [1, 2, 6], y: [0, 0, 0])\nhalf = 1 / 2\nparameters w = mean(x) * half\nloss = mean((w * x - y)^2)\nsteps = 0',
    );
    assert.equal(run.start.parameters['w'], 1.5);
  });

  it('says what a run is made with', () => {
    const columns = { x: [1, 2, 3, 4, 5] };
    const cell =
      'data = "d.csv"\nparameters w = 0\nloss = mean(w * x)\nlearning_rate = 0.3 / step\nepochs = 2\nbatch_size = 2\nseed = 7\noptimizer = adam\nprecision = float32';
    assert.deepEqual(runOf(cell, columns).settings, {
      learningRate: Math.fround(0.3),
      optimizer: 'adam',
      steps: 6,
      batchSize: 2,
      seed: 7,
      precision: 'float32',
    });
    assert.ok(Number.isNaN(runOf('parameters w = 0\nloss = w\nsteps = 0').settings.learningRate));
  });

  it('takes lists together, first with first', () => {
    const runs = runsOf(
      'parameters x = [1, 2], y = 0\nloss = [x^2 + y^2, 3 * x + y^2]\nlearning_rate = [0.5, 0.25]\nsteps = [1, 2]\nprecision = [float64, float32]',
    );
    assert.deepEqual(
      runs.map((run) => run.parameters['x'] && [...run.parameters['x']]),
      [
        [1, 0],
        [2, 1.25, 0.5],
      ],
    );
    assert.deepEqual(
      runs.map((run) => run.settings.precision),
      ['float64', 'float32'],
    );
  });
});

describe('preparing in slices', () => {
  const rows = 40_000;
  const x = Float64Array.from({ length: rows }, (_, row) => ((row * 0.6180339887498949) % 1) - 0.3);
  const table = tableOf({ x, y: x.map((value, row) => 3 * value + Math.sin(row)) });
  const lines = [
    'data = "d.csv"',
    'size = (x - mean(x)) / std(x)',
    'parameters w = max(size), b = mean(where(x > 0, y, min(y)))',
    'loss = mean((w * size + b - y)^2) / count(y)',
    'learning_rate = 0.1',
    'steps = 2',
    'check max(y) > std(size + mean(y))',
  ].join('\n');
  const cells = [
    lines,
    `${lines}\nvalidation = 0.3\nseed = [1, 2]`,
    `${lines}\nprecision = float32\nvalidation = 0.1`,
  ];

  const experimentOf = (cell: string): Experiment => {
    const { experiment, problems } = readExperiment(cell, [...table.columns.keys()]);
    assert.ok(experiment, JSON.stringify(problems));
    return experiment;
  };

  for (const [index, cell] of cells.entries()) {
    it(`gives the same program, however it is sliced: ${index + 1} of ${cells.length}`, async () => {
      const expected = descendNow(prepare(experimentOf(cell), table));
      const slices = prepareInSlices(experimentOf(cell), table, { rows: 1, spent: 0 });
      let slice = slices.next();
      while (slice.done !== true) slice = slices.next();
      assert.deepEqual(descendNow(slice.value), expected);
      const givingWay = await prepareGivingWay(experimentOf(cell), table);
      assert.deepEqual(givingWay && descendNow(givingWay), expected);
    }).timeout(20_000);
  }

  it('goes no further in a slice than the pace allows, and passes over the data many times', () => {
    const pace = { rows: 20_000, spent: 0 };
    const slices = prepareInSlices(experimentOf(cells[1] ?? ''), table, pace);
    let passed = 0;
    for (let slice = slices.next(); slice.done !== true; slice = slices.next()) {
      assert.ok(pace.spent <= pace.rows, `${pace.spent} rows`);
      passed += pace.spent;
      pace.spent = 0;
    }
    assert.ok(passed > 20 * rows);
  });

  it('complains as preparing at once does, and ends at a signal', async () => {
    const experiment = experimentOf(lines);
    await assert.rejects(prepareGivingWay(experiment, tableOf({ x })), ExperimentError);
    assert.equal(await prepareGivingWay(experiment, table, AbortSignal.abort()), undefined);
  });
});
