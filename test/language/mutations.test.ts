import assert from 'node:assert/strict';
import {
  completions,
  foldingRanges,
  hover,
  outline,
  readExperiment,
  referencesAt,
  renameAt,
  semanticTokens,
  signatureHelp,
  spellOutUpdate,
  learningRatePlaces,
  type Problem,
} from '../../src/language/index.ts';
import { ExperimentError, prepare, type Experiment, type PreparedRun } from '../../src/kernel/index.ts';
import { Descent } from '../../src/kernel/descent.ts';
import { houses } from '../renderer/cells.ts';
import { assertMends } from './assert-mends.ts';
import { applyFix } from './edits.ts';
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
  for (const place of learningRatePlaces(source)) assert.ok(isWithin(source, place));
  renameAt(source, offset, 'new_name');
  signatureHelp(source, offset);
  const spelledOut = spellOutUpdate(source, houseColumns);
  if (spelledOut === undefined) return;
  assertFix(source, spelledOut);
  assert.ok(readExperiment(applyFix(source, spelledOut), houseColumns).experiment !== undefined);
}

/** So far a sound cell is run: in slices of so many rows, of which it takes so many. */
const rowsPerSlice = 20_000;
const mostSlices = 6;

/** What was read without errors runs, or its data cannot serve it; no slice of it goes on much longer than it may. */
function assertRuns(source: string, experiment: Experiment): void {
  if (experiment.trainingLog !== undefined) return;
  const run = preparedRun(source, experiment);
  if (run === undefined) return;
  const pace = { rows: rowsPerSlice, spent: 0 };
  const slices = new Descent(run).slices(pace);
  for (let slice = 0; slice < mostSlices && slices.next().done !== true; slice += 1) {
    assert.ok(pace.spent <= 2 * rowsPerSlice, `a slice of ${pace.spent} rows`);
    pace.spent = 0;
  }
}

function preparedRun(source: string, experiment: Experiment): PreparedRun | undefined {
  try {
    return prepare(experiment, experiment.data === undefined ? undefined : houses).runs[0];
  } catch (error) {
    assert.ok(error instanceof ExperimentError, String(error));
    assert.ok(isWithin(source, error));
    return undefined;
  }
}

describe(`${count} mutated cells`, () => {
  for (let first = 0; first < count; first += batch) {
    it(`${first} to ${Math.min(count, first + batch) - 1}`, () => {
      for (let seed = first; seed < Math.min(count, first + batch); seed += 1) {
        const source = mutatedCell(seed);
        const columns = seed % 2 === 0 ? undefined : houseColumns;
        try {
          const reading = readExperiment(source, columns);
          assertSound(source, reading);
          assertMends(source, reading.problems, columns);
          if (reading.experiment) assertRuns(source, reading.experiment);
          if (seed % 10 === 0) assertHelpful(source, (seed * 7) % (source.length + 1));
        } catch (cause) {
          throw new Error(`cell ${seed}: ${JSON.stringify(source)}`, { cause });
        }
      }
    }).timeout(hangs);
  }
});
