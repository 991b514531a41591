import assert from 'node:assert/strict';
import { readExperiment } from '../../src/language/index.ts';
import { messages } from '../../src/language/messages.ts';
import { applyFix } from './edits.ts';
import { columns, faultyCells, faultyWholeCells } from './faulty/cells.ts';

/** A cell with what it needs besides the lines at hand, so that these alone are at fault. */
function completed(lines: string): string {
  return [
    lines,
    ...(/^ *parameters? \w+ =|^parameters|^w = 0/m.test(lines) ? [] : ['parameters w = 1']),
    ...(/loss ?=|loss =/.test(lines) && !/^check loss = /m.test(lines) ? [] : ['loss = w^2']),
    ...(/learning.rate =/.test(lines) ? [] : ['learning_rate = 0.1']),
  ].join('\n');
}

function unmark(marked: string): { source: string; start: number; end: number } {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  return { source: marked.replace(/[«»]/g, ''), start, end };
}

describe('problems', () => {
  const cells = faultyCells.map((cell) => ({ cell, complete: completed }));
  const wholes = faultyWholeCells.map((cell) => ({ cell, complete: (source: string) => source }));
  for (const { cell: line, complete } of [...cells, ...wholes]) {
    const [code, marked, fixed] = line;
    const { source, start, end } = unmark(marked);
    it(`${code}: ${marked.slice(0, 80).replaceAll('\n', ' | ')}`, () => {
      const cell = complete(source);
      const { experiment, problems } = readExperiment(cell, columns);
      const found = problems.map((problem) => [problem.code, problem.start, problem.end]);
      assert.deepEqual(found, [[code, start, end]], JSON.stringify(problems.map(({ message }) => message)));
      const [problem] = problems;
      assert.equal(experiment === undefined, problem?.severity === 'error');
      if (fixed === undefined) return;
      const [fix] = problem?.fixes ?? [];
      assert.ok(fix !== undefined, 'there is a fix');
      assert.equal(applyFix(cell, fix), cell.replace(source, fixed));
    });
  }

  it('has a test for every code', () => {
    const tested = new Set([...faultyCells, ...faultyWholeCells].map(([code]) => code));
    assert.deepEqual(
      Object.keys(messages).filter((code) => !tested.has(code)),
      [],
    );
  });
});
