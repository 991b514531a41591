import assert from 'node:assert/strict';

import gd from '../../media/snippets/gd.json' with { type: 'json' };
import gdnb from '../../media/snippets/gdnb.json' with { type: 'json' };
import markdown from '../../media/snippets/markdown.json' with { type: 'json' };
import type { Snippet } from '../../src/editor/snippets-at.ts';
import { startingCells } from '../../src/editor/starting-cells.ts';
import { questionsOf, readLesson } from '../../src/lesson/index.ts';
import { completions, readExperiment } from '../../src/language/index.ts';
import { runCell } from '../lesson/sections.ts';

/** A snippet as it stands in the editor when nothing has been typed over. */
function expand({ body }: Snippet): string {
  return body
    .join('\n')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace('$0', '');
}

/** An experiment to put a line into, without what that line says. */
function completed(snippet: string): string {
  const says = (word: string) => new RegExp(`^${word}\\b`, 'm').test(snippet);
  const lines = [
    ...(says('data')
      ? []
      : ['data = table(x: [1, 2, 3, 4, 5, 6, 7, 8, 9], y: [2, 4, 5, 9, 9, 9, 14, 15, 19])']),
    ...(says('parameters') ? [] : ['parameters w = 0, b = 0']),
    ...(says('loss') ? [] : ['loss = mean((w * x + b - y)^2)']),
    ...(says('learning_rate') ? [] : ['learning_rate = 0.01']),
    ...(says('steps') || says('epochs') ? [] : ['steps = 60']),
  ];
  return `${lines.join('\n')}\n${snippet}`;
}

function problemsOf(source: string): string[] {
  return readExperiment(source).problems.map(({ message }) => message);
}

describe('the snippets of cells', () => {
  for (const [name, snippet] of Object.entries(gd)) {
    it(`can be run as they are: ${name}`, () => {
      const text = expand(snippet);
      const isWhole = /^parameters /m.test(text);
      const source = isWhole ? text : completed(text);
      assert.deepEqual(problemsOf(source), []);
      for (const run of runCell(source)) assert.notEqual(run.outcome, 'diverged');
    });
  }

  it('are called otherwise than what the language offers at the start of a line', () => {
    const labels = completions('', 0).map(({ label }) => label);
    for (const { prefix } of Object.values(gd)) assert.ok(!labels.includes(prefix), prefix);
  });
});

describe('the snippets of a lesson in text', () => {
  it('are a cell, and a mark between two cells', () => {
    const cell = readLesson(expand(gdnb.Cell)).cells[0];
    assert.ok(cell?.kind === 'code');
    assert.deepEqual(problemsOf(cell.text), []);
    assert.equal(runCell(cell.text)[0]?.outcome, 'finished');
    assert.equal(readLesson(`a\n\n${expand(gdnb['Cell Mark'])}b\n`).cells.length, 2);
  });
});

describe('the snippets of Markdown', () => {
  it('are a question that can be asked', () => {
    const [question, ...others] = questionsOf(expand(markdown.Question));
    assert.ok(question);
    assert.deepEqual(others, []);
    for (const { explanation } of question.choices) assert.notEqual(explanation, '');
  });

  it('stay one cell', () => {
    for (const snippet of Object.values(markdown)) {
      assert.equal(readLesson(`# A\n\n${expand(snippet)}`).cells.length, 1, snippet.prefix);
    }
  });
});

describe('the cells of a new notebook', () => {
  it('run, explode when their prose is followed, and end with a question', () => {
    const [, experiment, question] = startingCells;
    assert.ok(experiment && question);
    assert.deepEqual(problemsOf(experiment.text), []);
    assert.equal(runCell(experiment.text)[0]?.outcome, 'finished');
    const [rate] = /(?<=learning rate to )[\d.]+/.exec(question.text) ?? [];
    assert.ok(rate);
    const [run] = runCell(experiment.text.replace(/(?<=learning_rate = )[\d.]+/, rate));
    assert.ok(run && run.final.loss > 1e6 * (run.loss[0] ?? NaN));
    assert.equal(questionsOf(question.text).length, 1);
  });
});
