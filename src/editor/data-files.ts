import { EventEmitter, FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { ExtensionContext, NotebookDocument } from 'vscode';

import { readTableGivingWay, type Table } from '../kernel/index.ts';
import {
  DataFileError,
  dataPath,
  decodeText,
  mayHoldLog,
  mayHoldTable,
  MissingFileError,
} from './data-path.ts';
import type { KeptState } from './kept-state.ts';
import { watchFile } from './watch-file.ts';

interface Known {
  readonly table: Promise<Table>;
  readonly changed: number;
  readonly size: number;
}

/** The folder that stands for that of a notebook, by the notebook's address. */
type Folders = Readonly<Record<string, string>>;

/** A file that is there. */
export interface FoundFile {
  readonly uri: Uri;
  /** When it last changed, in milliseconds. */
  readonly changed: number;
  /** In bytes. */
  readonly size: number;
}

/** More folders than this are not looked into for names to offer. */
const mostFolders = 20;
/** Where the extension's store keeps which folder stands for that of a notebook. */
const foldersKey = 'gdnb.folders';
/** So many notebooks' folders are kept. */
const mostKept = 200;

/** The data files of notebooks: read when a cell needs them, kept while they do not change. */
export class DataFiles {
  readonly #known = new Map<string, Known>();
  readonly #watched = new Set<string>();
  readonly #watchedLogs = new Set<string>();
  readonly #context: ExtensionContext;
  readonly #state: KeptState;
  readonly #didChange = new EventEmitter<Uri>();
  /** A file that was asked for has been made, changed or deleted. */
  readonly onDidChange = this.#didChange.event;

  constructor(context: ExtensionContext, state: KeptState) {
    this.#context = context;
    this.#state = state;
    context.subscriptions.push(this.#didChange);
  }

  /**
   * The table in a data file of a notebook.
   * @throws DataFileError when it cannot be read, DataError when it is no table
   */
  async read(notebook: NotebookDocument, name: string): Promise<Table> {
    const file = this.locate(notebook, name);
    this.#watch(file);
    const { changed, size } = await findFile(file, name, mayHoldTable);
    const known = this.#known.get(file.toString());
    if (known?.changed === changed && known.size === size) return known.table;
    const table = readFile(file, name);
    this.#known.set(file.toString(), { table, changed, size });
    return table;
  }

  /**
   * The training log that a cell of a notebook names.
   * @throws DataFileError when it is not there
   */
  async findLog(notebook: NotebookDocument, name: string): Promise<FoundFile> {
    const file = this.locate(notebook, name);
    this.#watchExistence(file);
    return findFile(file, name, mayHoldLog);
  }

  /**
   * The file that a cell of a notebook names, be it there or not.
   * @throws DataFileError for a name that leads elsewhere
   */
  locate(notebook: NotebookDocument, name: string): Uri {
    const parts = dataPath(name);
    const folder = this.#folderOf(notebook);
    if (!folder) throw new DataFileError('Save the notebook first: its data files are looked for beside it.');
    return Uri.joinPath(folder, ...parts);
  }

  /** Lets a notebook that the extension keeps find its files in a folder of the person's. */
  async setFolder(notebook: Uri, folder: Uri): Promise<void> {
    await this.#state.change(foldersKey, (folders) => {
      const entries = Object.entries(readFolders(folders)).filter(([key]) => key !== notebook.toString());
      const kept = [...entries, [notebook.toString(), folder.toString()] as const].slice(-mostKept);
      return Object.fromEntries(kept);
    });
  }

  /** The data files and logs of a notebook, as a cell names them: those beside it, then those of the folders there. */
  async list(notebook: NotebookDocument): Promise<string[]> {
    const folder = this.#folderOf(notebook);
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
    return [...beside, ...below.flat()].filter((name) => mayHoldTable(name) || mayHoldLog(name));
  }

  #watch(file: Uri): void {
    if (this.#watched.has(file.toString())) return;
    this.#watched.add(file.toString());
    const tell = () => {
      this.#known.delete(file.toString());
      this.#didChange.fire(file);
    };
    this.#context.subscriptions.push(watchFile(file, { changed: tell, made: tell, deleted: tell }));
  }

  /** What a log holds is nobody's business here, and it may change every second. */
  #watchExistence(file: Uri): void {
    if (this.#watchedLogs.has(file.toString())) return;
    this.#watchedLogs.add(file.toString());
    const tell = () => {
      this.#didChange.fire(file);
    };
    this.#context.subscriptions.push(watchFile(file, { made: tell, deleted: tell }));
  }

  /** The folder that the files of a notebook are beside or below. */
  #folderOf(notebook: NotebookDocument): Uri | undefined {
    if (notebook.isUntitled) return workspace.workspaceFolders?.[0]?.uri;
    const folder = readFolders(this.#state.get(foldersKey))[notebook.uri.toString()];
    return folder === undefined ? Uri.joinPath(notebook.uri, '..') : Uri.parse(folder, true);
  }
}

function readFolders(kept: unknown): Folders {
  return typeof kept === 'object' && kept !== null ? (kept as Folders) : {};
}

async function readFile(file: Uri, name: string): Promise<Table> {
  return readTableGivingWay(decodeText(name, await workspace.fs.readFile(file)));
}

async function findFile(file: Uri, name: string, mayBe: (name: string) => boolean): Promise<FoundFile> {
  try {
    const { type, mtime, size } = await workspace.fs.stat(file);
    if ((type & FileType.Directory) === 0) return { uri: file, changed: mtime, size };
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'NoPermissions') {
      throw new DataFileError(`"${name}" may not be read: its permissions do not allow it.`);
    }
  }
  const entries = await entriesOf(Uri.joinPath(file, '..'));
  const files = entries.filter((entry) => entry.isFile && mayBe(entry.name));
  throw new MissingFileError(
    name,
    files.map((entry) => entry.name),
  );
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
