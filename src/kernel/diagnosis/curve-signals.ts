import type { Sliced } from '../slices.ts';
import { condensed, slicePoints, type Points } from './curve-points.ts';
import { lastPart, least, median, noiseOf, runningMedian, shareRising } from './statistics.ts';

/** What a loss curve shows, in the unit of the loss. */
export interface CurveSignals {
  /** The standard deviation of the noise on the curve. */
  readonly noise: number;
  readonly start: number;
  readonly best: number;
  /** Where the curve is in the end, without its noise. */
  readonly tail: number;
  /** From the start to the tail. */
  readonly drop: number;
  /** How much it still fell from the third quarter to the last, and whether this stands out of the noise. */
  readonly fall: number;
  readonly isFalling: boolean;
  readonly blowUp?: BlowUp;
  readonly spikes: readonly Spike[];
  /** The last record stands out, and what it is a sign of is not yet to be seen. */
  readonly lastStandsOut: boolean;
}

/** From where on a loss grew for good. */
export interface BlowUp {
  /** The step with the best loss, after which it grew. */
  readonly from: number;
  /** The learning rate at that step; NaN where none is known. */
  readonly rateThere: number;
}

/** A record that stands out above its surroundings. */
export interface Spike {
  readonly step: number;
  /** In the unit of the loss, above its surroundings. */
  readonly height: number;
}

/** What the points of a loss curve show; of a long one the level and the trend are those of the medians of stretches. */
export function* curveSignals(all: Points): Sliced<CurveSignals> {
  const noise = noiseOf(all.values);
  yield;
  const points = yield* condensed(all);
  const { values, steps } = points;
  const count = values.length;
  const smooth = yield* runningMedian(
    values,
    count < 8 ? 0 : Math.min(10, Math.max(1, Math.floor(count / 40))),
  );
  const start = median(smooth.subarray(0, count < 20 ? 1 : Math.ceil(count / 50)));
  const { value: best, index: bestAt } = least(smooth);
  const tail = median(lastPart(values, count < 20 ? 0 : 0.05));
  const drop = start - tail;
  const { fall, isFalling } = trendOf(values, noise / Math.sqrt(all.values.length / count));
  const { spikes, lastStandsOut } = yield* findSpikes(all, noise, Math.max(start - best, 0));
  const blowsUp = isGrowing(values) || isBlownUp(values, smooth, bestAt, start, tail);
  return {
    noise,
    start,
    best,
    tail,
    drop,
    fall,
    isFalling,
    ...(blowsUp ? { blowUp: { from: steps[bestAt] ?? NaN, rateThere: points.rates[bestAt] ?? NaN } } : {}),
    spikes,
    lastStandsOut,
  };
}

/** Medians of the third and the last quarter differ by chance by 1.25 standard errors of each. */
function trendOf(values: Float64Array, noise: number): { fall: number; isFalling: boolean } {
  const quarter = Math.max(1, values.length >> 2);
  const last = median(values.subarray(values.length - quarter));
  const before = median(
    values.subarray(Math.max(0, values.length - 2 * quarter), Math.max(1, values.length - quarter)),
  );
  const fall = before - last;
  const chance = 1.25 * noise * Math.sqrt(2 / quarter);
  const hardlyAny = 1e-4 * Math.max(Math.abs(before), Math.abs(last));
  return { fall, isFalling: fall > Math.max(3 * chance, hardlyAny) };
}

const leastGrowing = 4;

/** The last four records or more rise one after the other, by a factor, to more than twice the best and the first. */
function isGrowing(values: Float64Array): boolean {
  const end = lastPart(values, Math.max(leastGrowing, Math.min(8, values.length / 3)) / values.length);
  if (end.length < leastGrowing) return false;
  const rises = end.every((value, index) => index === 0 || value > 1.005 * (end[index - 1] ?? NaN));
  const last = values.at(-1) ?? NaN;
  return rises && (end[0] ?? NaN) > 0 && last > 2 * least(values).value && last > 1.5 * (values[0] ?? NaN);
}

/** It stands far above its best, is not coming back, and is not on one short excursion. */
function isBlownUp(
  values: Float64Array,
  smooth: Float64Array,
  bestAt: number,
  start: number,
  tail: number,
): boolean {
  if (values.length < 8) return false;
  const best = smooth[bestAt] ?? NaN;
  const noise = noiseOf(bestAt >= 8 ? values.subarray(0, bestAt) : values);
  const drop = Math.max(0, start - best);
  const rise = tail - best;
  if (!(rise > Math.max(8 * noise, 0.5 * Math.abs(best), 0.5 * drop))) return false;
  const after = smooth.subarray(bestAt);
  const peak = after.reduce((most, value) => Math.max(most, value), -Infinity);
  const isBack = tail < best + 0.5 * (peak - best);
  const stays = lastPart(values, 0.1).every((value) => value > best + 0.3 * rise);
  return !isBack && stays && after.length > 2;
}

