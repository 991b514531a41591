import { PartEvaluation } from '../evaluation.ts';
import type { PreparedRun } from '../program.ts';
import type { Run } from '../run.ts';
import type { Pace, Sliced } from '../slices.ts';
import { dot } from '../vectors.ts';
import { rateCourse, type Points } from './curve-points.ts';
import { overfitIn, type Overfit } from './curve-signals.ts';
import { diagnoseCurve } from './diagnose-curve.ts';
import type { Condition } from './diagnosis.ts';
import {
  isWithoutCurvature,
  lastFiniteEntry,
  lastUpdates,
  lossPoints,
  pointAt,
  shareTurning,
  surroundingsOf,
  validationPoints,
  type Surroundings,
} from './run-state.ts';
import { lastPart, least, median, shareRising } from './statistics.ts';
import { highestClimb, swingsOf, type Swings } from './swings.ts';

/** What condition a run is in, and what was measured to find it. */
export interface Judgement {
  readonly condition: Condition;
  readonly losses: Points;
  /** The lowest full loss on the way. */
  readonly best: number;
  /** The drop of the loss from the start to the end, and over the last quarter. */
  readonly drop: number;
  readonly fall: number;
  /** The learning rate of the last step, and the highest of all. */
  readonly rate: number;
  readonly peakRate: number;
  /** Around the end of the run; absent where no entry is finite. */
  readonly end?: Surroundings;
  readonly overfit?: Overfit;
  readonly noise?: Noise;
  /** The share of the last updates that turn back. */
  readonly turning: number;
  readonly swings?: Swings;
  /** The full loss about which the run ends: what a cure has to beat. */
  readonly level: number;
}

/** What minibatches cost: the loss of the last iterates over the loss at their mean. */
export interface Noise {
  readonly iterates: number;
  readonly atMean: number;
}

const curveNeedsSteps = 4;
const enoughToComeBack = 12;
const mostUpdates = 200;
/** So many updates that turn back are jumps from side to side. */
export const turningShare = 0.7;
/** What is left to gain is nothing below this share of what was gained. */
const hardlyAny = 1e-9;

/** Finds the condition of a run; the order of the questions matters, since one answer explains away the next. */
export function* judgeRun(prepared: PreparedRun, run: Run, pace: Pace): Sliced<Judgement> {
  const losses = lossPoints(run);
  const rates = run.learningRate.filter(Number.isFinite);
  const last = lastFiniteEntry(prepared, run);
  const end =
    last === undefined ? undefined : yield* surroundingsOf(prepared, pointAt(prepared, run, last), pace);
  const start = losses.values[0] ?? NaN;
  const quarterAgo = losses.values[Math.floor(0.75 * (losses.values.length - 1))] ?? NaN;
  const endLoss = losses.values.at(-1) ?? NaN;
  const quarter = Math.min(mostUpdates, Math.max(4, Math.ceil(run.steps.length / 4)));
  const measured = {
    losses,
    best: least(losses.values).value,
    drop: start - endLoss,
    fall: quarterAgo - endLoss,
    rate: rates.at(-1) ?? NaN,
    peakRate: rates.reduce((most, rate) => Math.max(most, rate), -Infinity),
    ...(end === undefined ? {} : { end }),
    turning: shareTurning(lastUpdates(prepared, run, quarter)),
    level: endLoss,
  };
  const judged = (condition: Condition) => ({ condition, ...measured });
  const isFinite = run.outcome !== 'diverged' && last === run.steps.length - 1;
  if (end === undefined || !isFinite) return judged('not-finite');
  if (run.stepsTaken === 0) return judged('healthy');
  const overfit = yield* overfitIn(validationPoints(run), losses);
  if (overfit !== undefined) return { ...judged('overfitting'), overfit };
  if (isExploding(prepared, run, { ...measured, end })) return judged('exploding');
  if (yield* isThrownFar(prepared, run, { ...measured, end }, pace)) return judged('exploding');
  const noise = prepared.schedule.hasBatches
    ? yield* noiseOfBatches(prepared, run, losses, last, pace)
    : undefined;
  if (noise !== undefined) {
    const condition = noise.iterates > start + 0.1 * Math.abs(start) ? 'exploding' : 'noisy';
    return { ...judged(condition), noise, level: noise.iterates };
  }
  const swings = prepared.schedule.hasBatches ? undefined : swingsOf(losses);
  if (swings !== undefined) {
    const level = Math.max(endLoss, median(lastPart(losses.values, 0.25)));
    const isKicked = swings.isFromRest && !isWithoutCurvature(end);
    return { ...judged(isKicked ? 'spikes' : 'oscillating'), swings, level };
  }
  const condition = yield* judgeShape(prepared, run, { ...measured, end });
  // More of the same slow fall is no cure for it.
  return condition === 'crawling'
    ? { ...judged(condition), level: endLoss - 0.3 * end.left }
    : judged(condition);
}

