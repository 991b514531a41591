import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { NotebookDocument } from 'vscode';

import { bytesId } from '../../lesson/index.ts';
import type { BundledFile } from './bundled.ts';
import type { CopyRecord } from './copy-record.ts';
import { copyState, keptName, type CopyState } from './copy-state.ts';

/** Stands for a content that only an editor has, and that no file has been. */
const unsavedId = '';

/** What a look at a copy found, and did. */
export interface Refreshed {
  /** Copies that nobody had edited, now as the extension brings them. */
  readonly updated: readonly BundledFile[];
  /** Copies that were edited and left alone, though something newer came. */
  readonly overtaken: readonly BundledFile[];
}

/** A person's own copy of the lessons and their data, in one folder. */
export class LessonCopy {
  readonly folder: Uri;
  readonly #files: readonly BundledFile[];
  readonly #record: CopyRecord;

  constructor(folder: Uri, files: readonly BundledFile[], record: CopyRecord) {
    this.folder = folder;
    this.#files = files;
    this.#record = record;
  }

  at(name: string): Uri {
    return Uri.joinPath(this.folder, ...name.split('/'));
  }

  async has(name: string): Promise<boolean> {
    return (await idOf(this.at(name))) !== undefined;
  }

  /** Brings what is missing, and up to date what nobody has edited. */
  async refresh(): Promise<Refreshed> {
    const states = await this.#states();
    const inState = (state: CopyState) => this.#files.filter((file) => states.get(file) === state);
    const updated = inState('outdated');
    for (const file of [...inState('missing'), ...updated]) await this.#write(file);
    await this.keep(this.#files.filter((file) => states.get(file) !== 'overtaken'));
    return { updated, overtaken: inState('overtaken') };
  }

  /** The files whose copies are not what the extension brings. */
  async changed(): Promise<readonly BundledFile[]> {
    const states = await this.#states();
    return this.#files.filter((file) => states.get(file) !== 'same');
  }

  /** Leaves the copies of these files as they are until the extension brings something newer than now. */
  async keep(files: readonly BundledFile[]): Promise<void> {
    await this.#record.addOriginals(
      this.folder,
      Object.fromEntries(files.map(({ name, id }) => [name, id] as const)),
    );
  }

  /** Makes the copies as the extension brings them. Returns the names under which edited ones are kept. */
  async replace(files: readonly BundledFile[]): Promise<readonly string[]> {
    // What stands unsaved in an editor belongs to the copy too.
    await Promise.all(unsavedIn(this.folder).map(async (notebook) => notebook.save()));
    const states = await this.#states();
    const kept: string[] = [];
    for (const file of files) {
      const state = states.get(file);
      if (state === 'same') continue;
      if (state === 'edited' || state === 'overtaken') kept.push(await this.#keepAside(file));
      await this.#write(file);
    }
    await this.keep(files);
    return kept;
  }

  async #states(): Promise<ReadonlyMap<BundledFile, CopyState>> {
    const originals = await this.#record.originals(this.folder);
    const states = this.#files.map(async (file) => {
      const copy = unsavedIn(this.folder).some(({ uri }) => isSame(uri, this.at(file.name)))
        ? unsavedId
        : await idOf(this.at(file.name));
      return [file, copyState({ bundled: file.id, copy, original: originals[file.name] })] as const;
    });
    return new Map(await Promise.all(states));
  }

  async #write({ name, content }: BundledFile): Promise<void> {
    await workspace.fs.writeFile(this.at(name), content);
  }

  async #keepAside({ name }: BundledFile): Promise<string> {
    const file = this.at(name);
    const folder = Uri.joinPath(file, '..');
    const taken = new Set((await workspace.fs.readDirectory(folder)).map(([each]) => each));
    const kept = keptName(name.slice(name.lastIndexOf('/') + 1), taken);
    await workspace.fs.copy(file, Uri.joinPath(folder, kept));
    return kept;
  }
}

/** Notebooks in a folder that stand otherwise in an editor than in their files. */
export function unsavedIn(folder: Uri): readonly NotebookDocument[] {
  const inside = `${folder.toString()}/`;
  return workspace.notebookDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.toString().startsWith(inside),
  );
}

/** Whether there is a folder at an address. */
export async function isFolder(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

async function idOf(file: Uri): Promise<string | undefined> {
  try {
    return bytesId(await workspace.fs.readFile(file));
  } catch (error) {
    // Any other error may hide a copy that was edited.
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

function isSame(one: Uri, other: Uri): boolean {
  return one.toString() === other.toString();
}
