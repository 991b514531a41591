import assert from 'node:assert/strict';
import { readExperiment, type Problem } from '../../src/language/index.ts';
import { bowl } from './bowl-cell.ts';
import { applyFix } from './edits.ts';
import { read } from './read-sound.ts';

function problemOf(source: string, code: string, columns?: string[]): Problem {
  const problem = readExperiment(source, columns).problems.find((other) => other.code === code);
  assert.ok(problem !== undefined, `${code} is reported`);
  return problem;
}

describe('what people write who come from elsewhere', () => {
  for (const letter of ['α', 'η']) {
    it(`${letter} is the learning rate`, () => {
      const source = bowl.replace('learning_rate', letter);
      const [fix] = problemOf(source, 'missing-learning-rate').fixes ?? [];
      assert.equal(applyFix(source, fix ?? { edits: [] }), bowl);
      assert.match(problemOf(source, 'unused-name').message, /did you mean `learning_rate`\?$/);
    });
  }

  it('a power as a function goes with its module', () => {
    const source = bowl.replace('w^2', '3 * np.square(w)');
    const [fix] = problemOf(source, 'unknown-function').fixes ?? [];
    assert.equal(applyFix(source, fix ?? { edits: [] }), bowl.replace('w^2', '3 * w^2'));
  });

  it('data that look like a sweep are told where they go', () => {
    const source = `${bowl}x = [${Array.from({ length: 18 }, (_, index) => index).join(', ')}]`;
    assert.match(problemOf(source, 'too-many-items').message, /`data = table\(x: \[\.\.\.\]\)`/);
  });

  it('says of a sweep that is no data only that it is too long', () => {
    const source = `${bowl}steps = [${'3, '.repeat(18)}]`;
    assert.match(problemOf(source, 'too-many-items').message, /has 18 items\.$/);
  });
});

describe('values without the brackets of a list', () => {
  it('end where another statement begins', () => {
    const source = bowl.replace('0.1', '0.1, 0.2, steps = 3');
    const [fix] = problemOf(source, 'list-without-brackets').fixes ?? [];
    assert.equal(applyFix(source, fix ?? { edits: [] }), bowl.replace('0.1', '[0.1, 0.2], steps = 3'));
  });

  it('are not put into brackets with a hole', () => {
    const source = bowl.replace('0.1', '0.1, 0.2 +');
    assert.equal(problemOf(source, 'list-without-brackets').fixes, undefined);
  });
});

describe('lines that are no part of the formula above', () => {
  for (const [why, below, code] of [
    ['a statement', 'steps = 3', 'missing-value'],
    ['a check', 'check w < 3', 'missing-value'],
    ['what a `;` parts from it', '; 2 * w', 'statement-expected'],
  ] as const) {
    it(`do not join ${why}`, () => {
      const codes = readExperiment(`${bowl}check loss < 3 +\n${below}`).problems.map(
        (problem) => problem.code,
      );
      assert.ok(codes.includes(code) && !codes.includes('formula-goes-on'), codes.join(' '));
    });
  }

  it('do not join the parts of a block', () => {
    const source = `${bowl}for each step:\n    + 3\n    parameter = parameter - gradient`;
    assert.deepEqual(
      readExperiment(source).problems.map(({ code }) => code),
      ['statement-expected'],
    );
  });
});

describe('words that are a column together', () => {
  it('do not part a statement from its keyword', () => {
    assert.deepEqual(readExperiment(`${bowl}check loss < 3`, ['check loss']).problems, []);
  });

  it('are not those before an `=`', () => {
    const codes = readExperiment(`${bowl}seed = 3 steps = 4`, ['3 steps', 'w steps']).problems;
    assert.deepEqual(
      codes.map(({ code }) => code),
      ['two-statements'],
    );
  });

  it('have a fix on one line only', () => {
    const source = `data = table(square\nfeet: [1, 2])\n${bowl}`;
    assert.equal(problemOf(source, 'column-without-backticks').fixes, undefined);
  });
});

describe('a value of the update that is no number of a step', () => {
  const data =
    'data = table(x: [1, 2], y: [2, 4])\nparameters w = 1\nerror = w * x - y\nloss = mean(error^2)\n';
  const block = (line: string) => `${data}for each step:\n    ${line}\n    parameter = parameter - 0.1 * g`;

  it('is put above the block once for all that stands in it', () => {
    const source = block('g = 2 * mean(error * x)');
    const { message, fixes } = problemOf(source, 'values-in-update');
    assert.match(message, /define `g` above the block/);
    const fixed = applyFix(source, fixes?.[0] ?? { edits: [] });
    assert.ok(fixed.startsWith(`${data}g = 2 * mean(error * x)\nfor each step:\n    parameter`));
    assert.deepEqual(readExperiment(fixed).problems, []);
  });

  for (const [why, line] of [
    ['it needs its own last value', 'g = 0.9 * g + mean(error * x)'],
    ['it needs the gradient', 'g = gradient * mean(x)'],
    ['it is assigned twice', 'g = mean(x)\n    g = g + mean(x)'],
    ['it needs the derivative of the loss', 'g = slope(loss) * mean(x)'],
    ['it has one value an example itself', 'g = 2 * error'],
  ] as const) {
    it(`stays where it is because ${why}`, () => {
      assert.equal(problemOf(block(line), 'values-in-update').fixes, undefined);
    });
  }

  it('stays where it is because it begins at a constant', () => {
    const source = `g = 3\n${block('g = mean(x)')}`;
    assert.equal(problemOf(source, 'values-in-update').fixes, undefined);
  });
});

describe('the label of a check', () => {
  it('is its own text, with signs that cancel out', () => {
    assert.equal(read(`${bowl}check  --w  < 4`).checks[0]?.label, '--w < 4');
  });
});