type Measured = Required<
  Pick<Judgement, 'losses' | 'best' | 'drop' | 'fall' | 'rate' | 'peakRate' | 'end' | 'turning'>
>;

function isExploding(prepared: PreparedRun, run: Run, measured: Measured): boolean {
  const { losses, best, end, rate, peakRate } = measured;
  const { values } = losses;
  const start = values[0] ?? NaN;
  const now = values.at(-1) ?? NaN;
  if (run.stepsTaken < curveNeedsSteps) {
    // So few show it only together with the limit; one that only rose once shows nothing.
    const isShown = run.stepsTaken > 1 && !prepared.schedule.hasBatches && shareRising(values) === 1;
    return isShown && peakRate > (end.curvature.stableBelow ?? Infinity);
  }
  const quarter = lastPart(values, Math.max(0.25, 4 / values.length));
  const rises = shareRising(quarter) >= 0.8;
  const isOver = now > best + 0.1 * (start - best) && now - best > 1e-6 * Math.abs(best);
  if (prepared.schedule.hasBatches) {
    return median(quarter) > start + Math.abs(start) || (rises && isOver && now > start);
  }
  const limit = end.curvature.stableBelow;
  if (limit === undefined || !(peakRate > 0)) return isOver && (rises || isSwingingUp(values, best));
  if (peakRate > limit && now > start + 0.1 * Math.abs(start) && isOver) return true;
  if (!(rate > limit)) return false;
  return (rises && isOver) || isGrowingAlong(lastUpdates(prepared, run, 6), end);
}

/**
 * Thrown up by a rate over the limit of its start to where the ground is flat, so that it does not come back; or, by
 * steps that know no limit, so far that in all its steps it has not.
 */
function* isThrownFar(
  prepared: PreparedRun,
  { start, final, stepsTaken }: Run,
  { losses, peakRate, end }: Measured,
  pace: Pace,
): Sliced<boolean> {
  const high = start.loss + 0.1 * Math.abs(start.loss);
  const lowest = least(lastPart(losses.values, Math.max(0.25, 4 / losses.values.length))).value;
  if (end.curvature.stableBelow !== undefined || !(final.loss > high && lowest > high)) return false;
  const { curvature } = yield* surroundingsOf(prepared, prepared.starts, pace);
  const limit = curvature.stableBelow;
  if (limit !== undefined) return peakRate > limit;
  return stepsTaken >= enoughToComeBack && swingsOf(losses) === undefined;
}

/** It swings, further in each quarter than in the one before, and by now twice as far as where it began. */
function isSwingingUp(values: Float64Array, best: number): boolean {
  const quarter = Math.floor(values.length / 4);
  if (quarter < curveNeedsSteps) return false;
  const peaks = [1, 2, 3].map((index) =>
    values
      .subarray(index * quarter, index === 3 ? undefined : (index + 1) * quarter)
      .reduce((a, b) => Math.max(a, b)),
  );
  const [second = NaN, third = NaN, last = NaN] = peaks;
  return last > third && third > second && last - best > 2 * ((values[0] ?? NaN) - best);
}

/** The updates along the direction of the largest curvature jump from side to side, each further than the last. */
function isGrowingAlong(updates: readonly Float64Array[], { curvature, point }: Surroundings): boolean {
  const [steepest] = curvature.eigenvectors.slice(-1);
  if (steepest === undefined || updates.length < curveNeedsSteps) return false;
  const along = updates.map((update) => dot(update, steepest));
  const noticeable = 1e-12 * Math.max(1e-300, ...point.map(Math.abs));
  return along.every((move, index) => {
    const before = along[index - 1];
    const isFirst = before === undefined;
    return (
      Math.abs(move) > noticeable && (isFirst || (before * move < 0 && Math.abs(move) > Math.abs(before)))
    );
  });
}

const mostIterates = 24;

