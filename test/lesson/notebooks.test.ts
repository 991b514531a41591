import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

import { readExperiment } from '../../src/language/index.ts';
import { questionsOf, readLesson, writeLesson } from '../../src/lesson/index.ts';
import { expectedFailures, failedChecks } from './expected-failures.ts';
import { readData, readNotebook, runCell } from './sections.ts';

const folder = new URL('../../notebooks/', import.meta.url);
const notebooks = readdirSync(folder).filter((name) => name.endsWith('.gdnb'));

describe('the notebooks', () => {
  it('are all known by their expected failures', () => {
    assert.deepEqual(notebooks.sort(), Object.keys(expectedFailures).sort());
  });

  for (const name of notebooks) {
    it(`run without an error, and fail only where it is meant: ${name}`, () => {
      const unmet = new Set(Object.keys(expectedFailures[name] ?? {}));
      for (const { heading, cells } of readNotebook(name)) {
        for (const cell of cells) {
          const runs = runCell(cell);
          const expected = expectedFailures[name]?.[heading];
          assert.deepEqual(failedChecks(cell, runs), expected?.checks ?? [], heading);
          const diverged = runs.filter(({ outcome }) => outcome === 'diverged').length;
          assert.equal(diverged, expected?.diverged ?? 0, heading);
          unmet.delete(heading);
        }
      }
      assert.deepEqual([...unmet], []);
    });

    it(`raise no problem in the editor, not even a hint: ${name}`, () => {
      for (const { heading, cells } of readNotebook(name)) {
        for (const cell of cells) {
          const { experiment } = readExperiment(cell);
          const columns =
            experiment?.data === undefined ? undefined : [...readData(experiment.data).columns.keys()];
          const { problems } = readExperiment(cell, columns);
          assert.deepEqual(
            problems.map(({ message }) => message),
            [],
            heading,
          );
        }
      }
    });

    it(`ask no question that cannot be asked: ${name}`, () => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const lesson = readLesson(text);
      assert.equal(writeLesson(lesson), text);
      // A fence of three backticks at the start of a line: those of the examples have a longer one around them.
      const fences = lesson.cells
        .filter(({ kind }) => kind === 'markdown')
        .flatMap(({ text: prose }) => prose.replace(/^(`{4,})[^]*?^\1$/gm, '').match(/^```quiz$/gm) ?? []);
      const questions = lesson.cells.flatMap((cell) =>
        cell.kind === 'markdown' ? questionsOf(cell.text) : [],
      );
      assert.equal(questions.length, fences.length);
    });

    it(`link to files that are there: ${name}`, () => {
      const files = readdirSync(folder);
      for (const { prose } of readNotebook(name)) {
        for (const [, target = ''] of prose.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
          assert.ok(files.includes(target), target);
        }
      }
    });
  }
});
