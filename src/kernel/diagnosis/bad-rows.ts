import { passOver, type Pace, type Sliced } from '../slices.ts';
import { numericColumn, type Table } from '../table.ts';
import { withoutRows } from './changes.ts';
import { median, medianDeviation } from './statistics.ts';

/** A value that stands apart from all others of its column. */
export interface BadRow {
  readonly column: string;
  /** Counted from 0, in the table. */
  readonly row: number;
  readonly value: number;
  /** Between these lie the other values. */
  readonly low: number;
  readonly high: number;
  /** The data without this row. */
  readonly mended: Table;
}

/** Beyond so many median deviations a value is no part of its column. */
const farOff = 20;
const mostLookedAt = 20_000;

/** The one value of a column that lies far off, if there is exactly one row of that kind. */
export function* badRowOf(table: Table, column: string, pace: Pace): Sliced<BadRow | undefined> {
  const values = numericColumn(table, column);
  const stride = Math.max(1, Math.floor(values.length / mostLookedAt));
  const sample = stride === 1 ? values : values.filter((_, row) => row % stride === 0);
  const middle = median(sample);
  const deviation = medianDeviation(sample);
  if (!(deviation > 0) || values.length < 4) return undefined;
  let found = -1;
  let count = 0;
  let low = Infinity;
  let high = -Infinity;
  yield* passOver(values.length, 1, pace, (from, to) => {
    for (let row = from; row < to; row++) {
      const value = values[row] ?? NaN;
      if (Math.abs(value - middle) > farOff * deviation) {
        found = row;
        count++;
      } else {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  });
  if (count !== 1) return undefined;
  const mended = withoutRows(table, new Set([found]));
  return { column, row: found, value: values[found] ?? NaN, low, high, mended };
}
