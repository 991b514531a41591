import { PartEvaluation } from '../evaluation.ts';
import { choose } from '../experiment.ts';
import type { Pace, Sliced } from '../slices.ts';
import { dot } from '../vectors.ts';
import { badRowOf, type BadRow } from './bad-rows.ts';
import { brokenOperation, type BrokenOperation } from './broken-operation.ts';
import { isRateBroken, isUpdateBroken } from './broken-update.ts';
import { isWell } from './diagnosis.ts';
import { bestLowerRate, rateChange, withSuitingRate } from './rate-changes.ts';
import { pointAt, updatesBetween } from './run-state.ts';
import {
  curedByScale,
  featuresOf,
  limitingScale,
  standardisedScale,
  stretchingScales,
  type Scaling,
} from './scaling.ts';
import { swingsBelowLimit, type Subject } from './subject.ts';
import type { Candidate, Trial } from './trial.ts';

/** Why a run is sick, with what shows it. */
export type Found =
  | { readonly cause: 'learning-rate' }
  | { readonly cause: 'precision'; readonly cured: Trial }
  | { readonly cause: 'domain'; readonly broken: BrokenOperation }
  | { readonly cause: 'start'; readonly broken?: BrokenOperation }
  | { readonly cause: 'data'; readonly bad?: BadRow; readonly broken?: BrokenOperation }
  | { readonly cause: 'update' }
  | { readonly cause: 'direction' }
  | { readonly cause: 'momentum'; readonly cured?: Trial }
  | { readonly cause: 'feature-scale'; readonly scaling: Scaling; readonly cured: readonly Trial[] };

/** A limit that is lifted so many times by mending a row says that the row was at fault. */
const muchHigher = 10;
/** In so few rows a value is a slip and not the model's doing. */
const fewRows = 0.05;

/** Why a run explodes or is not finite. In this order, since each cause looks like a rate that is too high. */
export function* causeOfGrowth(subject: Subject, pace: Pace): Sliced<Found> {
  const { run, judgement, prepared } = subject;
  const inFloat64 = yield* wellInFloat64(subject, pace);
  if (inFloat64 !== undefined) return { cause: 'precision', cured: inFloat64 };
  if (judgement.condition === 'not-finite') {
    const broken = yield* brokenOperation(subject, pace);
    if (broken?.isOutsideDomain === true) return { cause: 'domain', broken };
    if (run.firstBadStep === 0) {
      const rows = broken?.rows.length ?? 0;
      const isFew = rows > 0 && rows <= Math.max(1, fewRows * prepared.data.trainingRows);
      return { cause: isFew ? 'data' : 'start', ...(broken === undefined ? {} : { broken }) };
    }
  }
  if (isRateBroken(subject)) return { cause: 'learning-rate' };
  if (isUpdateBroken(subject)) return { cause: 'update' };
  if (yield* goesUphill(subject, pace)) return { cause: 'direction' };
  const bad = yield* badRow(subject, pace);
  if (bad !== undefined) return { cause: 'data', bad };
  const scale = yield* limitingScaleOf(subject, pace);
  if (scale !== undefined) return scale;
  const plain = yield* wellWithoutMomentum(subject, pace);
  if (plain !== undefined) return { cause: 'momentum', cured: plain };
  return { cause: 'learning-rate' };
}

/** The scale is at fault where it suits the rate as it is, or where no lower rate arrives and another scale does. */
function* limitingScaleOf(subject: Subject, pace: Pace): Sliced<Found | undefined> {
  const scaling = yield* limitingScale(subject, pace);
  if (scaling === undefined) return undefined;
  const suitsRate = subject.judgement.peakRate < (scaling.limit ?? NaN);
  if (!suitsRate && (yield* wellAtLowerRate(subject, pace))) return undefined;
  const standard = yield* standardisedScale(subject, scaling.features, pace);
  const cured: Trial[] = [];
  for (const each of [scaling, standard]) {
    const trial = each && (yield* curedByScale(subject, each, pace));
    if (trial !== undefined) cured.push(trial);
  }
  return suitsRate || cured.length > 0 ? { cause: 'feature-scale', scaling, cured } : undefined;
}

/** A run without a limit is slow by its rate where a higher one gets on. */
function* wellAtHigherRate(subject: Subject, pace: Pace): Sliced<boolean> {
  const { trials, judgement } = subject;
  for (const factor of [10, 100]) {
    const trial = yield* trials.run({ changes: rateChange(subject, factor * judgement.peakRate) }, pace);
    if (trials.best([trial]) !== undefined) return true;
  }
  return false;
}

/** Below a limit that is low for the scale of a feature most runs crawl. */
function* wellAtLowerRate(subject: Subject, pace: Pace): Sliced<boolean> {
  const limit = subject.steepest?.curvature.stableBelow;
  const trial = yield* bestLowerRate(subject, { changes: [] }, limit, pace);
  return trial !== undefined && isWell(trial.judgement.condition);
}

/**
 * Why a run jumps from side to side or swings: its rate is close to a limit that is low for the scale of a feature, or
 * its momentum carries it too far, which below the limit no lower rate would change.
 */