/** Records that stand out far above their surroundings and return at once. */
function* findSpikes(
  points: Points,
  noise: number,
  drop: number,
): Sliced<{ spikes: readonly Spike[]; lastStandsOut: boolean }> {
  const { values, steps } = points;
  if (values.length < 12) return { spikes: [], lastStandsOut: false };
  const reach = Math.min(25, Math.max(3, values.length >> 3));
  const spikes: Spike[] = [];
  const standsOut = (index: number, level: number) => {
    const height = (values[index] ?? NaN) - level;
    return height > Math.max(10 * noise, 0.3 * Math.abs(level), 0.1 * drop) ? height : 0;
  };
  // Near its ends a running median is narrow: what stands out there may be part of a steep fall.
  for (let index = 3; index < values.length - 1; index++) {
    if (index % valuesInASlice === 0) yield;
    if (!((values[index] ?? NaN) - (values[index - 1] ?? NaN) > 5 * noise)) continue;
    const around = Math.max(medianNear(values, index, reach), levelBefore(values, index));
    const height = standsOut(index, around);
    if (height > 0) spikes.push({ step: steps[index] ?? NaN, height });
  }
  const last = values.length - 1;
  return { spikes, lastStandsOut: standsOut(last, levelBefore(values, last)) > 0 };
}

/** So many values are looked at between two chances to give way: a few milliseconds if each stands out. */
const valuesInASlice = 1024;

function medianNear(values: Float64Array, index: number, reach: number): number {
  const near = Math.min(reach, index, values.length - 1 - index);
  return median(values.subarray(index - near, index + near + 1));
}

function levelBefore(values: Float64Array, index: number): number {
  return median(values.subarray(Math.max(0, index - 5), Math.max(1, index)));
}

/** A validation loss that was better, has been rising, and while the training loss did not rise. */
export interface Overfit {
  readonly bestStep: number;
  readonly best: number;
  readonly end: number;
}

/** @param training the training loss; without values nothing speaks against overfitting */
export function* overfitIn(validation: Points, training: Points): Sliced<Overfit | undefined> {
  const { values, steps } = validation;
  if (values.length < 5) return undefined;
  const smooth = values.length < 20 ? values : yield* runningMedian(values, Math.min(5, values.length >> 4));
  yield;
  const { value: best, index } = least(smooth);
  yield;
  if (index >= 0.9 * (values.length - 1)) return undefined;
  const end = median(lastPart(smooth, 0.1));
  const rise = end - best;
  const drop = (values[0] ?? NaN) - best;
  if (!(rise > 0.02 * Math.abs(best) && rise > 0.05 * drop)) return undefined;
  yield;
  if (shareRising(smooth.subarray(index)) < 0.6) return undefined;
  const bestStep = steps[index] ?? NaN;
  if (yield* trainingRose(training, bestStep)) return undefined;
  return { bestStep, best, end };
}

function* trainingRose(training: Points, since: number): Sliced<boolean> {
  const { values, steps } = training;
  if (values.length === 0) return false;
  const at = Math.max(
    0,
    steps.findLastIndex((step) => step <= since),
  );
  const reach = Math.min(10, values.length >> 4);
  const then = median(values.subarray(Math.max(0, at - reach), at + reach + 1));
  yield;
  const now = median(lastPart(values, 0.1));
  yield;
  // A run that swings about has so much noise that a rise would be lost in it; above its start it has risen all the same.
  return (
    now > (values[0] ?? NaN) ||
    now > then + (2 * noiseOf(values)) / Math.sqrt(Math.max(1, reach)) + 0.01 * Math.abs(then)
  );
}

/**
 * The growth of the loss per step and the largest stable rate that it shows, where it is sound: with plain gradient
 * descent on full batches the differences of a quadratic loss become a geometric series of ratio
 * (1 - rate * curvature)^2. A ratio above 1 then puts the limit at 2 rate / (1 + sqrt(ratio)); from one below 1 it
 * cannot be told on which side of the valley the run lands, so nothing is claimed.
 */
export function limitFromGrowth(points: Points): { growth: number; limit: number } | undefined {
  const window = slicePoints(points, Math.max(0, points.values.length - 7));
  const { values, steps, rates } = window;
  const [rate = NaN] = rates;
  if (values.length < 6 || !(rate > 0) || !rates.every((each) => each === rate)) return undefined;
  const stride = (steps[1] ?? NaN) - (steps[0] ?? NaN);
  const moves = Array.from(values.subarray(1), (value, index) => value - (values[index] ?? NaN));
  const isEven = steps.every((step, index) => index === 0 || step - (steps[index - 1] ?? NaN) === stride);
  if (!isEven || !(stride > 0) || !moves.every((move) => move > 0)) return undefined;
  const ratios = moves.slice(1).map((move, index) => move / (moves[index] ?? NaN));
  const ratio = median(ratios);
  const isGeometric = ratios.every((each) => Math.abs(each - ratio) <= 0.01 * (ratio - 1) + 1e-6 * ratio);
  if (!(ratio > 1) || !isGeometric) return undefined;
  const growth = ratio ** (1 / stride);
  return { growth, limit: (2 * rate) / (1 + Math.sqrt(growth)) };
}
