import { EventEmitter } from 'vscode';
import type { NotebookCell } from 'vscode';

import type { Run, Table } from '../kernel/index.ts';
import type { JudgedCurve } from '../output/index.ts';
import type { Complaint } from './cell-error.ts';

/** What became of the latest run of a cell. */
export interface CellResult {
  /** The text that ran. */
  readonly source: string;
  readonly runs: readonly Run[];
  /** The curves of the training log that it shows in place of runs. */
  readonly log?: readonly JudgedCurve[];
  /** What its data file held. */
  readonly table?: Table;
  /** Why the cell could not be run. */
  readonly complaints: readonly Complaint[];
}

/** The latest result of each cell, for what is shown around it. */
export class Results {
  readonly #latest = new WeakMap<NotebookCell, CellResult>();
  readonly #didChange = new EventEmitter<NotebookCell>();
  readonly onDidChange = this.#didChange.event;

  of(cell: NotebookCell): CellResult | undefined {
    return this.#latest.get(cell);
  }

  set(cell: NotebookCell, result: CellResult | undefined): void {
    if (result) this.#latest.set(cell, result);
    else this.#latest.delete(cell);
    this.#didChange.fire(cell);
  }
}
