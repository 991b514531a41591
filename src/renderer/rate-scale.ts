import { fromShare, toShare } from './scale.ts';
import type { Scale } from './scale.ts';

/** Rates that mean something for a run: the best one known, and the one above which it explodes. */
export interface RateMarks {
  readonly recommended?: number;
  readonly limit?: number;
  /** The limit is only an upper bound, as with minibatches. */
  readonly isUpperBound?: boolean;
}

const decadesBelow = 1e-3;
const decadesAbove = 10;

/** The range of the slider: around the limit where it is known, and wide enough for every rate of the cell. */
export function rateScale(rates: readonly number[], marks: RateMarks): Scale {
  const known = rates.filter((rate) => rate > 0 && Number.isFinite(rate));
  const middle = marks.limit ?? Math.max(...known, 1e-12);
  return {
    kind: 'log',
    low: Math.min(middle * decadesBelow, ...known.map((rate) => rate / 3)),
    high: Math.max(middle * decadesAbove, ...known.map((rate) => rate * 3)),
  };
}

/** The rate at a share of the slider, round enough to be written into a cell: three digits. */
export function rateAt(scale: Scale, share: number): number {
  return Number(fromShare(scale, share).toPrecision(3));
}

export function shareOf(scale: Scale, rate: number): number {
  return Math.min(1, Math.max(0, toShare(scale, rate)));
}
