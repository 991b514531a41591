import { thinRun, type Run, type Table } from '../kernel/index.ts';
import type { RunPayload } from './payload.ts';

/** What the records of all runs may hold together: a million numbers, 8 MB. */
const mostRecordedNumbers = 1_000_000;
/** More entries than this no screen shows and no scrubbing finds. */
const mostEntries = 20_000;
/** While runs grow they are sent again and again: 800 kB at most, and no finer than a figure is wide. */
const mostGrowingNumbers = 100_000;
const mostGrowingEntries = 2000;
/** What the columns may hold together to be sent: a quarter of a million numbers, 2 MB. */
const mostTableNumbers = 250_000;

/** The payload made small enough to send: long runs are thinned by keeping extremes, a large table is left out. */
export function limitPayload(payload: RunPayload): RunPayload {
  const { table, ...rest } = payload;
  return {
    ...rest,
    runs: limitRuns(payload.runs, mostRecordedNumbers, mostEntries),
    ...(table && isSendable(table) ? { table } : {}),
  };
}

/** Runs small enough to send several times a second while they grow. */
export function limitGrowingRuns(runs: readonly Run[]): readonly Run[] {
  return limitRuns(runs, mostGrowingNumbers, mostGrowingEntries);
}

function limitRuns(runs: readonly Run[], mostNumbers: number, most: number): readonly Run[] {
  const columns = runs.reduce((sum, run) => sum + columnCount(run), 0);
  const entries = Math.min(most, Math.floor(mostNumbers / Math.max(1, columns)));
  return runs.map((run) => thinRun(run, entries));
}

/** Whether a table is small enough to send; a figure without it cannot run the experiment by itself. */
export function isSendable(table: Table): boolean {
  return table.rows * table.columns.size <= mostTableNumbers;
}

function columnCount(run: Run): number {
  const optional = [run.batchLoss, run.validationLoss].filter((column) => column !== undefined);
  return 4 + optional.length + Object.keys(run.parameters).length;
}
