import {
  DataError,
  ExperimentError,
  prepareGivingWay,
  readColumns,
  type Program,
  type Span,
  type Table,
} from '../kernel/index.ts';
import { readExperiment, type Problem } from '../language/index.ts';
import { DataFileError, MissingFileError } from './data-path.ts';
import { findDataReference, findLogReference, type DataReference } from './data-reference.ts';
import { namesIn } from './used-columns.ts';

/** Something that is wrong with a cell, by its text alone or together with its data. */
export interface Fault extends Omit<Problem, 'code'> {
  readonly code: string;
}

/** All that is known of a cell's text. */
export interface Understanding {
  readonly source: string;
  readonly faults: readonly Fault[];
  /** The columns of its data file, where they are known. */
  readonly columns?: readonly string[];
  /** Absent where the cell has errors or says nothing, or where no program was wanted. */
  readonly program?: Program;
}

/** What is asked of the files of a cell. */
type FindLog = (name: string) => Promise<unknown>;

/**
 * Reads a cell: its text, its data file, and how the two go together.
 *
 * @param mayPrepare whether a program may be made of it, given its table; it may, unless told
 * @param findLog looks for a training log; throws DataFileError
 */
export async function understand(
  source: string,
  readTable: (name: string) => Promise<Table>,
  mayPrepare: (table: Table | undefined) => boolean = () => true,
  findLog: FindLog = () => Promise.resolve(),
): Promise<Understanding> {
  const reference = findDataReference(source);
  const { table, fault } = reference ? await readData(reference, readTable) : {};
  const columns = table && [...table.columns.keys()];
  const { experiment, problems } = readExperiment(source, columns, table?.rows);
  const faults: Fault[] = [
    ...(fault ? [fault] : []),
    ...problems.filter(({ code }) => code !== 'empty-cell'),
  ];
  const known = { source, ...(columns ? { columns } : {}) };
  if (experiment?.trainingLog !== undefined) {
    return { ...known, faults: [...faults, ...(await faultsOfLog(source, findLog))] };
  }
  const isReady = (reference === undefined || table !== undefined) && mayPrepare(table);
  if (!experiment || !isReady) return { ...known, faults };
  if (table) await readColumns(table, namesIn(experiment));
  try {
    const program = await prepareGivingWay(experiment, table);
    return { ...known, faults, ...(program && { program }) };
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    return { ...known, faults: [...faults, faultAt(error, error.message, 'data')] };
  }
}

async function readData(
  reference: DataReference,
  readTable: (name: string) => Promise<Table>,
): Promise<{ table?: Table; fault?: Fault }> {
  try {
    return { table: await readTable(reference.name) };
  } catch (error) {
    if (error instanceof DataError) return { fault: faultAt(reference, error.message, 'data') };
    return { fault: faultOfFile(reference, error) };
  }
}

async function faultsOfLog(source: string, findLog: FindLog): Promise<Fault[]> {
  const reference = findLogReference(source);
  if (!reference) return [];
  try {
    await findLog(reference.name);
    return [];
  } catch (error) {
    return [faultOfFile(reference, error)];
  }
}

/** @throws what is no fault of the file */
function faultOfFile(reference: DataReference, error: unknown): Fault {
  if (!(error instanceof DataFileError)) throw error;
  const fault = faultAt(reference, error.message, 'data-file');
  return error instanceof MissingFileError ? withFixes(fault, error.files) : fault;
}

function faultAt({ start, end }: Span, message: string, code: string): Fault {
  return { code, message, severity: 'error', start, end };
}

function withFixes(fault: Fault, files: readonly string[]): Fault {
  const fixes = files.slice(0, 5).map((file) => ({
    title: `Use "${file}"`,
    edits: [{ start: fault.start, end: fault.end, text: `"${file}"` }],
  }));
  return { ...fault, fixes };
}
