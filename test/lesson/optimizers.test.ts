import assert from 'node:assert/strict';

import type { Run } from '../../src/kernel/index.ts';
import { questionsOf } from '../../src/lesson/index.ts';
import {
  cellUnder,
  curvatureOf,
  describeNumbers,
  edited,
  final,
  given,
  lossAt,
  parameter,
  parameterAt,
  runAt,
  type Claim,
  type Edit,
} from './claims.ts';
import { readNotebook, runCell } from './sections.ts';

const notebook = 'optimizers.gdnb';

/** The headings whose cell spells an optimizer out, and the name that stands for it. */
const spelledOut = {
  Momentum: 'momentum',
  Nesterov: 'nesterov',
  Adagrad: 'adagrad',
  RMSprop: 'rmsprop',
  Adam: 'adam',
} as const;

/** The cell under a heading, run after the edits. */
function changed(heading: string, ...edits: readonly Edit[]): Run[] {
  return runCell(edited(cellUnder(notebook, heading), ...edits));
}

/** The loss a run ends with, in the middle of those whose starts differ by billionths: chance has no say. */
function usualLoss(cell: string): number {
  const losses = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((moved) => {
    const [run] = runCell(
      cell.replace(
        /^(parameters \w+ = )(-?[\d.]+)/m,
        (_, words: string, start: string) => `${words}${Number(start) * (1 + moved * 1e-9)}`,
      ),
    );
    return run?.outcome === 'diverged' ? Infinity : (run?.final.loss ?? NaN);
  });
  return losses.toSorted((left, right) => left - right)[4] ?? NaN;
}

function byName(source: string, name: string): string {
  return source.replace(/^for each step:\n(?: .*\n?)*/m, `optimizer = ${name}\n`);
}

/** How far a parameter goes in the other direction. */
const least = (name: string) => (runs: readonly Run[]) =>
  Math.min(...(runAt(runs, 0).parameters[name] ?? [NaN]));
/** The farthest from 0 that a parameter still is, from a step on. */
const farthest = (name: string, from: number) => (runs: readonly Run[]) =>
  Math.max(...(runAt(runs, 0).parameters[name] ?? new Float64Array()).slice(from).map(Math.abs));

const limitOf = (optimizer: string) => async () =>
  (await curvatureOf(byName(cellUnder(notebook, 'Momentum'), optimizer))).stableBelow ?? NaN;

/** The last cell as its prose asks to change it. */
const inThousands = edited(
  cellUnder(notebook, 'When plain descent wins'),
  ['(sqft - mean(sqft)) / std(sqft)', 'sqft / 1000'],
  ['[0.5, 0.005, 100]', '[0.2, 0.05, 50]'],
  ['steps = 20', 'steps = 60'],
);

