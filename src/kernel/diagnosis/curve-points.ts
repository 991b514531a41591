import type { Curve } from '../curve.ts';
import type { Sliced } from '../slices.ts';
import { median } from './statistics.ts';

/** A logged curve may say which framework wrote it, so that advice can use its words, and what its steps count. */
export type AnyCurve = Curve & {
  readonly framework?: string;
  readonly stepUnit?: 'step' | 'epoch' | 'record';
};

/** So many values are passed over between two chances to give way: less than a millisecond. */
const valuesInASlice = 65_536;

/** The values that a curve has, without those that are missing or not finite. */
export interface Points {
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** The learning rate at each, the last one known; NaN where none is. */
  readonly rates: Float64Array;
}

/** The values of one field of a curve. */
export function* pointsOf(curve: Curve, field: 'loss' | 'validationLoss' | 'gradientNorm'): Sliced<Points> {
  const values = curve[field] ?? new Float64Array();
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    if (Number.isFinite(values[index])) count++;
    if (index % valuesInASlice === 0) yield;
  }
  const points = {
    steps: new Float64Array(count),
    values: new Float64Array(count),
    rates: new Float64Array(count),
  };
  let rate = NaN;
  let next = 0;
  for (let index = 0; index < values.length; index++) {
    if (index % valuesInASlice === 0) yield;
    const logged = curve.learningRate?.[index] ?? NaN;
    if (Number.isFinite(logged)) rate = logged;
    const value = values[index] ?? NaN;
    if (!Number.isFinite(value)) continue;
    points.steps[next] = curve.steps[index] ?? NaN;
    points.values[next] = value;
    points.rates[next++] = rate;
  }
  return points;
}

const mostCondensed = 4000;

/** So many medians of stretches are found between two chances to give way. */
const stretchesInASlice = 64;

/** A long curve as the medians of short stretches, one of a few thousand points as it is. */
export function* condensed(points: Points): Sliced<Points> {
  const stretch = Math.ceil(points.values.length / mostCondensed);
  if (stretch <= 1) return points;
  const count = Math.ceil(points.values.length / stretch);
  const places = Array.from({ length: count }, (_, index) => index * stretch);
  const values = new Float64Array(count);
  for (const [index, place] of places.entries()) {
    values[index] = median(points.values.subarray(place, place + stretch));
    if (index % stretchesInASlice === 0) yield;
  }
  return {
    steps: Float64Array.from(places, (place) => points.steps[place] ?? NaN),
    values,
    rates: Float64Array.from(places, (place) => points.rates[place] ?? NaN),
  };
}

/** The points from the one at `begin` to before the one at `end`, or to the last; a view, not a copy. */
export function slicePoints(points: Points, begin: number, end?: number): Points {
  return {
    steps: points.steps.subarray(begin, end),
    values: points.values.subarray(begin, end),
    rates: points.rates.subarray(begin, end),
  };
}

/** What a schedule did to the learning rate, as far as it was logged. */
export interface RateCourse {
  readonly known: boolean;
  readonly peak: number;
  /** The part of the points at which the rate was a quarter of its peak or more, from `begin` to before `end`. */
  readonly begin: number;
  readonly end: number;
  readonly isWarmingUp: boolean;
  readonly hasDecayed: boolean;
}

/** A rate that rises by this much is warming up, one that falls by this much has decayed. */
const farFromPeak = 0.25;

/** What the logged learning rate did over these points; where none was logged, all of them count as at its peak. */
export function* rateCourse({ rates }: Points): Sliced<RateCourse> {
  let peak = -Infinity;
  let first = NaN;
  for (let index = 0; index < rates.length; index++) {
    if (index % valuesInASlice === 0) yield;
    const rate = rates[index] ?? NaN;
    if (!Number.isFinite(rate)) continue;
    if (Number.isNaN(first)) first = rate;
    if (rate > peak) peak = rate;
  }
  const known = !Number.isNaN(first);
  const isHigh = (rate: number) => !Number.isFinite(rate) || rate >= farFromPeak * peak;
  const begin = Math.max(0, rates.findIndex(isHigh));
  yield;
  const end = rates.findLastIndex(isHigh) + 1;
  const last = rates.at(-1) ?? NaN;
  const before = rates.at(-2) ?? NaN;
  return {
    known,
    peak: known ? peak : NaN,
    begin: known ? begin : 0,
    end: known ? end : rates.length,
    isWarmingUp: last === peak && before < last && first < last,
    hasDecayed: last < farFromPeak * peak,
  };
}
