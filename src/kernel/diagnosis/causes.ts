import { choose } from '../experiment.ts';
import type { Pace, Sliced } from '../slices.ts';
import type { Table } from '../table.ts';
import { gradientAt } from './gradient-at.ts';
import { badRowOf, type BadRow } from './bad-rows.ts';
import { brokenOperation, type BrokenOperation } from './broken-operation.ts';
import type { Change } from './changes.ts';
import { isWell } from './diagnosis.ts';
import { dividedBy, References, scaleOf, type Feature } from './features.ts';
import { dot, pointAt, updatesBetween } from './run-state.ts';
import type { Subject } from './subject.ts';
import { bestTrial, type Trial } from './trial.ts';

/** Why a run is sick, with what shows it. */
export type Found =
  | { readonly cause: 'learning-rate' }
  | { readonly cause: 'precision'; readonly cured: Trial }
  | { readonly cause: 'domain'; readonly broken: BrokenOperation }
  | { readonly cause: 'data'; readonly bad?: BadRow; readonly broken?: BrokenOperation }
  | { readonly cause: 'direction' }
  | { readonly cause: 'momentum'; readonly cured: Trial }
  | { readonly cause: 'feature-scale'; readonly scaling: Scaling };

/** A rescaling that lifts the limit by much. */
export interface Scaling {
  readonly features: readonly Feature[];
  readonly scales: readonly number[];
  readonly changes: readonly Change[];
  /** How many times it lifts the limit, and where the limit then is. */
  readonly lift: number;
  readonly limit: number;
}

/** A limit that is lifted so many times says that the scale was at fault. */
const muchHigher = 10;
/** In so few rows a value is a slip and not the model's doing. */
const fewRows = 0.05;

/** Why a run explodes or is not finite. In this order, since each cause looks like a rate that is too high. */
export function* causeOfGrowth(subject: Subject, pace: Pace): Sliced<Found> {
  const { run, judgement } = subject;
  const inFloat64 = yield* wellInFloat64(subject, pace);
  if (inFloat64 !== undefined) return { cause: 'precision', cured: inFloat64 };
  if (judgement.condition === 'not-finite') {
    const broken = yield* brokenOperation(subject.prepared, run, pace);
    if (broken?.isOutsideDomain === true) return { cause: 'domain', broken };
    if (run.firstBadStep === 0 && broken !== undefined && broken.rowCount > 0) {
      const isFew = broken.rowCount <= Math.max(1, fewRows * subject.prepared.data.trainingRows);
      if (isFew) return { cause: 'data', broken };
    }
  }
  if (goesUphill(subject)) return { cause: 'direction' };
  const bad = yield* badRow(subject, pace);
  if (bad !== undefined) return { cause: 'data', bad };
  const scaling = yield* rescaling(subject, pace);
  if (scaling !== undefined && judgement.peakRate < scaling.limit) return { cause: 'feature-scale', scaling };
  const plain = yield* wellWithoutMomentum(subject, pace);
  if (plain !== undefined) return { cause: 'momentum', cured: plain };
  return { cause: 'learning-rate' };
}

/** Why a run jumps from side to side. */
export function* causeOfOscillation(subject: Subject, pace: Pace): Sliced<Found> {
  const plain = yield* wellWithoutMomentum(subject, pace);
  return plain === undefined ? { cause: 'learning-rate' } : { cause: 'momentum', cured: plain };
}

/** Why a run is slow: its rate is far below the limit, or the limit is low for the scale of a feature. */
export function* causeOfCrawling(subject: Subject, pace: Pace): Sliced<Found> {
  const limit = subject.steepest?.curvature.stableBelow;
  if (limit === undefined || subject.judgement.peakRate < 0.1 * limit) return { cause: 'learning-rate' };
  const scaling = yield* rescaling(subject, pace);
  return scaling === undefined ? { cause: 'learning-rate' } : { cause: 'feature-scale', scaling };
}

function* wellInFloat64({ trials, judgement }: Subject, pace: Pace): Sliced<Trial | undefined> {
  if (choose(trials.experiment.precision, 0).value === 'float64') return undefined;
  const trial = yield* trials.run({ changes: [{ kind: 'precision', precision: 'float64' }] }, pace);
  return bestTrial(judgement.condition, [trial]);
}

/** The named optimizers that divide by a mean of squares have memories too, but no momentum to blame. */
const adaptive: ReadonlySet<string> = new Set(['adagrad', 'rmsprop', 'adam']);

function* wellWithoutMomentum({ prepared, trials }: Subject, pace: Pace): Sliced<Trial | undefined> {
  if (prepared.update.memories.length === 0 || adaptive.has(prepared.settings.optimizer)) return undefined;
  const trial = yield* trials.run({ changes: [{ kind: 'plain-update' }] }, pace);
  return trial !== undefined && isWell(trial.judgement.condition) && trial.judgement.drop > 0
    ? trial
    : undefined;
}

const earlyUpdates = 5;

/** Every early update goes with the gradient and not against it. */
function goesUphill({ prepared, run }: Subject): boolean {
  const last = Math.min(earlyUpdates, run.steps.length - 1);
  const updates = updatesBetween(prepared, run, 0, last);
  const along = updates.map((update, entry) =>
    dot(update, gradientAt(prepared, pointAt(prepared, run, entry))),
  );
  const finite = along.filter(Number.isFinite);
  return finite.length > 0 && finite.every((each) => each > 0);
}

/** The features of a run that have columns, as far as there are data. */
export function featuresOf({ trials }: Subject): { features: Feature[]; table: Table } | undefined {
  const { experiment, table } = trials;
  return table && { features: new References(experiment, table).features(), table };
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

/** The division of one feature, or else of all large ones together, that lifts the limit by much. */
export function* rescaling(subject: Subject, pace: Pace): Sliced<Scaling | undefined> {
  const found = featuresOf(subject);
  const limit = subject.steepest?.curvature.stableBelow;
  if (found === undefined || limit === undefined) return undefined;
  const large = found.features
    .map((feature) => ({ feature, scale: scaleOf(feature, found.table, featureValues(subject, feature)) }))
    .filter(({ scale }) => scale >= muchHigher);
  const groups = large.length > 1 ? [...large.map((each) => [each]), large] : large.map((each) => [each]);
  let best: Scaling | undefined;
  for (const group of groups) {
    const changes = group.flatMap(({ feature, scale }) => dividedBy(feature, scale));
    const scaled = yield* subject.trials.startOf({ changes }, pace);
    const lifted = scaled?.curvature.stableBelow ?? NaN;
    if (!(lifted >= muchHigher * limit)) continue;
    // All large features together must do much better than one alone to be worth the longer change.
    if (best !== undefined && lifted < 3 * best.limit) continue;
    best = {
      features: group.map(({ feature }) => feature),
      scales: group.map(({ scale }) => scale),
      changes,
      lift: lifted / limit,
      limit: lifted,
    };
  }
  return best;
}

/** The values of a definition made of data alone; a column is told by its table. */
function featureValues({ prepared }: Subject, feature: Feature): Float64Array | undefined {
  const [place] = feature.places;
  if (place === undefined || place.kind === 'column') return undefined;
  const node = prepared.scope.build(place);
  return node.rows && !node.varies ? prepared.data.columns([node], 'training')[0] : undefined;
}
