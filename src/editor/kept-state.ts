import type { ExtensionContext, Memento } from 'vscode';

/**
 * What VS Code keeps for the extension in all windows, changed one after the other. VS Code reports each write back
 * to the extension with all that it keeps, and so undoes a change that was made while the report was under way.
 */
export class KeptState {
  readonly #memento: Memento;
  #written: Promise<unknown> = Promise.resolve();

  constructor(context: ExtensionContext) {
    this.#memento = context.globalState;
  }

  /** What is kept under a key, as it was written by whichever version of the extension; undefined where nothing is. */
  get(key: string): unknown {
    return this.#memento.get(key);
  }

  /**
   * Changes what is kept under a key, after all changes that were asked for before.
   * @param change gives the new value for the one that is kept then
   * @returns the new value, once it is kept; rejects when VS Code cannot keep it
   */
  async change<T>(key: string, change: (kept: unknown) => T): Promise<T> {
    const written = this.#written.then(async () => {
      const value = change(this.get(key));
      await this.#memento.update(key, value);
      return value;
    });
    this.#written = written.catch(() => undefined);
    return written;
  }
}