const claims: Readonly<Record<string, readonly Claim[]>> = {
  'The ravine': [
    ['2', limitOf('sgd')],
    ['1', async () => (await curvatureOf(cellUnder(notebook, 'The ravine'))).largest],
    ['0.01', async () => (await curvatureOf(cellUnder(notebook, 'The ravine'))).smallest],
    ['8.19', parameter('x', 0)],
    ['1.47', parameter('x', 1)],
    ['0.0108', final(1)],
    ['0.5', given(0.5)],
    [
      '1',
      async () => (await curvatureOf(edited(cellUnder(notebook, 'The ravine'), ['0.005', '0.5']))).condition,
    ],
  ],
  Momentum: [
    ['1.04e-5', final()],
    ['0.0108', () => final(1)(changed('The ravine'))],
    ['1.9', given(1.9)],
    ['-0.36', least('x')],
    ['10', () => 1 / (1 - 0.9)],
  ],
  'How much to keep': [
    ['0.183', final(0)],
    ['0.067', final(1)],
    ['1.04e-5', final(2)],
    ['0.247', final(3)],
    ['-8', (runs) => Math.min(...(runAt(runs, 3).parameters['x'] ?? [NaN]))],
    ['1000', given(1000)],
  ],
  Nesterov: [
    ['20', given(20)],
    ['0.0004', (runs) => Math.ceil(1e4 * farthest('y', 20)(runs)) / 1e4],
    ['0.34', () => farthest('y', 20)(changed('Momentum'))],
    ['-0.26', least('x')],
    ['-0.36', () => least('x')(changed('Momentum'))],
    ['7.93e-6', final()],
    ['2', limitOf('sgd')],
    ['3.8', limitOf('momentum')],
    ['1.357', limitOf('nesterov')],
    ['1.4', given(1.4)],
  ],
  Adagrad: [
    ['6.18e-11', final()],
    ['2', (runs) => 10 - parameterAt('x', 1)(runs)],
    ['2', (runs) => 1 - parameterAt('y', 1)(runs)],
    ['0.216', final(), ['learning_rate = 2', 'learning_rate = 0.2']],
    ['0.0095', () => final()(changed('Adagrad', ['= 2\n', '= 0.2\n'], ['steps = 100', 'steps = 1000']))],
    ['1,000', given(1000)],
  ],
  RMSprop: [
    ['6.98e-5', final(0)],
    ['9.87e-11', final(1)],
    ['0.00227', final(2)],
    ['1,000', given(1000)],
  ],
  Adam: [
    ['10', parameterAt('x', 0)],
    ['9.5', parameterAt('x', 1)],
    ['1', parameterAt('y', 0)],
    ['0.5', parameterAt('y', 1)],
    ['1.83e-5', final()],
    [
      '3.16',
      () => {
        const runs = changed('Adam', [' / (1 - 0.9^step)', ''], [' / (1 - 0.999^step)', '']);
        return (10 - parameterAt('x', 1)(runs)) / 0.5;
      },
    ],
  ],
  'The race on the ravine': [['6.18e-11', final(3)]],
  'The ravine, turned': [
    ['45', given(45)],
    ['0.0108', final(0)],
    ['1.04e-5', final(1)],
    ['7.93e-6', final(2)],
    ['6.18e-11', () => final(3)(changed('The race on the ravine'))],
    ['0.041', final(3)],
    ['0.041', (runs) => Math.max(...runs.map((run) => run.final.loss))],
    ['1.47e-4', final(5)],
  ],
  "Rosenbrock's valley": [
    ['1', () => final()(changed("Rosenbrock's valley", ['x = -1.2, y = 1', 'x = 1, y = 1'])) + 1],
    ['2.26e-13', final(5)],
    ['1.77e-8', final(1)],
    ['3.44e-5', final(2)],
    ['0.071', final(0)],
    ['0.04', final(4)],
    ['0.035', final(3)],
    ['2', (runs) => Math.abs((runAt(runs, 3).parameters['x']?.[1] ?? NaN) + 1.2)],
    ['2', (runs) => Math.abs((runAt(runs, 3).parameters['y']?.[1] ?? NaN) - 1)],
    ['1.19', parameter('x', 3)],
    ['2.06e-9', final(5), ['0.5]', '0.2]']],
    ['0.05', given(0.05)],
    ['0.00229', final(5), ['0.5]', '0.05]']],
    ['1,000', given(1000)],
  ],
  "Beale's function": [
    ['3', parameter('x', 1)],
    ['0.5', parameter('y', 1)],
    ['1.31e-14', final(1)],
    ['1.56e-13', final(2)],
    ['1.58e-13', final(5)],
    ['4.22e-12', final(3)],
    ['7.45e-5', final(4)],
    ['1.43e-7', lossAt(220, 4)],
    ['220', given(220)],
    ['6.92e-4', final(0)],
  ],
  'Which valley?': [
    ['3.58', parameter('x', 0)],
    ['-1.85', parameter('y', 0)],
    ['3.58', parameter('x', 2)],
    ['-1.85', parameter('y', 2)],
    ['3', parameter('x', 1)],
    ['2', parameter('y', 1)],
    ['-3.78', parameter('x', 3)],
    ['-3.28', parameter('y', 3)],
  ],
  'When plain descent wins': [
    ['7,062', lossAt(1, 0)],
    ['8,047', final(1)],
    ['7,960', final(2)],
    ['2017', given(2017)],
    ['60', given(60)],
    ['34', async () => (await curvatureOf(inThousands)).condition],
    ['7,062.7', () => final(0)(runCell(inThousands))],
    ['7,074', () => final(2)(runCell(inThousands))],
    ['7,197', () => final(1)(runCell(inThousands))],
    ['100', async () => (await curvatureOf(cellUnder(notebook, 'The race on the ravine'))).condition],
  ],
  'What they remember': [
    ['0.9', given(0.9)],
    ['0.99', given(0.99)],
    ['0.999', given(0.999)],
    ...[1964, 1983, 2013, 2011, 2012, 2015, 1960, 1958, 1972].map((year): Claim => [
      String(year),
      given(year),
    ]),
  ],
};

describe('the numbers of the notebook on optimizers', () => {
  describeNumbers(notebook, claims);
});

