import { workspace } from 'vscode';
import type { ExtensionContext, FileStat, NotebookDocument, Uri } from 'vscode';

import type { DataFiles, FoundFile } from '../data-files.ts';
import { DataFileError } from '../data-path.ts';
import { LogFollower } from './follow-logs.ts';
import { judgeLog, type JudgedLog } from './judge-log.ts';

/** A larger file is not read into memory. */
const mostBytes = 1_000_000_000;
/** So many logs are kept as they were drawn. */
const mostKept = 20;

/** A log as it was when it was read. */
export interface ReadLog extends JudgedLog {
  readonly file: Uri;
  /** In bytes. */
  readonly size: number;
  /** How long the reading took, in milliseconds. */
  readonly took: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Told again and again how many bytes of how many were read. */
  readonly onProgress?: (bytes: number, bytesTotal: number) => void;
}

interface Kept {
  readonly changed: number;
  readonly log: ReadLog;
}

/** The training logs that cells name: read when a cell runs, kept while they do not change. */
export class TrainingLogs {
  /** Tells which logs have changed since they were drawn. */
  readonly follower: LogFollower;
  readonly #dataFiles: DataFiles;
  readonly #kept = new Map<string, Kept>();

  constructor(context: ExtensionContext, dataFiles: DataFiles) {
    this.follower = new LogFollower(context);
    this.#dataFiles = dataFiles;
  }

  /**
   * The log that a cell of a notebook names.
   * @throws DataFileError when it cannot be read, LogError when it is no log, the signal's reason
   */
  async read(notebook: NotebookDocument, name: string, options: ReadOptions = {}): Promise<ReadLog> {
    return this.#read(await this.#dataFiles.findLog(notebook, name), name, options);
  }

  /** The log in a file of any place, to be looked at before a cell names it. @throws as `read` does */
  async readFile(file: Uri, name: string, options: ReadOptions = {}): Promise<ReadLog> {
    const { mtime, size } = await statOf(file, name);
    return this.#read({ uri: file, changed: mtime, size }, name, options);
  }

  async #read(found: FoundFile, name: string, { signal, onProgress }: ReadOptions): Promise<ReadLog> {
    const { uri, changed, size } = found;
    const key = uri.toString();
    const known = this.#kept.get(key);
    if (known?.changed === changed && known.log.size === size) return known.log;
    if (size > mostBytes) {
      throw new DataFileError(
        `"${name}" is larger than 1 GB: keep every tenth or hundredth of its records in a smaller file.`,
      );
    }
    const began = performance.now();
    onProgress?.(0, size);
    const bytes = await orAborted(workspace.fs.readFile(uri), signal);
    const judged = await judgeLog(bytes, name, {
      ...(signal && { signal }),
      onProgress: (done) => {
        onProgress?.(done, bytes.length);
      },
    });
    const log = { ...judged, file: uri, size: bytes.length, took: performance.now() - began };
    this.#keep(key, { changed, log });
    return log;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }
}

/** What work comes to; the signal's reason is thrown once it is aborted, though the work cannot be ended. */
async function orAborted<T>(work: Thenable<T>, signal: AbortSignal | undefined): Promise<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      reject(toError(signal?.reason));
    };
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

async function statOf(file: Uri, name: string): Promise<FileStat> {
  try {
    return await workspace.fs.stat(file);
  } catch {
    throw new DataFileError(`"${name}" cannot be read: it is not there, or may not be read.`);
  }
}
