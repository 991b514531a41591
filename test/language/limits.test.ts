import assert from 'node:assert/strict';
import { readExperiment } from '../../src/language/index.ts';

const length = 4096;

function fill(piece: string): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** Cells that would be slow, deep or large for a careless reader. */
const heavy: ReadonlyMap<string, string> = new Map([
  ...[
    '(',
    '[',
    '-',
    '2^',
    'abs(',
    '([',
    ')]',
    '+',
    '1<',
    ',',
    '$',
    '²',
    '%',
    '!',
    '.',
    '"',
    '`a',
    '“a',
    '1_',
    '1e',
  ].map((piece): [string, string] => [piece, `loss = ${fill(piece)}`]),
  ['spaces', fill(' ')],
  ['line ends', fill('\r\n')],
  ['statements', fill('a=1;')],
  ['the same name', fill('a=1\n')],
  ['heads', fill('for each step:\n')],
  ['nested heads', Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}for each step:`).join('\n')],
  ['a chain of names', Array.from({ length: 340 }, (_, index) => `n${index} = n${index + 1}`).join('\n')],
  ['rounds of names', Array.from({ length: 250 }, (_, index) => `n${index} = n${index + 1} + n0`).join('\n')],
  [
    'unknown names',
    Array.from({ length: 200 }, (_, index) => `a${index} = ${'b'.repeat(6)}${index}`).join('\n'),
  ],
  ['combining marks', `e${fill('\u0301')}`],
  ['emoji', fill('\u{1F600}')],
  ['half characters', fill('\uD800')],
]);

describe('limits', () => {
  for (const [name, source] of heavy) {
    it(`reads 4 KB of ${name}`, () => {
      const { experiment, problems } = readExperiment(source);
      assert.equal(experiment, undefined);
      assert.ok(problems.length > 0);
    });
  }

  it('reads a sum of ten thousand terms', () => {
    const { experiment, problems } = readExperiment(
      `parameters w = 0\nloss = w^2 ${'+ w '.repeat(10_000)}\nlearning_rate = 0.1`,
    );
    assert.deepEqual(problems, []);
    const [loss] = experiment?.definitions.get('loss') ?? [];
    assert.ok(loss?.kind === 'sum' && loss.terms.length === 10_001);
  });

  it('reads two hundred nested brackets', () => {
    const { problems } = readExperiment(
      `parameters w = 0\nloss = ${'('.repeat(200)}w^2${')'.repeat(200)}\nlearning_rate = 0.1`,
    );
    assert.deepEqual(problems, []);
  });

  it('reads a thousand parameters and a sweep of sixteen runs', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `p${index}`);
    const { experiment, problems } = readExperiment(
      `parameters ${names.map((name) => `${name} = 0`).join(', ')}\nloss = ${names.join(' + ')}\nlearning_rate = [${fill('0.1,').slice(0, 63)}]`,
    );
    assert.deepEqual(problems, []);
    assert.equal(experiment?.parameters.length, 1000);
    assert.equal(experiment.labels.length, 16);
  });

  it('takes names that JavaScript has a meaning for', () => {
    const { experiment, problems } = readExperiment(
      'data = table(hasOwnProperty: [1, 2], valueOf: [2, 4])\nparameters constructor = 0, __proto__ = 1\ntoString = constructor + __proto__\nloss = mean(toString * hasOwnProperty - valueOf)\nlearning_rate = 0.1',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual([...(experiment?.definitions.keys() ?? [])], ['toString', 'loss']);
    const unknown = readExperiment(
      'parameters w = 0\nloss = w + isPrototypeOf + constructor(w)\nlearning_rate = 0.1',
    );
    assert.deepEqual(
      unknown.problems.map(({ code }) => code),
      ['unknown-name', 'unknown-function'],
    );
  });

  it('takes names of any script, and compares them after NFC', () => {
    const { experiment, problems } = readExperiment(
      'data = "häuser.csv"\nparameters θ = 0, 重み = 1, é = 2\nloss = θ^2 + 重み^2 + e\u0301^2 + mean(größe)\nlearning_rate = 0.1',
      ['gro\u0308ße'],
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      experiment?.parameters.map(({ name }) => name),
      ['θ', '重み', 'é'],
    );
    assert.match(JSON.stringify(experiment.definitions.get('loss')), /"column":"gro\u0308ße"/);
  });
});
