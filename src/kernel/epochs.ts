import { passOver, rowsPerMove, type Pace, type Sliced } from './slices.ts';
import { epochRows, type EpochRows } from './wasm/epoch-rows.ts';

/** The training rows in the order of the current epoch, side by side, so that a batch is a stretch of rows. */
export class Epochs {
  private readonly rows: number;
  private readonly room: EpochRows;

  /** @param source the columns in the order of the data, each of so many rows */
  constructor(source: readonly Float64Array[], rows: number, seed: number) {
    this.rows = rows;
    this.room = epochRows(source, seed);
  }

  get columns(): readonly Float64Array[] {
    return this.room.columns;
  }

  /** Says that no epoch follows, and nobody reads the columns any more. */
  end(): void {
    this.room.end();
  }

  /** Begins the next epoch: the rows are shuffled, from the order of the last one. */
  shuffle(pace: Pace): Sliced<void> {
    return passOver(this.rows, rowsPerMove, pace, (from, to) => {
      this.room.shuffle(this.rows - to, this.rows - from);
    });
  }
}
