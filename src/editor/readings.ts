import { EventEmitter, workspace } from 'vscode';
import type { ExtensionContext, NotebookCell, TextDocument } from 'vscode';

import { isSendable } from '../output/index.ts';
import type { DataFiles } from './dataFiles.ts';
import { DataFileError } from './dataPath.ts';
import { understand, type Understanding } from './understanding.ts';

interface Reading {
  readonly version: number;
  readonly understanding: Promise<Understanding>;
}

/** What is known of each cell as it is now; all language features ask here. */
export class Readings {
  readonly #dataFiles: DataFiles;
  readonly #latest = new Map<TextDocument, Reading>();
  readonly #didChange = new EventEmitter<TextDocument>();
  /** What a text means has changed without the text, since its data file has. */
  readonly onDidChange = this.#didChange.event;

  constructor(context: ExtensionContext, dataFiles: DataFiles) {
    this.#dataFiles = dataFiles;
    context.subscriptions.push(
      this.#didChange,
      workspace.onDidCloseTextDocument((document) => this.#latest.delete(document)),
      dataFiles.onDidChange(() => {
        const documents = [...this.#latest.keys()];
        this.#latest.clear();
        for (const document of documents) this.#didChange.fire(document);
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
    // What a figure may hold is small enough to be prepared while one types.
    const understanding = understand(document.getText(), readTable, isSendable);
    this.#latest.set(document, { version: document.version, understanding });
    return understanding;
  }
}

/** The cell whose text a document is. */
export function cellOf(document: TextDocument): NotebookCell | undefined {
  return workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find((cell) => cell.document === document);
}
