import assert from 'node:assert/strict';
import { readExperiment } from '../../src/language/index.ts';
import { messages } from '../../src/language/messages.ts';
import { applyFix } from './edits.ts';
import { columns, faultyCells, faultyWholeCells } from './faulty/cells.ts';

/** A cell with what it needs besides the lines at hand, so that these alone are at fault. */
function completed(lines: string): string {
  return [
    lines,
    ...(/^ *p\w+ \w+ =|^parameters|^w = 0/m.test(lines) ? [] : ['parameters w = 1']),
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
      for (const fix of problem?.fixes ?? []) {
        const left = readExperiment(applyFix(cell, fix), columns).problems.map(
          (other) => other.code as string,
        );
        assert.ok(!left.includes(code), `${fix.title} mends it`);
      }
      if (fixed === undefined) return;
      const [fix] = problem?.fixes ?? [];
      assert.ok(fix !== undefined, 'there is a fix');
      assert.equal(applyFix(cell, fix), cell.replace(source, fixed));
    });
  }

  it('gives a setting that is missing its right name first', () => {
    const source = 'parameters w = 1\nLoss = w^2\nlr = 0.1';
    const { problems } = readExperiment(source);
    const missing = problems.filter(({ code }) => code.startsWith('missing-'));
    const fixed = missing.map(({ fixes }) => applyFix(source, fixes?.[0] ?? { edits: [] }));
    assert.deepEqual(fixed, [source.replace('Loss', 'loss'), source.replace('lr', 'learning_rate')]);
  });

  it('offers to make a constant a parameter', () => {
    const source = 'w = 1\nloss = w^2\nlearning_rate = 0.1';
    const [problem] = readExperiment(source).problems;
    assert.equal(problem?.code, 'missing-parameters');
    assert.equal(applyFix(source, problem.fixes?.[0] ?? { edits: [] }), `parameters ${source}`);
  });

  it('reports all problems of a cell at once, in the order of the text', () => {
    const source = 'parameters w = 1.5x\nloss = (w^2 + q\nsteps = 2.5\nepochs = 3\nlearning_rate = 0';
    assert.deepEqual(
      readExperiment(source).problems.map(({ code }) => code),
      [
        'missing-operator',
        'unknown-name',
        'missing-bracket',
        'unknown-name',
        'not-whole',
        'steps-and-epochs',
        'rate-not-positive',
      ],
    );
  });

  it('says what to do about a name that is given twice', () => {
    const cells = ['parameters w = 1\nw = w - learning_rate * 2 * w', 'steps = 3\nsteps = 4', 'a = 3\na = 4'];
    const duplicates = cells.map((cell) =>
      readExperiment(cell).problems.find(({ code }) => code === 'duplicate-name'),
    );
    assert.deepEqual(
      duplicates.map((problem) => problem?.message),
      [
        '`w` is given already, on line 1: write its update into `for each step:`.',
        '`steps` is given already, on line 1: keep one of them.',
        '`a` is given already, on line 1: keep one of them, or choose another name.',
      ],
    );
  });

  it('has a test for every code', () => {
    const tested = new Set([...faultyCells, ...faultyWholeCells].map(([code]) => code));
    assert.deepEqual(
      Object.keys(messages).filter((code) => !tested.has(code)),
      [],
    );
  });
});
