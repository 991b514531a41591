import { Uri, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';

/** For each file of a copy, by its name: the `bytesId` of what the extension brought when it was copied. */
export type Originals = Readonly<Record<string, string>>;

interface Kept {
  /** The folder that the person chose; absent where the lessons are in the extension's storage. */
  readonly folder?: string;
  /** By the folder of the copy. */
  readonly originals: Readonly<Record<string, Originals>>;
}

/**
 * Where the person's copy of the lessons is and what it was copied from. A file in the extension's storage, not the
 * editor's memory: it is read anew each time, so that all windows agree, and stays on the machine that the folder is on.
 */
export class CopyRecord {
  readonly #file: Uri;
  readonly #storage: Uri;

  constructor(context: ExtensionContext) {
    this.#file = Uri.joinPath(context.globalStorageUri, 'lessons.json');
    this.#storage = Uri.joinPath(context.globalStorageUri, 'lessons');
  }

  /** Where the lessons are unless the person has chosen a folder. */
  get storage(): Uri {
    return this.#storage;
  }

  async folder(): Promise<Uri> {
    const { folder } = await this.#read();
    return folder === undefined ? this.#storage : Uri.parse(folder, true);
  }

  /** From now on the lessons are in `folder`. */
  async moveTo(folder: Uri): Promise<void> {
    const { originals } = await this.#read();
    const isStorage = folder.toString() === this.#storage.toString();
    await this.#write({ originals, ...(isStorage ? {} : { folder: folder.toString() }) });
  }

  async originals(folder: Uri): Promise<Originals> {
    return (await this.#read()).originals[folder.toString()] ?? {};
  }

  async addOriginals(folder: Uri, added: Originals): Promise<void> {
    const kept = await this.#read();
    const known = kept.originals[folder.toString()] ?? {};
    if (Object.entries(added).every(([name, id]) => known[name] === id)) return;
    await this.#write({
      ...kept,
      originals: { ...kept.originals, [folder.toString()]: { ...known, ...added } },
    });
  }

  async #read(): Promise<Kept> {
    try {
      return keptOf(JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(this.#file))));
    } catch {
      return { originals: {} }; // not there yet, or not ours: copies are then compared with what is bundled now
    }
  }

  async #write(kept: Kept): Promise<void> {
    await workspace.fs.writeFile(this.#file, new TextEncoder().encode(JSON.stringify(kept, undefined, 2)));
  }
}

function keptOf(stored: unknown): Kept {
  if (!isRecord(stored)) return { originals: {} };
  const originals = isRecord(stored['originals']) ? Object.entries(stored['originals']) : [];
  return {
    originals: Object.fromEntries(originals.map(([folder, ids]) => [folder, originalsOf(ids)])),
    ...(typeof stored['folder'] === 'string' ? { folder: stored['folder'] } : {}),
  };
}

function originalsOf(stored: unknown): Originals {
  const entries = isRecord(stored) ? Object.entries(stored) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