/** The noise floor of a run with minibatches; undefined where it is not what keeps the loss up. */
function* noiseOfBatches(
  prepared: PreparedRun,
  run: Run,
  losses: Points,
  last: number,
  pace: Pace,
): Sliced<Noise | undefined> {
  const half = last >> 1;
  const entries = Math.min(mostIterates, last - half);
  if (entries < 6) return undefined;
  const evaluation = new PartEvaluation(prepared, 'training', prepared.symbols, [prepared.loss]);
  const mean = new Float64Array(prepared.symbols.length);
  let iterates = 0;
  for (let index = 0; index < entries; index++) {
    const point = pointAt(prepared, run, last - Math.floor(((last - half) * index) / entries));
    const [loss = NaN] = yield* evaluation.at(point, pace);
    iterates += loss / entries;
  }
  for (let entry = half + 1; entry <= last; entry++) {
    pointAt(prepared, run, entry).forEach((value, index) => {
      mean[index] = (mean[index] ?? 0) + value / (last - half);
    });
  }
  const { loss: atMean, left } = yield* surroundingsOf(prepared, mean, pace);
  const course = yield* rateCourse(losses);
  const now = course.hasDecayed ? (losses.values.at(-1) ?? NaN) : iterates;
  const excess = now - atMean;
  return excess > 0.002 * Math.abs(atMean) && excess > left ? { iterates, atMean } : undefined;
}

/** The condition by the shape of the loss around the end of the run. */
function* judgeShape(prepared: PreparedRun, run: Run, measured: Measured): Sliced<Condition> {
  const { end, drop, fall, turning, losses } = measured;
  const { largest, smallest } = end.curvature;
  const turns = turning >= turningShare && run.stepsTaken >= curveNeedsSteps && !prepared.schedule.hasBatches;
  if (isWithoutCurvature(end)) {
    if (!turns) return yield* conditionOfCurve(run, losses);
    // Beside a kink the updates turn back for ever: what counts is how far.
    const jumps = lastPart(losses.values, Math.max(0.05, curveNeedsSteps / losses.values.length));
    const height = jumps.reduce((most, value) => Math.max(most, value), -Infinity) - least(jumps).value;
    return height < 0.01 * Math.abs(drop) ? 'settled' : 'oscillating';
  }
  // Networks near a minimum often bend down a little in some direction: only a strong bend makes a saddle there.
  const isSaddle = isFlatGround(end) || smallest < -0.1 * largest;
  const size = isSaddle ? Math.max(Math.abs(end.loss), Math.abs(drop)) : Math.abs(end.loss);
  const isBentDown = isSaddle || smallest < -1e-3 * largest;
  if (isBentDown && Math.abs(fall) <= 0.01 * size && run.stepsTaken >= curveNeedsSteps) return 'plateau';
  const { left } = end;
  const share = left / (left + Math.max(0, drop));
  // With the noise of batches, or where the loss also bends down, a little that is left may not be there to gain.
  const isSure = !prepared.schedule.hasBatches && smallest >= -1e-6 * largest;
  // What climbs in between shakes about the lowest point, and far below the start all of it is hardly anything.
  const isSteady = share > hardlyAny && highestClimb(lastPart(losses.values, 0.25)) < 0.5 * left;
  const isStuck =
    left > 0.001 * Math.abs(end.loss) && fall < 0.025 * left && ((isSure && isSteady) || share > 0.05);
  const isFlat = Math.abs(fall) <= 1e-3 * Math.max(Math.abs(drop), left);
  if (!(share >= 1e-3) && isFlat && !isStuck) return 'settled';
  if (turns && !(share < 1e-6)) return 'oscillating';
  if (run.stepsTaken < curveNeedsSteps) return 'healthy';
  const limit = end.curvature.stableBelow;
  // A velocity makes steps several times as long as the rate by itself.
  const lowShare = prepared.update.memories.length === 0 ? 0.1 : 0.01;
  const isSlow = (limit !== undefined && measured.peakRate < lowShare * limit) || fall < 0.25 * left;
  if (drop >= 0 && (isStuck || (share > 0.05 && isSlow))) return 'crawling';
  return 'healthy';
}

/** A walk as long as the parameters themselves would change the loss by next to nothing. */
function isFlatGround({ curvature: { largest }, point, loss }: Surroundings): boolean {
  return !(largest * Math.max(1, dot(point, point)) > 1e-6 * Math.abs(loss));
}

function* conditionOfCurve(run: Run, { steps, values }: Points): Sliced<Condition> {
  const diagnosis = yield* diagnoseCurve({ name: run.label, steps, loss: values, notFinite: [] });
  return diagnosis.condition;
}
