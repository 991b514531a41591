import { EventEmitter, workspace } from 'vscode';
import type { Disposable, Event, ExtensionContext, NotebookCell, Uri } from 'vscode';

import { watchFile } from '../watch-file.ts';

/** A log is read again so long after it changed, in milliseconds; later where the reading takes long. */
const pause = 500;
/** Reading takes at most this share of the time while a log grows. */
const share = 0.2;

/** A cell whose log has been drawn. */
interface Follower {
  readonly cell: NotebookCell;
  /** The text that ran. */
  readonly source: string;
  readonly file: Uri;
  readonly watcher: Disposable;
  delay: number;
  timer?: ReturnType<typeof setTimeout>;
}

/** Follows the logs of the cells that have run, while their notebooks are open, and tells which cells are to run again. */
export class LogFollower {
  readonly #followers = new Map<NotebookCell, Follower>();
  readonly #isDue = new EventEmitter<NotebookCell>();
  /** The log of a cell has changed since it was drawn. */
  readonly onIsDue: Event<NotebookCell> = this.#isDue.event;

  constructor(context: ExtensionContext) {
    context.subscriptions.push(
      this.#isDue,
      workspace.onDidCloseNotebookDocument((notebook) => {
        for (const cell of [...this.#followers.keys()]) if (cell.notebook === notebook) this.forget(cell);
      }),
      {
        dispose: () => {
          for (const cell of [...this.#followers.keys()]) this.forget(cell);
        },
      },
    );
  }

  /** @param took - how long the log took to read, in milliseconds */
  follow(cell: NotebookCell, source: string, file: Uri, took: number): void {
    const delay = Math.max(pause, took / share);
    const known = this.#followers.get(cell);
    if (known?.file.toString() === file.toString() && known.source === source) {
      known.delay = delay;
      return;
    }
    this.forget(cell);
    const tell = () => {
      this.#tellSoon(cell);
    };
    // A file that is gone leaves its picture: many programs take the old one away before they write the new one.
    const watcher = watchFile(file, { changed: tell, made: tell });
    this.#followers.set(cell, { cell, source, file, watcher, delay });
  }

  forget(cell: NotebookCell): void {
    const follower = this.#followers.get(cell);
    if (!follower) return;
    clearTimeout(follower.timer);
    follower.watcher.dispose();
    this.#followers.delete(cell);
  }

  /** A log that grows all the time is read now and then, and not only when it rests. */
  #tellSoon(cell: NotebookCell): void {
    const follower = this.#followers.get(cell);
    if (!follower || follower.timer !== undefined) return;
    follower.timer = setTimeout(() => {
      delete follower.timer;
      void this.#tell(follower);
    }, follower.delay);
  }

  async #tell({ cell, source, file }: Follower): Promise<void> {
    if (cell.index < 0 || cell.notebook.isClosed) this.forget(cell);
    else if (cell.document.getText() === source && (await hasContent(file))) this.#isDue.fire(cell);
  }
}

/** A file that is empty is about to be written anew. */
async function hasContent(file: Uri): Promise<boolean> {
  try {
    return (await workspace.fs.stat(file)).size > 0;
  } catch {
    return false;
  }
}
