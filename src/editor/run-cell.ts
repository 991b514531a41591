import { descend, landscape, type Program, type Run, type Table } from '../kernel/index.ts';
import { isSendable, payloadVersion, type LandscapeGrid, type RunPayload } from '../output/index.ts';
import { CellError } from './cell-error.ts';
import { fitSample } from './fit-sample.ts';
import { understand } from './understanding.ts';
import { usedColumns } from './used-columns.ts';

/** What a cell's run needs of the world. */
export interface Surroundings {
  /** What stays the same when the cell runs again. */
  readonly cell: string;
  /** @throws DataFileError, DataError */
  readonly readTable: (name: string) => Promise<Table>;
  /** Told every moment, with the runs so far and how many updates all runs will have together. */
  readonly onProgress: (runs: readonly Run[], stepsTotal: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs the experiment that a cell describes; undefined for a cell that says nothing, and where the signal aborts before
 * anything ran. When it aborts later, the runs so far come back, the last with the outcome 'stopped'.
 *
 * @throws CellError when the cell or its data do not make an experiment
 */
export async function runCell(source: string, surroundings: Surroundings): Promise<RunPayload | undefined> {
  const { signal, cell } = surroundings;
  const understanding = await unlessAborted(understand(source, surroundings.readTable), signal);
  if (!understanding) return undefined;
  const { faults, program } = understanding;
  const errors = faults.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new CellError(errors);
  if (!program) return undefined;
  const stepsTotal = program.runs.reduce((sum, { settings }) => sum + settings.steps, 0);
  const runs = await descend(program, {
    signal,
    onProgress: (soFar) => {
      surroundings.onProgress(soFar, stepsTotal);
    },
  });
  if (runs.length === 0) return undefined;
  const grid = await landscapeOf(program, runs, signal);
  return {
    version: payloadVersion,
    cell,
    source,
    state: 'complete',
    runs,
    ...dataOf(program, runs),
    ...(grid ? { landscape: grid } : {}),
  };
}

/** What a promise gives, or undefined as soon as the signal aborts: a large file is read by itself to its end. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(undefined);
    });
    if (signal.aborted) resolve(undefined);
  });
  return Promise.race([work, aborted]);
}

/** The data for the figure to run the experiment by itself, else a picture of the fit. */
function dataOf(program: Program, [run]: readonly Run[]): Pick<RunPayload, 'table' | 'fit'> {
  if (!program.table) return {};
  const table = usedColumns(program.experiment, program.table);
  if (isSendable(table)) return { table };
  const fit = run && fitSample(program, run);
  return fit ? { fit } : {};
}

/** None where it was stopped: the runs are worth showing without it. */
async function landscapeOf(
  program: Program,
  runs: readonly Run[],
  signal: AbortSignal,
): Promise<LandscapeGrid | undefined> {
  try {
    return await landscape(program, { runs, signal });
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
