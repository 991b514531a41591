import { EventEmitter, FileSystemError, FileType, RelativePattern, Uri, workspace } from 'vscode';
import type { ExtensionContext, NotebookDocument } from 'vscode';

import { readTable, type Table } from '../kernel/index.ts';
import { DataFileError, dataPath, decodeText, mayHoldTable, MissingFileError } from './data-path.ts';

interface Known {
  readonly table: Table;
  readonly changed: number;
  readonly size: number;
}

/** More folders than this are not looked into for names to offer. */
const mostFolders = 20;

/** The data files of notebooks: read when a cell needs them, kept while they do not change. */
export class DataFiles {
  readonly #known = new Map<string, Known>();
  readonly #watched = new Set<string>();
  readonly #context: ExtensionContext;
  readonly #didChange = new EventEmitter<Uri>();
  /** A file that was asked for has been made, changed or deleted. */
  readonly onDidChange = this.#didChange.event;

  constructor(context: ExtensionContext) {
    this.#context = context;
    context.subscriptions.push(this.#didChange);
  }

  /**
   * The table in a data file of a notebook.
   * @throws DataFileError when it cannot be read, DataError when it is no table
   */
  async read(notebook: NotebookDocument, name: string): Promise<Table> {
    const file = locate(notebook, name);
    this.#watch(file);
    const { mtime, size } = await findFile(file, name);
    const known = this.#known.get(file.toString());
    if (known?.changed === mtime && known.size === size) return known.table;
    const table = readTable(decodeText(name, await workspace.fs.readFile(file)));
    this.#known.set(file.toString(), { table, changed: mtime, size });
    return table;
  }

  /** The data files of a notebook, as a cell names them: those beside it, then those of the folders beside it. */
  async list(notebook: NotebookDocument): Promise<string[]> {
    const folder = folderOf(notebook);
    if (!folder) return [];
    const entries = await entriesOf(folder);
    const beside = entries.filter(({ isFile }) => isFile).map(({ name }) => name);
    const folders = entries
      .filter(({ isFile, name }) => !isFile && !name.startsWith('.'))
      .slice(0, mostFolders);
    const below = await Promise.all(
      folders.map(async ({ name }) => {
        const inside = await entriesOf(Uri.joinPath(folder, name));
        return inside.filter(({ isFile }) => isFile).map((entry) => `${name}/${entry.name}`);
      }),
    );
    return [...beside, ...below.flat()].filter(mayHoldTable);
  }

  #watch(file: Uri): void {
    if (this.#watched.has(file.toString())) return;
    this.#watched.add(file.toString());
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const pattern = new RelativePattern(Uri.joinPath(file, '..'), name.replace(/[*?[\]{}]/g, '[$&]'));
    const watcher = workspace.createFileSystemWatcher(pattern);
    const tell = () => {
      this.#known.delete(file.toString());
      this.#didChange.fire(file);
    };
    watcher.onDidChange(tell);
    watcher.onDidCreate(tell);
    watcher.onDidDelete(tell);
    this.#context.subscriptions.push(watcher);
  }
}

/** The folder that the data files of a notebook are beside or below. */
function folderOf(notebook: NotebookDocument): Uri | undefined {
  return notebook.isUntitled ? workspace.workspaceFolders?.[0]?.uri : Uri.joinPath(notebook.uri, '..');
}

function locate(notebook: NotebookDocument, name: string): Uri {
  const parts = dataPath(name);
  const folder = folderOf(notebook);
  if (!folder) throw new DataFileError('Save the notebook first: its data files are looked for beside it.');
  return Uri.joinPath(folder, ...parts);
}

async function findFile(file: Uri, name: string): Promise<{ mtime: number; size: number }> {
  try {
    const stat = await workspace.fs.stat(file);
    if ((stat.type & FileType.Directory) === 0) return stat;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'NoPermissions') {
      throw new DataFileError(`"${name}" may not be read: its permissions do not allow it.`);
    }
  }
  throw new MissingFileError(name, await tablesBeside(file));
}

/** The names of the files in the folder of `file` that may hold a table. */
async function tablesBeside(file: Uri): Promise<string[]> {
  const entries = await entriesOf(Uri.joinPath(file, '..'));
  return entries.filter(({ name, isFile }) => isFile && mayHoldTable(name)).map(({ name }) => name);
}

/** The files and folders in a folder, by name; none where it cannot be read. */
async function entriesOf(folder: Uri): Promise<{ name: string; isFile: boolean }[]> {
  try {
    const entries = await workspace.fs.readDirectory(folder);
    return entries
      .map(([name, type]) => ({ name, isFile: (type & FileType.Directory) === 0 }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
