import assert from 'node:assert/strict';
import { readExperiment, type Fix } from '../../src/language/index.ts';

/** A cell of one parameter. */
export const bowl = 'parameters w = 1\nloss = w^2\nlearning_rate = 0.1\n';

/** A cell of two parameters, with further lines. */
export const cell = (...lines: readonly string[]) =>
  ['parameters w = 1, b = 2', 'loss = w^2 + b^2', 'learning_rate = 0.1', ...lines].join('\n');

export const codesOf = (source: string): string[] => readExperiment(source).problems.map(({ code }) => code);

/** The fix with a title that a problem of the cell offers. */
export function fixOf(source: string, code: string, title: string): Fix {
  const problems = readExperiment(source).problems.filter((problem) => problem.code === code);
  const fix = problems.flatMap(({ fixes }) => fixes ?? []).find((offered) => offered.title === title);
  assert.ok(fix !== undefined, `${code} offers "${title}"`);
  return fix;
}
