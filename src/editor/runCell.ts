import { DataError, descend, ExperimentError, landscape, prepare } from '../kernel/index.ts';
import type { Experiment, Program, Run, Span, Table } from '../kernel/index.ts';
import { readExperiment } from '../language/index.ts';
import { isSendable, payloadVersion, type LandscapeGrid, type RunPayload } from '../output/index.ts';
import { CellError, type Complaint } from './cellError.ts';
import { DataFileError } from './dataPath.ts';
import { findDataReference } from './dataReference.ts';
import { fitSample } from './fitSample.ts';
import { usedColumns } from './usedColumns.ts';

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
 * Runs the experiment that a cell describes; undefined for a cell that says nothing. When the signal aborts, the
 * runs so far come back, the last with the outcome 'stopped'.
 *
 * @throws CellError when the cell or its data do not make an experiment
 */
export async function runCell(source: string, surroundings: Surroundings): Promise<RunPayload | undefined> {
  if (source.trim() === '') return undefined;
  const { experiment, table } = await readCell(source, surroundings);
  const program = prepareCell(experiment, table);
  const stepsTotal = program.runs.reduce((sum, { settings }) => sum + settings.steps, 0);
  const { signal, cell } = surroundings;
  const runs = await descend(program, {
    signal,
    onProgress: (soFar) => {
      surroundings.onProgress(soFar, stepsTotal);
    },
  });
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

/** Reads a cell and its data file. All that is wrong with them is told at once. */
async function readCell(
  source: string,
  { readTable }: Surroundings,
): Promise<{ experiment: Experiment; table?: Table }> {
  const reference = findDataReference(source);
  if (!reference) return { experiment: soundExperiment(source) };
  let table: Table;
  try {
    table = await readTable(reference.name);
  } catch (error) {
    throw new CellError([complaintOf(error, reference), ...errorsOf(readExperiment(source))]);
  }
  return { experiment: soundExperiment(source, [...table.columns.keys()]), table };
}

function soundExperiment(source: string, columns?: string[]): Experiment {
  const reading = readExperiment(source, columns);
  const errors = errorsOf(reading);
  if (reading.experiment && errors.length === 0) return reading.experiment;
  throw new CellError(errors);
}

function errorsOf({ problems }: ReturnType<typeof readExperiment>): Complaint[] {
  return problems.filter(({ severity }) => severity === 'error');
}

function prepareCell(experiment: Experiment, table: Table | undefined): Program {
  try {
    return prepare(experiment, table);
  } catch (error) {
    if (error instanceof ExperimentError) throw new CellError([error]);
    throw error;
  }
}

function complaintOf(error: unknown, place: Span): Complaint {
  if (!(error instanceof DataFileError || error instanceof DataError)) throw error;
  return { message: error.message, start: place.start, end: place.end };
}
