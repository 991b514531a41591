import { randomStream } from './random.ts';
import { passOver, rowsPerCopy, rowsPerMove, type Pace, type Sliced } from './slices.ts';

/** Some of the rows: those that train, or those that only judge. */
export type Part = 'training' | 'validation';

/** The rows of each part, ascending. */
export type SplitRows = Readonly<Record<Part, Int32Array>>;

/** How many of the rows are kept for validation: about this share of them, and one at least on each side. */
export function validationRowsOf(rows: number, share: number): number {
  return Math.min(Math.max(Math.round(rows * share), 1), rows - 1);
}

/** Parts the rows 0 to `rows - 1`, two at least, at random into training and validation rows. */
export function* splitRows(rows: number, share: number, seed: number, pace: Pace): Sliced<SplitRows> {
  const order = new Float64Array(rows);
  yield* passOver(rows, rowsPerCopy, pace, (from, to) => {
    for (let row = from; row < to; row++) order[row] = row;
  });
  const chance = randomStream(seed, 'validation');
  yield* passOver(rows, rowsPerMove, pace, (from, to) => {
    chance.shuffle([order], rows - to, rows - from);
  });
  const kept = validationRowsOf(rows, share);
  const isKept = new Uint8Array(rows);
  yield* passOver(kept, rowsPerCopy, pace, (from, to) => {
    for (const row of order.subarray(from, to)) isKept[row] = 1;
  });
  const parts = { training: new Int32Array(rows - kept), validation: new Int32Array(kept) };
  let trainingRows = 0;
  yield* passOver(rows, rowsPerCopy, pace, (from, to) => {
    for (let row = from; row < to; row++) {
      if (isKept[row] === 1) parts.validation[row - trainingRows] = row;
      else parts.training[trainingRows++] = row;
    }
  });
  return parts;
}