describe('the optimizers', () => {
  for (const [heading, name] of Object.entries(spelledOut)) {
    it(`are the same spelled out and by name: ${name}`, () => {
      const source = cellUnder(notebook, heading);
      assert.match(source, /^for each step:$/m);
      const named = runCell(byName(source, name));
      for (const [index, run] of runCell(source).entries()) {
        for (const [parameter, values] of Object.entries(run.parameters)) {
          const expected = runAt(named, index).parameters[parameter] ?? [];
          assert.equal(values.length, expected.length);
          values.forEach((value, step) => {
            const other = expected[step] ?? NaN;
            assert.ok(
              Math.abs(value - other) <= 1e-12 * Math.max(1, Math.abs(other)),
              `${parameter} after step ${step}: ${value}, ${other}`,
            );
          });
        }
      }
    });
  }

  it('that divide by the size of the gradient do not see the height of the loss', () => {
    const higher: Edit = ['0.005 * x^2 + 0.5 * y^2', '1000 * (0.005 * x^2 + 0.5 * y^2)'];
    const [low, high] = [changed('Adam'), changed('Adam', higher)].map((runs) => runAt(runs, 0));
    for (const name of ['x', 'y']) {
      const values = low?.parameters[name] ?? new Float64Array();
      assert.ok(values.length > 0);
      values.forEach((value, step) => {
        assert.ok(Math.abs(value - (high?.parameters[name]?.[step] ?? NaN)) < 1e-5);
      });
    }
    for (const name of ['sgd', 'momentum']) {
      const [run] = runCell(byName(edited(cellUnder(notebook, 'Momentum'), higher), name));
      assert.equal(run?.outcome, 'diverged');
    }
  });

  it("that have momentum bear a rate that Nesterov's does not", () => {
    const [nesterov] = changed('Nesterov', ['learning_rate = 0.5', 'learning_rate = 1.4']);
    const [momentum] = changed('Momentum', ['learning_rate = 0.5', 'learning_rate = 1.4']);
    assert.ok(nesterov && nesterov.final.loss > nesterov.start.loss);
    assert.ok(momentum && momentum.final.loss < 1e-3);
  });

  it('that scale each parameter find another valley than those that do not', () => {
    const valley = (run: Run) =>
      [run.final.parameters['x'], run.final.parameters['y']].map((at) => Math.sign(at ?? 0));
    const runs = changed('Which valley?');
    assert.deepEqual(
      runs.map((run) => valley(run).join(' ')),
      ['1 -1', '1 1', '1 -1', '-1 -1', '-1 -1', '-1 -1'],
    );
  });

  it('come to rest with RMSprop once the rate falls', () => {
    const runs = changed('RMSprop', [
      'learning_rate = 0.1',
      'learning_rate = 0.1 * (1 - (step - 1) / steps)',
    ]);
    const [, , constant] = changed('RMSprop');
    assert.ok(final(2)(runs) < 0.01 * (constant?.final.loss ?? NaN));
  });

  /** The races that say that each rate is the best of 1, 2 and 5 times all powers of ten. */
  for (const heading of ["Rosenbrock's valley", "Beale's function", 'When plain descent wins']) {
    it(`race at the best of many rates: ${heading}`, () => {
      const source = cellUnder(notebook, heading);
      const names = /^optimizer += \[(.*)\]$/m.exec(source)?.[1]?.split(', ') ?? [];
      const rates = /^learning_rate = \[(.*)\]$/m.exec(source)?.[1]?.split(', ').map(Number) ?? [];
      assert.ok(names.length > 2 && names.length === rates.length);
      for (const [index, name] of names.entries()) {
        const losses = new Map(
          [-5, -4, -3, -2, -1, 0, 1, 2]
            .flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))
            .map((rate) => {
              const cell = source
                .replace(/^optimizer .*$/m, `optimizer = ${name}`)
                .replace(/^learning_rate .*$/m, `learning_rate = ${rate}`);
              return [rate, usualLoss(cell)] as const;
            }),
        );
        const best = Math.min(...losses.values());
        assert.equal(losses.get(rates[index] ?? NaN), best, `${name} at ${rates[index]}`);
      }
    });
  }

  it('are asked about in four questions', () => {
    const questions = readNotebook(notebook).flatMap(({ prose }) => questionsOf(prose));
    assert.equal(questions.length, 4);
    const rights = questions.map(({ choices }) => choices.findIndex(({ isRight }) => isRight));
    assert.ok(new Set(rights).size > 1, 'the right choice is not always at the same place');
    for (const { explanation } of questions.flatMap(({ choices }) => choices))
      assert.notEqual(explanation, '');
  });
});
