import { NotebookCellOutput, NotebookCellOutputItem } from 'vscode';
import type { NotebookCellExecution } from 'vscode';

import type { Run, Table } from '../kernel/index.ts';
import {
  describeRuns,
  encodePayload,
  limitPayload,
  limitGrowingRuns,
  payloadVersion,
  runMimeType,
  type FigureNotice,
  type ProgressNotice,
  type RunPayload,
} from '../output/index.ts';
import { CellError, toError, type Complaint } from './cell-error.ts';
import type { DataFiles } from './data-files.ts';
import type { CellResult, Results } from './results.ts';
import { runCell } from './run-cell.ts';
import { logOfCell } from './training-log/log-cell.ts';
import { LogRun } from './training-log/log-run.ts';
import type { TrainingLogs } from './training-log/training-logs.ts';
import type { DataReference } from './data-reference.ts';

/** One execution of one cell, from its start to what is shown beneath it. */
export class CellRun {
  readonly #execution: NotebookCellExecution;
  readonly #dataFiles: DataFiles;
  readonly #results: Results;
  readonly #logs: TrainingLogs;
  readonly #post: (notice: FigureNotice) => void;
  /** What the figure of this run is drawn in; kept from the run before so that it changes without a flash. */
  #output: NotebookCellOutput | undefined;
  #isGrowing = false;
  /** What was read of the data file. */
  #table: Table | undefined;

  constructor(
    execution: NotebookCellExecution,
    dataFiles: DataFiles,
    results: Results,
    logs: TrainingLogs,
    post: (notice: FigureNotice) => void,
  ) {
    this.#execution = execution;
    this.#dataFiles = dataFiles;
    this.#results = results;
    this.#logs = logs;
    this.#post = post;
    const { outputs } = execution.cell;
    this.#output = outputs.length === 1 ? outputs.find(isFigure) : undefined;
  }

  /** Runs the cell; whether the cells behind it may follow. Never rejects. */
  async run(order: number, signal: AbortSignal): Promise<boolean> {
    const execution = this.#execution;
    execution.executionOrder = order;
    execution.start(Date.now());
    const source = execution.cell.document.getText();
    let succeeded = false;
    try {
      succeeded = await this.#computeAndShow(source, order, signal);
    } catch (fault) {
      console.error(fault);
    } finally {
      execution.end(succeeded, Date.now());
    }
    return succeeded || this.#isDeleted;
  }

  async #computeAndShow(source: string, order: number, signal: AbortSignal): Promise<boolean> {
    const { cell } = this.#execution;
    let payload: RunPayload | undefined;
    try {
      const log = logOfCell(source);
      if (log) return await this.#readLog(log, source, signal);
      this.#logs.follower.forget(cell);
      payload = await this.#compute(source, signal);
    } catch (error) {
      await this.#showFailure(error, source, order);
      return false;
    }
    this.#results.set(cell, payload && { source, runs: payload.runs, complaints: [], ...this.#data });
    if (payload) await this.#show(payload);
    else await this.#execution.clearOutput();
    return !signal.aborted;
  }

  /** Reads and shows a training log, which is read again when it changes. */
  async #readLog(reference: DataReference, source: string, signal: AbortSignal): Promise<boolean> {
    const { cell } = this.#execution;
    const log = await new LogRun(this.#execution, this.#logs, reference, this.#post).run(signal);
    if (!log) return false;
    this.#results.set(cell, { source, runs: [], log: log.curves, complaints: [] });
    this.#logs.follower.follow(cell, source, log.file, log.took);
    return true;
  }

  #compute(source: string, signal: AbortSignal): Promise<RunPayload | undefined> {
    const { cell } = this.#execution;
    const id = cell.document.uri.toString();
    const began = performance.now();
    return runCell(source, {
      cell: id,
      signal,
      readTable: async (name) => (this.#table = await this.#dataFiles.read(cell.notebook, name)),
      onProgress: (runs, stepsTotal) => {
        const left = secondsLeft(runs, stepsTotal, performance.now() - began);
        this.#grow({ type: 'progress', cell: id, runs: limitGrowingRuns(runs), stepsTotal, ...left }, source);
      },
    });
  }

  /** Shows a figure that grows with the first notice, and tells it of the runs by messages after that. */
  #grow(notice: ProgressNotice, source: string): void {
    if (this.#isGrowing) {
      this.#post(notice);
      return;
    }
    this.#isGrowing = true;
    const { cell, runs } = notice;
    void this.#show({ version: payloadVersion, cell, source, state: 'running', runs });
  }

  get #data(): Pick<CellResult, 'table'> {
    return this.#table === undefined ? {} : { table: this.#table };
  }

  get #isDeleted(): boolean {
    return this.#execution.cell.index < 0;
  }

  async #show(payload: RunPayload): Promise<void> {
    if (this.#isDeleted) return;
    const items = [
      NotebookCellOutputItem.text(encodePayload(limitPayload(payload)), runMimeType),
      NotebookCellOutputItem.text(
        payload.state === 'running' ? 'Running.' : describeRuns(payload.runs),
        'text/plain',
      ),
    ];
    if (this.#output) {
      await this.#execution.replaceOutputItems(items, this.#output);
      return;
    }
    this.#output = new NotebookCellOutput(items);
    await this.#execution.replaceOutput(this.#output);
  }

  async #showFailure(failure: unknown, source: string, order: number): Promise<void> {
    const { cell } = this.#execution;
    const complaints = failure instanceof CellError ? failure.complaints : [faultOf(failure)];
    this.#results.set(cell, { source, runs: [], complaints, ...this.#data });
    if (this.#isDeleted) return;
    const error = toError(source, complaints, order);
    await this.#execution.replaceOutput(new NotebookCellOutput([NotebookCellOutputItem.error(error)]));
  }
}

function isFigure(output: NotebookCellOutput): boolean {
  return output.items.some(({ mime }) => mime === runMimeType);
}

/** How long the rest takes when it goes as fast as what is done. */
function secondsLeft(
  runs: readonly Run[],
  stepsTotal: number,
  milliseconds: number,
): Pick<ProgressNotice, 'secondsLeft'> {
  const done = runs.reduce((sum, { stepsTaken }) => sum + stepsTaken, 0);
  return done === 0 ? {} : { secondsLeft: ((stepsTotal - done) / done) * (milliseconds / 1000) };
}

/** A fault of ours, without the stack that no learner can read. */
function faultOf(failure: unknown): Complaint {
  console.error(failure);
  const reason = failure instanceof Error ? failure.message : String(failure);
  return {
    message: `This cell could not be run, by a fault of the extension: ${reason}`,
    start: 0,
    end: 0,
  };
}
