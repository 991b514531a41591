import assert from 'node:assert/strict';
import { readExperiment, type Problem } from '../../src/language/index.ts';
import { applyFix } from './edits.ts';
import { read } from './read-sound.ts';

const bowl = 'parameters w = 1\nloss = w^2\nlearning_rate = 0.1\n';

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

describe('the label of a check', () => {
  it('is its own text, with signs that cancel out', () => {
    assert.equal(read(`${bowl}check  --w  < 4`).checks[0]?.label, '--w < 4');
  });
});
