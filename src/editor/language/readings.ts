import { EventEmitter, workspace } from 'vscode';
import type { ExtensionContext, NotebookCell, Position, TextDocument } from 'vscode';

import type { Table } from '../../kernel/index.ts';
import { isSendable } from '../../output/index.ts';
import type { DataFiles } from '../data-files.ts';
import { DataFileError } from '../data-path.ts';
import { understand, type Understanding } from '../understanding.ts';

interface Reading {
  readonly version: number;
  readonly understanding: Promise<Understanding>;
}

/** A place in the text of a cell. */
export interface Place {
  readonly source: string;
  /** In UTF-16 units. */
  readonly offset: number;
  readonly columns: readonly string[] | undefined;
}

/** What is known of each cell as it is now; all language features ask here. */
export class Readings {
  readonly #dataFiles: DataFiles;
  readonly #latest = new Map<TextDocument, Reading>();
  readonly #didChange = new EventEmitter<TextDocument>();
  /** What is known of a text has changed without the text: its data file has, or trust was granted. */
  readonly onDidChange = this.#didChange.event;

  constructor(context: ExtensionContext, dataFiles: DataFiles) {
    this.#dataFiles = dataFiles;
    context.subscriptions.push(
      this.#didChange,
      workspace.onDidCloseTextDocument((document) => this.#latest.delete(document)),
      dataFiles.onDidChange(() => {
        this.#forget();
      }),
      workspace.onDidGrantWorkspaceTrust(() => {
        this.#forget();
      }),
    );
  }

  of(document: TextDocument): Promise<Understanding> {
    const known = this.#latest.get(document);
    if (known?.version === document.version) return known.understanding;
    const notebook = cellOf(document)?.notebook;
    const readTable = (name: string) =>
      notebook
        ? this.#dataFiles.read(notebook, name)
        : Promise.reject(new DataFileError('Data files are read for the cells of a notebook only.'));
    const findLog = (name: string) =>
      notebook ? this.#dataFiles.findLog(notebook, name) : Promise.resolve();
    const understanding = understand(document.getText(), readTable, mayPrepare, findLog);
    this.#latest.set(document, { version: document.version, understanding });
    return understanding;
  }

  /** What the pure functions of the language ask for, as it is at the time of the call. */
  async at(document: TextDocument, position: Position): Promise<Place> {
    const source = document.getText();
    const offset = document.offsetAt(position);
    const { columns } = await this.of(document);
    return { source, offset, columns };
  }

  #forget(): void {
    const documents = [...this.#latest.keys()];
    this.#latest.clear();
    for (const document of documents) this.#didChange.fire(document);
  }
}

/** Without trust nothing is computed; and what a figure may hold is small enough to be prepared while one types. */
function mayPrepare(table: Table | undefined): boolean {
  return workspace.isTrusted && (table === undefined || isSendable(table));
}

/** The cell whose text a document is. */
export function cellOf(document: TextDocument): NotebookCell | undefined {
  return cells().find((cell) => cell.document === document);
}

/** The cell whose text has an address. */
export function cellOfAddress(address: string): NotebookCell | undefined {
  return cells().find(({ document }) => document.uri.toString() === address);
}

function cells(): NotebookCell[] {
  return workspace.notebookDocuments.flatMap((notebook) => notebook.getCells());
}