export function* causeOfOscillation(subject: Subject, pace: Pace): Sliced<Found> {
  const scale = yield* curableScale(subject, pace);
  if (scale !== undefined) return scale;
  if (swingsBelowLimit(subject) && hasMomentum(subject)) {
    const plain = yield* withSuitingRate(subject, withoutMomentum, subject.judgement.peakRate, pace);
    return { cause: 'momentum', ...(plain === undefined ? {} : { cured: plain }) };
  }
  const plain = yield* wellWithoutMomentum(subject, pace);
  return plain === undefined ? { cause: 'learning-rate' } : { cause: 'momentum', cured: plain };
}

/** Why a run is slow: its rate is far below the limit, or the scale of a feature makes its valley long. */
export function* causeOfCrawling(subject: Subject, pace: Pace): Sliced<Found> {
  const limit = subject.steepest?.curvature.stableBelow;
  if (limit !== undefined && subject.judgement.peakRate < 0.1 * limit) return { cause: 'learning-rate' };
  if (limit === undefined && (yield* wellAtHigherRate(subject, pace))) return { cause: 'learning-rate' };
  return (yield* curableScale(subject, pace)) ?? { cause: 'learning-rate' };
}

/** A run may have been thrown onto its plateau by a rate over the limit of its start; else the start is at fault. */
export function* causeOfPlateau(subject: Subject, pace: Pace): Sliced<Found | undefined> {
  const limit = subject.steepest?.curvature.stableBelow;
  if (limit === undefined || !(subject.judgement.peakRate > limit)) return undefined;
  const trial = yield* bestLowerRate(subject, { changes: [] }, limit, pace);
  return trial === undefined ? undefined : { cause: 'learning-rate' };
}

function* curableScale(subject: Subject, pace: Pace): Sliced<Found | undefined> {
  const scalings = yield* stretchingScales(subject, pace);
  const cured: { scaling: Scaling; trial: Trial }[] = [];
  for (const scaling of scalings) {
    const trial = yield* curedByScale(subject, scaling, pace);
    if (trial !== undefined) cured.push({ scaling, trial });
  }
  const [first] = cured;
  if (first === undefined) return undefined;
  return { cause: 'feature-scale', scaling: first.scaling, cured: cured.map(({ trial }) => trial) };
}

function* wellInFloat64({ trials }: Subject, pace: Pace): Sliced<Trial | undefined> {
  if (choose(trials.experiment.precision, 0).value === 'float64') return undefined;
  const trial = yield* trials.run({ changes: [{ kind: 'precision', precision: 'float64' }] }, pace);
  return trials.best([trial]);
}

/** The named optimizers that divide by a mean of squares have memories too, but no momentum to blame. */
const adaptive: ReadonlySet<string> = new Set(['adagrad', 'rmsprop', 'adam']);

function hasMomentum({ prepared }: Subject): boolean {
  return prepared.update.memories.length > 0 && !adaptive.has(prepared.settings.optimizer);
}

/** At the same rate. */
function* wellWithoutMomentum(subject: Subject, pace: Pace): Sliced<Trial | undefined> {
  if (!hasMomentum(subject)) return undefined;
  const trial = yield* subject.trials.run(withoutMomentum, pace);
  return trial !== undefined && isWell(trial.judgement.condition) && trial.judgement.drop > 0
    ? trial
    : undefined;
}

const withoutMomentum: Candidate = { changes: [{ kind: 'plain-update' }] };

const earlyUpdates = 5;

/** Every early update goes with the gradient and not against it. */
function* goesUphill({ prepared, run }: Subject, pace: Pace): Sliced<boolean> {
  const gradient = new PartEvaluation(prepared, 'training', prepared.symbols, prepared.gradient);
  const last = Math.min(earlyUpdates, run.steps.length - 1);
  let isUphill = false;
  for (let entry = 0; entry < last; entry++) {
    const [update] = updatesBetween(prepared, run, entry, entry + 1);
    if (update === undefined) continue;
    const along = dot(update, yield* gradient.at(pointAt(prepared, run, entry), pace));
    yield;
    if (!Number.isFinite(along)) continue;
    if (along <= 0) return false;
    isUphill = true;
  }
  return isUphill;
}

function* badRow(subject: Subject, pace: Pace): Sliced<BadRow | undefined> {
  const found = featuresOf(subject);
  const curvature = subject.steepest?.curvature;
  // A value out of all range leaves no finite curvature: any limit is above that.
  const limit = curvature?.stableBelow ?? (Number.isFinite(curvature?.largest) ? undefined : 0);
  if (found === undefined || limit === undefined) return undefined;
  const columns = new Set(found.features.flatMap((feature) => [...feature.columns]));
  for (const column of columns) {
    const bad = yield* badRowOf(found.table, column, pace);
    if (bad === undefined) continue;
    const mended = yield* subject.trials.startOf({ changes: [], table: bad.mended }, pace);
    const lifted = mended?.curvature.stableBelow ?? NaN;
    if (lifted >= muchHigher * limit) return bad;
  }
  return undefined;
}
