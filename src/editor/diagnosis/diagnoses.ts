import { EventEmitter } from 'vscode';
import type { ExtensionContext, NotebookCell } from 'vscode';

import type { RunDiagnosis } from '../../output/index.ts';
import type { Results } from '../results.ts';

/** What was found of the latest run of a cell. */
export interface CellDiagnosis {
  /** The text that ran. */
  readonly source: string;
  /** One for each run, those that need help first. */
  readonly diagnoses: readonly RunDiagnosis[];
}

/** The diagnoses of cells, each until its cell runs again. */
export class Diagnoses {
  readonly #latest = new WeakMap<NotebookCell, CellDiagnosis>();
  readonly #didChange = new EventEmitter<NotebookCell>();
  readonly onDidChange = this.#didChange.event;

  constructor(context: ExtensionContext, results: Results) {
    context.subscriptions.push(
      this.#didChange,
      results.onDidChange((cell) => {
        if (this.#latest.delete(cell)) this.#didChange.fire(cell);
      }),
    );
  }

  of(cell: NotebookCell): CellDiagnosis | undefined {
    return this.#latest.get(cell);
  }

  set(cell: NotebookCell, diagnosis: CellDiagnosis): void {
    this.#latest.set(cell, diagnosis);
    this.#didChange.fire(cell);
  }
}
