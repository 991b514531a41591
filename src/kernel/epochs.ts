import { gatherInto } from './data.ts';
import { randomStream, rowNumbers, type RandomStream } from './random.ts';
import type { Pace, Sliced } from './slices.ts';

/** Moving a row takes as long as passing over so many. */
const rowsPerMove = 16;

/** The training rows in the order of the current epoch, side by side, so that a batch is a stretch of rows. */
export class Epochs {
  readonly columns: readonly Float64Array[];
  private readonly source: readonly Float64Array[];
  private readonly order: Int32Array;
  private readonly stream: RandomStream;

  /** @param source the columns in the order of the data */
  constructor(source: readonly Float64Array[], rows: number, seed: number) {
    this.source = source;
    this.columns = source.map(() => new Float64Array(rows));
    this.order = rowNumbers(rows);
    this.stream = randomStream(seed, 'shuffle');
  }

  /** Begins the next epoch: the order of the last one is shuffled. */
  *shuffle(pace: Pace): Sliced<void> {
    const { order, stream, columns, source } = this;
    for (let to = order.length; to > 0;) {
      const from = Math.max(0, to - movesIn(pace));
      stream.shuffle(order, from, to);
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
