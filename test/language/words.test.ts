import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { descendNow, functionNames, prepare, readTable } from '../../src/kernel/index.ts';
import { argumentCounts } from '../../src/kernel/formula.ts';
import { readExperiment } from '../../src/language/index.ts';
import { readLesson } from '../../src/lesson/index.ts';
import { functions } from '../../src/language/words/functions.ts';
import { optimizers } from '../../src/language/words/optimizers.ts';
import { keywords, reserved } from '../../src/language/words/reserved.ts';
import { settings } from '../../src/language/words/settings.ts';
import { languagePage, languagePagePath } from '../reference/language-page.ts';

const words = [...keywords, ...settings, ...optimizers, ...functions, ...reserved];
const houses = readTable(readFileSync(new URL('../../notebooks/houses.csv', import.meta.url), 'utf8'));

/** How the examples end that are meant to end so. */
const outcomes = new Map([
  ['diverged', 'diverged'],
  ['patience', 'settled'],
  ['precision', 'diverged'],
]);

describe('the table of words', () => {
  for (const { name, documentation, signature, example } of words) {
    it(`explains ${name} with an example that runs`, () => {
      assert.match(documentation, /[.]$/);
      assert.ok(signature.includes(name));
      const { experiment, problems } = readExperiment(example, [...houses.columns.keys()]);
      assert.deepEqual(problems, []);
      assert.ok(experiment !== undefined);
      if (experiment.trainingLog !== undefined) return;
      const runs = descendNow(prepare(experiment, experiment.data === undefined ? undefined : houses));
      for (const run of runs) {
        const expected = outcomes.get(name) ?? 'finished';
        if (expected === 'finished')
          assert.ok(run.outcome === 'finished' || run.outcome === 'settled', run.outcome);
        for (const check of run.checks)
          assert.ok(check.passed, `${check.label}: ${check.left} and ${check.right}`);
      }
      if (outcomes.has(name)) assert.ok(runs.some((run) => run.outcome === outcomes.get(name)));
    });
  }

  it('has an entry for every function of the kernel', () => {
    const known = new Set(functions.map(({ name }) => name));
    assert.deepEqual(
      functionNames.filter((name) => !known.has(name)),
      [],
    );
  });

  it('lets every function take as many arguments as the kernel does', () => {
    const counts = new Map<string, readonly number[]>(Object.entries(argumentCounts));
    for (const { name, aliasOf, shape, required, variadic, parameters } of functions) {
      if (shape === 'draw') continue;
      assert.deepEqual(
        [required, variadic ? Infinity : parameters.length],
        counts.get(aliasOf ?? name),
        name,
      );
    }
  });

  it('has each word once', () => {
    const names = words.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  });
});

describe('the reference page', () => {
  it('is what the table of words makes', () => {
    assert.equal(
      readFileSync(languagePagePath, 'utf8'),
      languagePage(),
      'run `node test/reference/language-page.ts` after changing a word',
    );
  });

  it('is a lesson whose cells have no problem', () => {
    const cells = readLesson(languagePage()).cells.filter((cell) => cell.kind === 'code');
    assert.ok(cells.length > words.length - 5);
    for (const { text } of cells)
      assert.deepEqual(readExperiment(text, [...houses.columns.keys()]).problems, []);
  });
});
