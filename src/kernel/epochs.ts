import { passOver, rowsPerCopy, rowsPerMove, type Pace, type Sliced } from './slices.ts';
import { epochRows, type EpochRows } from './wasm/epoch-rows.ts';

/** The training rows in the order of the current epoch, side by side, so that a batch is a stretch of rows. */
export class Epochs {
  private readonly source: readonly Float64Array[];
  private readonly rows: number;
  private readonly room: EpochRows;

  /** @param source the columns in the order of the data, each of so many rows */
  constructor(source: readonly Float64Array[], rows: number, seed: number) {
    this.source = source;
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

  /** Takes the rows, in the order of the data, for the first epoch to shuffle. */
  fill(pace: Pace): Sliced<void> {
    return passOver(this.rows, rowsPerCopy * this.source.length, pace, (from, to) => {
      this.source.forEach((column, index) => this.columns[index]?.set(column.subarray(from, to), from));
    });
  }

  /** Begins the next epoch: the rows are shuffled, from the order of the last one. */
  shuffle(pace: Pace): Sliced<void> {
    return passOver(this.rows, rowsPerMove, pace, (from, to) => {
      this.room.shuffle(this.rows - to, this.rows - from);
    });
  }
}
