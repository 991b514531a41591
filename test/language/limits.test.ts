import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { readExperiment } from '../../src/language/index.ts';
import { fill, heavyCells } from './heavy-cells.ts';

describe('limits', () => {
  for (const [name, source] of heavyCells) {
    it(`reads 4 KB of ${name}`, () => {
      const { experiment, problems } = readExperiment(source);
      assert.equal(experiment, undefined);
      assert.ok(problems.length > 0);
    });
  }

  it('reads all of them, and what slips of the hand make of cells, within 100 MB', () => {
    const program = join(import.meta.dirname, 'read-heavy.ts');
    const count = execFileSync(process.execPath, ['--max-old-space-size=100', program], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    assert.equal(Number(count), 4 * heavyCells.size);
  });

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

  for (const piece of ['w and ', 'w or ', 'w if ', 'w if w else ', 'np.', 'w < ', 'w else ']) {
    for (const length of [12_000, 99_900]) {
      it(`says how deep ${length} characters of \`${piece}\` may be, or what is wrong with them`, () => {
        const words = piece.repeat(Math.floor(length / piece.length));
        const { experiment, problems } = readExperiment(
          `parameters w = 1\nlearning_rate = 0.1\nloss = ${words}w`,
        );
        assert.equal(experiment, undefined);
        const codes = new Set(problems.map(({ code }) => code));
        const isFlat = ['np.', 'w < '].includes(piece);
        assert.equal(codes.has('too-deep'), !isFlat);
        assert.ok(isFlat || codes.has('foreign-word'));
      });
    }
  }

  it('reads many brackets with many words in each', () => {
    const words = 'w and '.repeat(190);
    const nested = Array.from({ length: 80 }).reduce<string>((inner) => `(${inner}w) and ${words}`, '');
    assert.ok(nested.length > 90_000);
    const { problems } = readExperiment(`parameters w = 1\nlearning_rate = 0.1\nloss = ${nested}w`);
    assert.ok(problems.some(({ code }) => code === 'foreign-word'));
  });

  it('reads many lines that give one name to what has another meaning', () => {
    for (const piece of [
      'pi = 3\n',
      'step = 3\n',
      'check = 3\n',
      'parameter = 3\n',
      '    parameter = gradient\n',
    ]) {
      const { problems } = readExperiment(piece.repeat(100_000 / piece.length));
      const edits = problems.flatMap(({ fixes }) => fixes ?? []).flatMap((fix) => fix.edits);
      assert.ok(edits.length < 1_000_000, `${edits.length} edits`);
    }
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
