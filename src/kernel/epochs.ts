import { gatherInto } from './data.ts';
import type { Pace, Sliced } from './slices.ts';
import { epochRows, type EpochRows } from './wasm/epoch-rows.ts';

/** Moving a row takes as long as passing over so many. */
const rowsPerMove = 16;

/** The training rows in the order of the current epoch, side by side, so that a batch is a stretch of rows. */
export class Epochs {
  private readonly source: readonly Float64Array[];
  private readonly room: EpochRows;

  /** @param source the columns in the order of the data */
  constructor(source: readonly Float64Array[], rows: number, seed: number) {
    this.source = source;
    this.room = epochRows(source.length, rows, seed);
  }

  get columns(): readonly Float64Array[] {
    return this.room.columns;
  }

  /** Says that no epoch follows, and nobody reads the columns any more. */
  end(): void {
    this.room.end();
  }

  /** Begins the next epoch: the order of the last one is shuffled. */
  *shuffle(pace: Pace): Sliced<void> {
    const { source } = this;
    const { columns, order, shuffle } = this.room;
    for (let to = order.length; to > 0;) {
      const from = Math.max(0, to - movesIn(pace));
      shuffle(from, to);
      pace.spent += (to - from) * rowsPerMove;
      to = from;
      if (to > 0) yield;
    }
    for (const [index, column] of columns.entries()) {
      const values = source[index] ?? column;
      for (let from = 0; from < order.length;) {
        const to = Math.min(from + movesIn(pace), order.length);
        gatherInto(column, values, order, from, to);
        pace.spent += (to - from) * rowsPerMove;
        from = to;
        if (from < order.length) yield;
      }
    }
  }
}

function movesIn(pace: Pace): number {
  return Math.max(1, Math.floor(pace.rows / rowsPerMove));
}
