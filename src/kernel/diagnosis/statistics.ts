import type { Sliced } from '../slices.ts';

/** The middle value; NaN of nothing. Values that are NaN count last. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** The median of every value with its neighbours up to `reach` away, fewer at the ends. */
export function* runningMedian(values: Float64Array, reach: number): Sliced<Float64Array> {
  const medians = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const near = Math.min(reach, index, values.length - 1 - index);
    medians[index] = median(values.subarray(index - near, index + near + 1));
    if (index % mediansInASlice === 0) yield;
  }
  return medians;
}

/** So many medians of a few values are found between two chances to give way: about a millisecond. */
const mediansInASlice = 1024;

/** So many second differences show the noise well enough. */
const mostBends = 20_000;

/**
 * The standard deviation of noise on a smooth curve, from its second differences: a trend leaves them as good as
 * zero, and their median is deaf to jumps (1.4826 makes a median absolute deviation a standard deviation, and second
 * differences of independent noise have six times its variance).
 */
export function noiseOf(values: Float64Array): number {
  if (values.length < 3) return 0;
  const stride = Math.ceil((values.length - 2) / mostBends);
  const bends = new Float64Array(Math.ceil((values.length - 2) / stride));
  bends.forEach((_, index) => {
    const at = index * stride;
    bends[index] = Math.abs((values[at] ?? NaN) - 2 * (values[at + 1] ?? NaN) + (values[at + 2] ?? NaN));
  });
  return (1.4826 * median(bends)) / Math.sqrt(6);
}

/** How far a typical value is from the median, as a standard deviation would be for normal values. */
export function medianDeviation(values: Float64Array): number {
  const middle = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)));
}

/** The share of the moves from one value to the next that go up. */
export function shareRising(values: Float64Array): number {
  let rising = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? NaN) > (values[index - 1] ?? NaN)) rising++;
  }
  return values.length < 2 ? 0 : rising / (values.length - 1);
}

/** The least value and its first place; NaN at 0 where there is none, or where the first is NaN. */
export function least(values: Float64Array): { readonly value: number; readonly index: number } {
  let index = 0;
  values.forEach((value, place) => {
    if (value < (values[index] ?? NaN)) index = place;
  });
  return { value: values[index] ?? NaN, index };
}

/** The values from a share of the way to the end, one at least. */
export function lastPart(values: Float64Array, share: number): Float64Array {
  return values.subarray(Math.max(0, values.length - Math.max(1, Math.ceil(values.length * share))));
}
