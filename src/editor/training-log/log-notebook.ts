import { TabInputNotebook, Uri, window, workspace } from 'vscode';
import type { ExtensionContext, NotebookDocument, NotebookEditor } from 'vscode';

import { bytesId } from '../../lesson/index.ts';
import type { DataFiles } from '../data-files.ts';
import { logOfCell } from './log-cell.ts';

/** A name is made of the first so many characters of a pasted log, and of its length. */
const namedBy = 65_536;
const pastedName = 'pasted-log.txt';

/** A log whose file cannot be named in a cell. The message says what to do. */
export class UnnameableError extends Error {
  override readonly name = 'UnnameableError';
}

/**
 * The notebooks about logs, which the extension keeps: a person's folder is left as it is until they save the notebook
 * where they want it. A notebook here finds its log in the log's own folder, by the same name that it has beside it,
 * so that it works as it is when it is saved there.
 */
export class LogNotebooks {
  readonly #context: ExtensionContext;
  readonly #dataFiles: DataFiles;

  constructor(context: ExtensionContext, dataFiles: DataFiles) {
    this.#context = context;
    this.#dataFiles = dataFiles;
  }

  /**
   * Opens the notebook about a log in a file; the one that is there, with what a person wrote in it, if there is one.
   * @throws UnnameableError
   */
  async openForFile(log: Uri): Promise<NotebookEditor> {
    const name = baseName(log);
    const text = notebookText(asProse(name), name);
    const notebook = Uri.joinPath(this.#folder(log.toString()), `${stem(name)}.gdnb`);
    await writeOnce(notebook, text);
    await this.#dataFiles.setFolder(notebook, Uri.joinPath(log, '..'));
    return show(notebook);
  }

  /** Keeps a text that has no file, and opens the notebook about it beside it. */
  async openForText(text: string): Promise<NotebookEditor> {
    const folder = this.#folder(`${text.length} ${text.slice(0, namedBy)}`);
    await workspace.fs.writeFile(Uri.joinPath(folder, pastedName), new TextEncoder().encode(text));
    const notebook = Uri.joinPath(folder, 'pasted-log.gdnb');
    await writeOnce(notebook, notebookText('Pasted training log', pastedName));
    return show(notebook);
  }

  #folder(key: string): Uri {
    const id = bytesId(new TextEncoder().encode(key));
    return Uri.joinPath(this.#context.globalStorageUri, 'logs', id);
  }
}

function notebookText(title: string, name: string): string {
  const quote = name.includes('"') ? "'" : '"';
  const cell = `training_log = ${quote}${name}${quote}`;
  if (logOfCell(cell)?.name !== name) {
    throw new UnnameableError(
      `A cell cannot name the file "${name}": rename it, with letters, digits, dots and dashes.`,
    );
  }
  return [
    `# ${title}`,
    '',
    'What the log of this run shows, drawn again whenever it grows. ' +
      'The extension keeps this notebook; save it beside the log (**File > Save As**) to keep it with your project.',
    '',
    '```gd',
    cell,
    '```',
    '',
  ].join('\n');
}

/** A name as Markdown that shows it as it is. */
function asProse(name: string): string {
  return name.replace(/[\\`*[\]<>&]/g, '\\$&');
}

/** Writes a file unless it is there: what a person wrote in it stays. */
async function writeOnce(file: Uri, text: string): Promise<void> {
  try {
    await workspace.fs.stat(file);
  } catch {
    await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  }
}

/** Shows a notebook where it is open already, or else in the active group. */
async function show(file: Uri): Promise<NotebookEditor> {
  const notebook: NotebookDocument = await workspace.openNotebookDocument(file);
  const group = window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputNotebook && input.uri.toString() === file.toString()),
  );
  return window.showNotebookDocument(notebook, group ? { viewColumn: group.viewColumn } : {});
}

function baseName({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A file's name without its extension. */
function stem(name: string): string {
  return name.replace(/(?<=.)\.[^.]*$/, '');
}
