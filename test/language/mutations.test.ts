import assert from 'node:assert/strict';
import {
  completions,
  editLearningRate,
  editStart,
  foldingRanges,
  hover,
  outline,
  readExperiment,
  referencesAt,
  renameAt,
  semanticTokens,
  signatureHelp,
  spellOutUpdate,
  type Problem,
} from '../../src/language/index.ts';
import { houseColumns } from './lesson-cells.ts';
import { mutatedCell } from './mutations.ts';

/** How many mutated cells are read; `GDNB_MUTATIONS=100000` takes some minutes. */
const count = Number(process.env['GDNB_MUTATIONS'] ?? 5000);

const batch = 500;

/** Milliseconds after which a batch is held to hang. */
const hangs = 120_000;

function assertSound(source: string, { experiment, problems }: ReturnType<typeof readExperiment>): void {
  const hasErrors = problems.some((problem) => problem.severity === 'error');
  assert.equal(experiment === undefined, hasErrors);
  for (const problem of problems) {
    assert.ok(isWithin(source, problem), `${problem.code} is within the cell`);
    assert.match(problem.message, /[.?]$/);
    for (const fix of problem.fixes ?? []) assertFix(source, fix);
  }
}

function assertFix(source: string, { edits }: NonNullable<Problem['fixes']>[number]): void {
  assert.ok(edits.length > 0);
  let before = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    assert.ok(before <= edit.start && isWithin(source, edit), 'edits are within the cell and apart');
    before = edit.end;
  }
}

function isWithin(source: string, { start, end }: { start: number; end: number }): boolean {
  return 0 <= start && start <= end && end <= source.length;
}

function assertHelpful(source: string, offset: number): void {
  for (const { replaces } of completions(source, offset, houseColumns)) assert.ok(isWithin(source, replaces));
  const shown = hover(source, offset, houseColumns);
  assert.ok(shown === undefined || isWithin(source, shown));
  for (const place of referencesAt(source, offset)) assert.ok(isWithin(source, place));
  for (const token of semanticTokens(source)) assert.ok(isWithin(source, token));
  for (const entry of outline(source)) assert.ok(isWithin(source, entry));
  for (const range of foldingRanges(source)) assert.ok(isWithin(source, range));
  for (const edit of editLearningRate(source, { value: 1 })) assert.ok(isWithin(source, edit));
  for (const edit of editStart(source, 'w', 1)) assert.ok(isWithin(source, edit));
  renameAt(source, offset, 'new_name');
  signatureHelp(source, offset);
  const spelledOut = spellOutUpdate(source);
  if (spelledOut !== undefined) assertFix(source, spelledOut);
}

describe(`${count} mutated cells`, () => {
  for (let first = 0; first < count; first += batch) {
    it(`${first} to ${Math.min(count, first + batch) - 1}`, () => {
      for (let seed = first; seed < Math.min(count, first + batch); seed += 1) {
        const source = mutatedCell(seed);
        const columns = seed % 2 === 0 ? undefined : houseColumns;
        try {
          assertSound(source, readExperiment(source, columns));
          if (seed % 10 === 0) assertHelpful(source, (seed * 7) % (source.length + 1));
        } catch (cause) {
          throw new Error(`cell ${seed}: ${JSON.stringify(source)}`, { cause });
        }
      }
    }).timeout(hangs);
  }
});
