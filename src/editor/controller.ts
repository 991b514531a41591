import { NotebookCellKind, notebooks, workspace } from 'vscode';
import type {
  ExtensionContext,
  NotebookCell,
  NotebookCellExecution,
  NotebookDocument,
  NotebookRendererMessaging,
} from 'vscode';

import { lessonLanguage } from '../lesson/index.ts';
import { encodeNotice, type FigureNotice } from '../output/index.ts';
import type { DataFiles } from './data-files.ts';
import { CellRun } from './execution.ts';
import { CellQueue, type Request } from './queue.ts';
import type { Results } from './results.ts';
import { notebookType } from './serializer.ts';
import type { TrainingLogs } from './training-log/training-logs.ts';

/** The id of the one controller, for `notebook.selectKernel`. */
export const controllerId = 'gdnb';

/** Runs the cells of lessons: one controller, one queue for each notebook. */
export class LessonController {
  readonly #dataFiles: DataFiles;
  readonly #figures: NotebookRendererMessaging;
  readonly #results: Results;
  readonly #logs: TrainingLogs;
  readonly #controller = notebooks.createNotebookController(controllerId, notebookType, 'Gradient Descent');
  readonly #queues = new Map<NotebookDocument, CellQueue<NotebookCell, NotebookCellExecution>>();
  readonly #orders = new WeakMap<NotebookDocument, number>();
  readonly #selected = new WeakSet<NotebookDocument>();

  constructor(
    context: ExtensionContext,
    dataFiles: DataFiles,
    figures: NotebookRendererMessaging,
    results: Results,
    logs: TrainingLogs,
  ) {
    this.#dataFiles = dataFiles;
    this.#figures = figures;
    this.#results = results;
    this.#logs = logs;
    this.#controller.supportedLanguages = [lessonLanguage];
    this.#controller.supportsExecutionOrder = true;
    this.#controller.description = 'Runs the cells of a lesson';
    // No interrupt handler: with one, Stop would not tell the executions which of them is meant.
    this.#controller.executeHandler = (cells, notebook) => this.run(notebook, cells);
    context.subscriptions.push(
      this.#controller,
      this.#controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
        if (selected) this.#selected.add(notebook);
        else this.#selected.delete(notebook);
      }),
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        const removed = contentChanges.flatMap(({ removedCells }) => removedCells);
        for (const cell of removed) if (cell.index < 0) this.#queues.get(notebook)?.cancel(cell);
      }),
      logs.follower.onIsDue((cell) => void this.run(cell.notebook, [cell], { goOn: true })),
      workspace.onDidCloseNotebookDocument((notebook) => {
        this.#queues.get(notebook)?.cancelAll();
        this.#queues.delete(notebook);
      }),
    );
  }

  /** This controller has been chosen for a notebook, or is no longer. */
  readonly onDidSelect = this.#controller.onDidChangeSelectedNotebooks;

  /** Whether this controller has been chosen for the notebook; without that no cell can run. */
  isSelectedFor(notebook: NotebookDocument): boolean {
    return this.#selected.has(notebook);
  }

  /** Queues cells of a notebook; resolves when the queue has run dry. */
  run(notebook: NotebookDocument, cells: readonly NotebookCell[], request?: Request): Promise<void> {
    return this.#queueOf(notebook).add(cells.filter(isRunnable), request);
  }

  #queueOf(notebook: NotebookDocument): CellQueue<NotebookCell, NotebookCellExecution> {
    const known = this.#queues.get(notebook);
    if (known) return known;
    const queue = new CellQueue<NotebookCell, NotebookCellExecution>({
      announce: (cell): NotebookCellExecution | undefined => this.#announce(cell, queue),
      run: (execution, signal) => this.#run(notebook, execution, signal),
      withdraw: (execution) => {
        execution.end(undefined);
      },
    });
    this.#queues.set(notebook, queue);
    return queue;
  }

  #announce(
    cell: NotebookCell,
    queue: CellQueue<NotebookCell, NotebookCellExecution>,
  ): NotebookCellExecution | undefined {
    if (cell.index < 0 || cell.notebook.isClosed) return undefined;
    const execution = this.#controller.createNotebookCellExecution(cell);
    execution.token.onCancellationRequested(() => {
      queue.cancel(cell);
    });
    return execution;
  }

  #run(notebook: NotebookDocument, execution: NotebookCellExecution, signal: AbortSignal): Promise<boolean> {
    const order = (this.#orders.get(notebook) ?? 0) + 1;
    this.#orders.set(notebook, order);
    const post = (notice: FigureNotice) => void this.#figures.postMessage(encodeNotice(notice));
    return new CellRun(execution, this.#dataFiles, this.#results, this.#logs, post).run(order, signal);
  }
}

function isRunnable(cell: NotebookCell): boolean {
  return cell.kind === NotebookCellKind.Code && cell.document.languageId === lessonLanguage;
}
