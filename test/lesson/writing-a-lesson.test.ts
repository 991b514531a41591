import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { terms } from '../../src/language/index.ts';
import { readLesson } from '../../src/lesson/index.ts';
import { cellUnder, describeNumbers, edited, passes, sectionCalled } from './claims.ts';
import { readNotebook, runCell } from './sections.ts';

const notebook = 'writing-a-lesson.gdnb';
const file = readFileSync(new URL(`../../notebooks/${notebook}`, import.meta.url), 'utf8');

/** What the examples of source under a heading hold. */
function examplesUnder(heading: string): string[] {
  const { prose } = sectionCalled(notebook, heading);
  return [...prose.matchAll(/^(`{3,})markdown\n([^]*?)^\1$/gm)].map(([, , text = '']) => text);
}

describe('the numbers of the notebook on writing a lesson', () => {
  describeNumbers(notebook, {});
});

describe('the notebook on writing a lesson', () => {
  for (const heading of ['Callouts', 'Formulas', 'Folded away', 'Cells', 'Questions']) {
    it(`draws what it shows as source: ${heading}`, () => {
      const examples = examplesUnder(heading);
      assert.equal(examples.length, 1);
      for (const example of examples) assert.equal(file.split(example).length - 1, 2, example);
    });
  }

  it('shows a file that is read as it says', () => {
    const [example = ''] = examplesUnder('The file');
    const { cells } = readLesson(example);
    assert.deepEqual(
      cells.map(({ kind }) => kind),
      ['markdown', 'markdown', 'code'],
    );
    for (const { kind, text } of cells) if (kind === 'code') assert.equal(runCell(text).length, 1);
  });

  it('names the terms of the glossary', () => {
    const { prose } = sectionCalled(notebook, 'Terms');
    const [, count, list = ''] = /The glossary has (\w+) terms: (.*?)\./.exec(prose) ?? [];
    assert.deepEqual(
      list.split(/, | and /),
      terms.map(({ name }) => name),
    );
    assert.equal(count, 'seven');
    assert.equal(terms.length, 7);
  });

  it('sets an exercise that its rate solves', () => {
    const exercise = cellUnder(notebook, 'Exercises');
    assert.equal(passes(runCell(exercise)), false);
    assert.equal(passes(runCell(edited(exercise, ['learning_rate = 0.001', 'learning_rate = 0.1']))), true);
    assert.equal(passes(runCell(edited(exercise, ['steps = 200', 'steps = 20000']))), false);
  });

  it('has a cell for everything that runs', () => {
    const cells = readNotebook(notebook).flatMap((section) => section.cells);
    const all = cells.join('\n');
    for (const construct of [
      'table(',
      '"houses.csv"',
      'check ',
      'landscape = ',
      'seed = ',
      'steps = 0',
      '= [0.01',
    ]) {
      assert.ok(all.includes(construct), construct);
    }
  });
});
