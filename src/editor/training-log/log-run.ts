import { NotebookCellOutput, NotebookCellOutputItem } from 'vscode';
import type { NotebookCellExecution } from 'vscode';

import { LogError } from '../../logs/index.ts';
import {
  describeLog,
  encodeLog,
  logMimeType,
  logPayloadVersion,
  type FigureNotice,
  type LogPayload,
} from '../../output/index.ts';
import { CellError } from '../cell-error.ts';
import { DataFileError } from '../data-path.ts';
import type { DataReference } from '../data-reference.ts';
import type { ReadLog, TrainingLogs } from './training-logs.ts';

/** What is read in less time shows no progress, in milliseconds. */
const patience = 300;
/** Between two pieces of news of the progress, in milliseconds. */
const pause = 100;

/** One reading of the training log that a cell names, from its start to what is shown beneath the cell. */
export class LogRun {
  readonly #execution: NotebookCellExecution;
  readonly #logs: TrainingLogs;
  readonly #post: (notice: FigureNotice) => void;
  readonly #reference: DataReference;
  /** What the figure is drawn in; kept from the reading before so that it changes without a flash. */
  #output: NotebookCellOutput | undefined;
  #isDrawn: boolean;
  #done = { bytes: 0, bytesTotal: 0 };
  #nextNews = performance.now() + patience;

  constructor(
    execution: NotebookCellExecution,
    logs: TrainingLogs,
    reference: DataReference,
    post: (notice: FigureNotice) => void,
  ) {
    this.#execution = execution;
    this.#logs = logs;
    this.#reference = reference;
    this.#post = post;
    const { outputs } = execution.cell;
    this.#output = outputs.length === 1 ? outputs.find(isLogFigure) : undefined;
    this.#isDrawn = this.#output !== undefined;
  }

  /**
   * Reads and shows the log; undefined where a person stopped that.
   * @throws CellError when there is no log to show
   */
  async run(signal: AbortSignal): Promise<ReadLog | undefined> {
    try {
      const log = await this.#logs.read(this.#execution.cell.notebook, this.#reference.name, {
        signal,
        onProgress: (bytes, bytesTotal) => {
          this.#tell(bytes, bytesTotal);
        },
      });
      await this.#show({ state: 'complete', bytes: log.size, bytesTotal: log.size, ...pick(log) });
      return log;
    } catch (error) {
      if (signal.aborted) {
        await this.#showStopped();
        return undefined;
      }
      if (!(error instanceof LogError || error instanceof DataFileError)) throw error;
      const { start, end } = this.#reference;
      throw new CellError([{ message: error.message, start, end }]);
    }
  }

  get #cell(): string {
    return this.#execution.cell.document.uri.toString();
  }

  /** Tells a figure that is there how far the reading has come; without one, a figure that says so is shown first. */
  #tell(bytes: number, bytesTotal: number): void {
    this.#done = { bytes, bytesTotal };
    if (performance.now() < this.#nextNews) return;
    this.#nextNews = performance.now() + pause;
    if (this.#output) {
      this.#post({ type: 'reading', cell: this.#cell, bytes, bytesTotal });
      return;
    }
    void this.#show({ state: 'reading', ...this.#done, curves: [], curvesLeftOut: 0 });
  }

  /** What is drawn from the reading before stays. */
  async #showStopped(): Promise<void> {
    const { bytes, bytesTotal } = this.#done;
    if (this.#isDrawn) this.#post({ type: 'reading', cell: this.#cell, bytes: bytesTotal, bytesTotal });
    else await this.#show({ state: 'stopped', bytes, bytesTotal, curves: [], curvesLeftOut: 0 });
  }

  async #show(shown: Omit<LogPayload, 'version' | 'cell' | 'file'>): Promise<void> {
    if (this.#execution.cell.index < 0) return;
    const file = this.#reference.name;
    const payload: LogPayload = { version: logPayloadVersion, cell: this.#cell, file, ...shown };
    const items = [
      NotebookCellOutputItem.text(encodeLog(payload), logMimeType),
      NotebookCellOutputItem.text(describeLog(payload), 'text/plain'),
    ];
    if (this.#output) {
      await this.#execution.replaceOutputItems(items, this.#output);
      return;
    }
    this.#output = new NotebookCellOutput(items);
    await this.#execution.replaceOutput(this.#output);
  }
}

function pick({ curves, curvesLeftOut }: ReadLog): Pick<LogPayload, 'curves' | 'curvesLeftOut'> {
  return { curves, curvesLeftOut };
}

function isLogFigure(output: NotebookCellOutput): boolean {
  return output.items.some(({ mime }) => mime === logMimeType);
}
