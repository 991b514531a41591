import assert from 'node:assert/strict';
import type { Span } from '../../src/kernel/index.ts';
import { readExperiment, type Problem, type TextEdit } from '../../src/language/index.ts';
import { applyFix } from './edits.ts';

/** The problems whose fixes may leave another error in a cell that has no other, since they bring it to light. */
const bringToLight: ReadonlySet<string> = new Set([
  // What a formula is as a whole is judged only once all that stands in it is known.
  ...['unknown-name', 'unknown-function', 'not-a-function', 'unexpected-character', 'unexpected-bracket'],
  ...['column-without-backticks', 'text-in-formula'],
  // Its value is judged only once it is that of a setting.
  ...['unused-name', 'missing-loss', 'missing-learning-rate', 'reserved-name'],
  'list-without-brackets',
  // An update needs a learning rate, and is judged only where it stands in the block.
  ...['update-outside-block', 'update-without-parameter', 'block-empty', 'call-of-step'],
  // One bracket is put in at a time where several are missing before a comma.
  'missing-bracket',
  // The columns of a table are judged only once it is written as one, and a file only by its name.
  'file-expected',
  // A table holds no comparisons, but the sign is meant for one wherever else it stands in brackets.
  'equals-inside',
]);

/** Every fix takes away its own problem, and leaves a cell without other errors with none at all. */
export function assertMends(source: string, problems: readonly Problem[], columns?: string[]): void {
  for (const problem of problems) {
    const isAlone = !problems.some((other) => other !== problem && other.severity === 'error');
    for (const fix of problem.fixes ?? []) {
      const left = readExperiment(applyFix(source, fix), columns).problems;
      const place = placeAfter(problem, fix.edits);
      assert.ok(!left.some((other) => isSame(other, problem, place)), `"${fix.title}" mends ${problem.code}`);
      if (!isAlone || bringToLight.has(problem.code)) continue;
      const errors = left.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      assert.deepEqual(errors, [], `"${fix.title}" of ${problem.code} makes no other error`);
    }
  }
}

function isSame(other: Problem, { code, message }: Problem, { start, end }: Span): boolean {
  return other.code === code && other.message === message && other.start === start && other.end === end;
}

/** Where a place is after edits; what they put at its ends belongs to it. */
function placeAfter({ start, end }: Span, edits: readonly TextEdit[]): Span {
  const place = { start, end };
  for (const edit of edits) {
    const growth = edit.text.length - (edit.end - edit.start);
    if (edit.start < start) place.start += edit.end <= start ? growth : edit.start - start;
    if (edit.end <= end) place.end += growth;
    else if (edit.start < end) place.end += edit.start + edit.text.length - end;
  }
  return place;
}
