import assert from 'node:assert/strict';
import {
  constantValues,
  type Choice,
  type ConstantValue,
  type Experiment,
  type Formula,
} from '../../src/kernel/index.ts';
import { readExperiment } from '../../src/language/index.ts';
import { runOf } from './programs.ts';

const place = { start: 0, end: 0 };

function number(value: number): Formula {
  return { kind: 'number', value, ...place };
}

function name(text: string): Formula {
  return { kind: 'name', name: text, ...place };
}

function sum(...formulas: Formula[]): Formula {
  return { kind: 'sum', terms: formulas.map((formula) => ({ negative: false, formula })), ...place };
}

/** The definitions of a cell that has these lines, one of them for `q`. */
function definitionsOf(lines: string): Experiment['definitions'] {
  const { experiment, problems } = readExperiment(
    `${lines}\nparameters w = 1\nloss = mean(w * q)\nlearning_rate = 0.1`,
  );
  assert.ok(experiment, JSON.stringify(problems));
  return experiment.definitions;
}

function valueOf(lines: string, run = 0): number | undefined {
  return constantValues(definitionsOf(lines), run)(name('q'));
}

const powers = [...Array(40).keys()].flatMap((exponent) => [`1.1^${exponent}`, `0.7^-${exponent}`]);

const formulas = [
  ...powers,
  '-2^2',
  '0 - 0',
  '1 - 2 - 3 / 7 / 0.1',
  '2^0.5',
  '(-8)^(1/3)',
  '2^3^2 - 10^400',
  '(3 > 2) + (2 <= 1) + (2 != 2.5)',
  'pi * sqrt(2) - exp(1.5) / log(10)',
  'sin(1) + cos(2) + tan(3) + tanh(0.1) + sigmoid(-2) + softplus(0.3) + relu(-1) + abs(-3)',
  'where(1 < 2, 3, 1 / 0)',
  'min(3, 1, 2) - max(4, 9)',
  'mean(3) + sum(4) + std(5) + min(6) + max(7) + count(8)',
  'mse(2, 0.3)',
  'mae(2, 0.3)',
  'huber(2, 0.3)',
  'huber(2, 0.3, 3)',
  'binary_cross_entropy(0.3, 1)',
  'binary_cross_entropy(3, 1)',
];

describe('the value of a constant formula', () => {
  for (const formula of formulas) {
    it(`has the bits of a run: ${formula}`, () => {
      const expected = runOf(`parameters w = 1\nq = ${formula}\nloss = q + 0 * w\nsteps = 0`).start.loss;
      const found = valueOf(`q = ${formula}`);
      assert.ok(Object.is(found, expected), `${found}, not ${expected}`);
    });
  }

  it('is that of a run of a sweep', () => {
    const lines = 'n = [2, 3]\nq = n^2 + 1';
    assert.deepEqual([valueOf(lines), valueOf(lines, 1)], [5, 10]);
  });

  it('is not known where data, parameters or the time have a part in it', () => {
    assert.equal(valueOf('data = table(x: [1, 2])\nq = mean(x)'), undefined);
    assert.equal(valueOf('q = 2 * w'), undefined);
    const unknown: Formula[] = [
      name('nothing'),
      name('step'),
      { kind: 'column', column: 'x', ...place },
      { kind: 'call', function: 'count', arguments: [name('x')], ...place },
      { kind: 'call', function: 'slope', arguments: [name('loss')], ...place },
      { kind: 'call', function: 'mse', arguments: [number(1)], ...place },
    ];
    const value = constantValues(new Map(), 0);
    for (const formula of unknown) assert.equal(value(sum(number(1), formula)), undefined, formula.kind);
  });

  it('is known beside one that is not, and is none of a round of names', () => {
    const definitions = new Map<string, Choice<Formula>>([
      ['bad', [sum(name('good'), name('nothing'))]],
      ['good', [number(3)]],
      ['round', [sum(name('round'), number(1))]],
    ]);
    const value = constantValues(definitions, 0);
    const found = ['bad', 'good', 'round', 'bad', 'good'].map((each) => value(name(each)));
    assert.deepEqual(found, [undefined, 3, undefined, undefined, 3]);
  });

  it('is found through names in any depth, each of them once', () => {
    const depth = 20_000;
    const doubled = (index: number): [string, Choice<Formula>] => [
      `n${index}`,
      [sum(name(`n${index + 1}`), name(`n${index + 1}`))],
    ];
    const definitions = new Map(Array.from({ length: depth }, (_, index) => doubled(index)));
    definitions.set(`n${depth}`, [number(0.5)]);
    const value: ConstantValue = constantValues(definitions, 0);
    assert.equal(value(name('n0')), Infinity);
    assert.equal(value(name(`n${depth - 3}`)), 4);
  });
});
