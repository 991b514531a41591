/** What a queue does with a cell; `Turn` stands for one announced run of it. */
export interface Work<Cell, Turn> {
  /** Shows that the cell waits; undefined when it cannot run. A cell has one turn at a time. */
  announce(cell: Cell): Turn | undefined;
  /** Runs the cell; whether the cells that were asked for together with it may follow. Never rejects. */
  run(turn: Turn, signal: AbortSignal): Promise<boolean>;
  /** Takes back a turn that was never run. */
  withdraw(turn: Turn): void;
}

export interface Request {
  /** Whether the cells behind a failed one still run. */
  readonly goOn?: boolean;
}

interface Entry<Cell, Turn> {
  readonly cell: Cell;
  readonly request: Request;
  /** Absent while an earlier turn of the same cell runs. */
  turn?: Turn;
}

/**
 * The cells of one notebook that are to run, one at a time, in the order they were asked for. A cell that already
 * waits keeps its place; a cell that runs may wait for one more turn.
 */
export class CellQueue<Cell, Turn> {
  readonly #work: Work<Cell, Turn>;
  #waiting: Entry<Cell, Turn>[] = [];
  #running: { readonly cell: Cell; readonly abort: AbortController } | undefined;
  #draining = false;
  #drained = Promise.resolve();

  constructor(work: Work<Cell, Turn>) {
    this.#work = work;
  }

  /** Resolves when every cell that was asked for, now or before, has had its turn. */
  add(cells: Iterable<Cell>, request: Request = {}): Promise<void> {
    for (const cell of cells) {
      if (this.#waiting.some((entry) => entry.cell === cell)) continue;
      const entry: Entry<Cell, Turn> = { cell, request };
      if (this.#running?.cell === cell || this.#announce(entry)) this.#waiting.push(entry);
    }
    if (!this.#draining) this.#drained = this.#drain();
    return this.#drained;
  }

  /** Stops a cell if it runs, and takes it out of the queue. */
  cancel(cell: Cell): void {
    this.#withdraw((entry) => entry.cell === cell);
    if (this.#running?.cell === cell) this.#running.abort.abort();
  }

  cancelAll(): void {
    this.#withdraw(() => true);
    this.#running?.abort.abort();
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    for (let entry = this.#waiting.shift(); entry; entry = this.#waiting.shift()) {
      if (entry.turn === undefined) continue;
      const { cell, request } = entry;
      const abort = new AbortController();
      this.#running = { cell, abort };
      const succeeded = await this.#work.run(entry.turn, abort.signal);
      this.#running = undefined;
      if (!succeeded && request.goOn !== true) this.#withdraw((each) => each.request === request);
      this.#waiting = this.#waiting.filter((each) => each.turn !== undefined || this.#announce(each));
    }
    // At once, and not when the promise resolves: what is added in between would never run.
    this.#draining = false;
  }

  #announce(entry: Entry<Cell, Turn>): boolean {
    const turn = this.#work.announce(entry.cell);
    if (turn === undefined) return false;
    entry.turn = turn;
    return true;
  }

  #withdraw(chosen: (entry: Entry<Cell, Turn>) => boolean): void {
    const withdrawn = this.#waiting.filter(chosen);
    this.#waiting = this.#waiting.filter((entry) => !withdrawn.includes(entry));
    for (const { turn } of withdrawn) {
      if (turn !== undefined) this.#work.withdraw(turn);
    }
  }
}
