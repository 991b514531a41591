import type { Points } from './curve-points.ts';
import { lastPart, least, median } from './statistics.ts';

/** How the loss of a run goes up and down in its last quarter. */
export interface Swings {
  readonly low: number;
  readonly high: number;
  /** Over how many steps that is. */
  readonly steps: number;
  /** The climbs of the last quarter are lower than those of the quarter before. */
  readonly isShrinking: boolean;
  /** Most of the last half the loss lay at its best: it was kicked out of rest, and does not swing about it. */
  readonly isFromRest: boolean;
}

/** A climb counts from this share of all that the loss has fallen, and from this share of the loss itself. */
const noticeable = 0.01;
const rounding = 1e-6;
const fewestValues = 24;
/** The loss lies at its best within this share of all that it has fallen. */
const restingShare = 1e-3;

/** Undefined where a loss goes down, up, or nowhere in the end; one that only rose once does not swing. */
export function swingsOf({ steps, values }: Points): Swings | undefined {
  const [start = NaN] = values;
  const { value: best } = least(values);
  const fallen = start > best ? start - best : Math.abs(start);
  const leastClimb = Math.max(noticeable * fallen, rounding * Math.abs(best));
  const quarter = lastPart(values, 0.25);
  const climb = highestClimb(quarter);
  if (values.length < fewestValues || !(climb > leastClimb) || climbsAbove(values, leastClimb) < 2)
    return undefined;
  const before = values.subarray(values.length - 2 * quarter.length, values.length - quarter.length);
  return {
    low: least(quarter).value,
    high: quarter.reduce((most, value) => Math.max(most, value), -Infinity),
    steps: (steps.at(-1) ?? NaN) - (steps.at(-quarter.length) ?? NaN),
    isShrinking: climb < highestClimb(before),
    isFromRest: median(lastPart(values, 0.5)) - best < restingShare * fallen,
  };
}

/** From a value to a later one. */
export function highestClimb(values: Float64Array): number {
  let low = Infinity;
  let climb = 0;
  for (const value of values) {
    low = Math.min(low, value);
    climb = Math.max(climb, value - low);
  }
  return climb;
}

/** How often the values climb by so much, having come down by so much in between. */
function climbsAbove(values: Float64Array, height: number): number {
  let climbs = 0;
  let isUp = false;
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    if (isUp ? high - value > height : value - low > height) {
      if (!isUp) climbs++;
      isUp = !isUp;
      low = high = value;
    }
  }
  return climbs;
}
