import type { Pace, Sliced } from '../slices.ts';
import type { Table } from '../table.ts';
import type { Change } from './changes.ts';
import { dividedBy, References, scaleOf, standardised, type Feature } from './features.ts';
import { rateChange, withSuitingRate } from './rate-changes.ts';
import type { Subject } from './subject.ts';
import type { Trial } from './trial.ts';

/** Features on another scale, and what that does to the landscape. */
export interface Scaling {
  readonly features: readonly Feature[];
  /** The power of ten that each was divided by; absent where they were standardised. */
  readonly scales?: readonly number[];
  readonly changes: readonly Change[];
  /** Where the limit of the learning rate then is, if there is one, and the condition number. */
  readonly limit?: number;
  readonly condition: number;
}

/** A limit that is lifted so many times says that the scale was at fault. */
const muchBetter = 10;
/** A valley less stretched than this, plain steps get through. */
const stretched = 100;

/** The features of a run that have columns, as far as there are data. */
export function featuresOf({ trials }: Subject): { features: Feature[]; table: Table } | undefined {
  const { experiment, table } = trials;
  return table && { features: new References(experiment, table).features(), table };
}

/** The division of one feature, or else of all large ones together, that lifts the limit by much. */
export function* limitingScale(subject: Subject, pace: Pace): Sliced<Scaling | undefined> {
  const limit = subject.steepest?.curvature.stableBelow;
  if (limit === undefined) return undefined;
  const large = scaledFeatures(subject).filter(({ scale }) => scale >= muchBetter);
  const groups = large.length > 1 ? [...large.map((each) => [each]), large] : large.map((each) => [each]);
  let best: Scaling | undefined;
  for (const group of groups) {
    const scaling = yield* dividedScale(subject, group, pace);
    const lifted = scaling?.limit ?? NaN;
    if (scaling === undefined || !(lifted >= muchBetter * limit)) continue;
    // All large features together must do much better than one alone to be worth the longer change.
    if (best?.limit !== undefined && lifted < 3 * best.limit) continue;
    best = scaling;
  }
  return best;
}

/**
 * Other scales for a run that hardly gets on although its rate is as high as it can be, where features on scales so
 * different make its valley much longer than wide: powers of ten, and standardising, which alone helps where a feature
 * is so far from 0 that it is as good as a constant.
 */
export function* stretchingScales(subject: Subject, pace: Pace): Sliced<Scaling[]> {
  const condition = subject.steepest?.curvature.condition ?? NaN;
  const limiting = yield* limitingScale(subject, pace);
  const isStretched = condition >= stretched && Number.isFinite(condition);
  if (limiting === undefined && !isStretched) return [];
  const features = scaledFeatures(subject);
  const off = features.filter(({ scale }) => scale >= muchBetter || scale <= 1 / muchBetter);
  const standard = yield* standardisedScale(
    subject,
    limiting?.features ?? features.map(({ feature }) => feature),
    pace,
  );
  const divided = limiting ?? (off.length === 0 ? undefined : yield* dividedScale(subject, off, pace));
  const isMuchRounder = (scaling: Scaling) => scaling.condition * muchBetter <= condition;
  return [divided, standard]
    .filter((scaling) => scaling !== undefined)
    .filter((scaling) => scaling === limiting || isMuchRounder(scaling));
}

/** The trial that cures by another scale, with a rate that suits it. */
export function* curedByScale(subject: Subject, scaling: Scaling, pace: Pace): Sliced<Trial | undefined> {
  const { trials, judgement } = subject;
  const { changes, limit } = scaling;
  const trial = yield* withSuitingRate(subject, { changes }, Infinity, pace);
  if (trial !== undefined || limit !== undefined) return trial;
  const higher: (Trial | undefined)[] = [];
  for (const factor of [10, 100, 1000]) {
    const rate = rateChange(subject, factor * judgement.peakRate);
    higher.push(yield* trials.run({ changes: [...changes, ...rate] }, pace));
  }
  return trials.best(higher);
}

interface ScaledFeature {
  readonly feature: Feature;
  readonly scale: number;
}

/** The features that parameters are multiplied with; the scale of the truth is that of the loss. */
function scaledFeatures(subject: Subject): ScaledFeature[] {
  const found = featuresOf(subject);
  if (found === undefined) return [];
  return found.features
    .filter(({ isMultiplied }) => isMultiplied)
    .map((feature) => ({ feature, scale: scaleOf(feature, found.table, featureValues(subject, feature)) }));
}

/** Other powers of ten beside the one that the values suggest: a factor may stand between them and the parameter. */
const nearby = [1, 0.1, 10, 0.01, 100];

/** The features divided; one by itself by the power of ten with which the valley is roundest. */
function* dividedScale(
  subject: Subject,
  group: readonly ScaledFeature[],
  pace: Pace,
): Sliced<Scaling | undefined> {
  const features = group.map(({ feature }) => feature);
  let best: Scaling | undefined;
  for (const factor of group.length === 1 ? nearby : [1]) {
    const scales = group.map(({ scale }) => scale * factor);
    const changes = features.flatMap((feature, index) => dividedBy(feature, scales[index] ?? 1));
    const scaling = yield* scalingBy(subject, features, changes, pace);
    if (scaling === undefined) continue;
    const isRounder = best === undefined || scaling.condition < 0.5 * best.condition;
    if (isRounder) best = { ...scaling, scales };
  }
  return best;
}

/** The features with the mean 0 and the standard deviation 1. */
export function* standardisedScale(
  subject: Subject,
  features: readonly Feature[],
  pace: Pace,
): Sliced<Scaling | undefined> {
  if (features.length === 0) return undefined;
  return yield* scalingBy(subject, features, features.flatMap(standardised), pace);
}

function* scalingBy(
  subject: Subject,
  features: readonly Feature[],
  changes: readonly Change[],
  pace: Pace,
): Sliced<Scaling | undefined> {
  const start = yield* subject.trials.startOf({ changes }, pace);
  if (start === undefined) return undefined;
  const { stableBelow, condition } = start.curvature;
  return { features, changes, condition, ...(stableBelow === undefined ? {} : { limit: stableBelow }) };
}

/** The values of a definition made of data alone; a column is told by its table. */
function featureValues({ prepared }: Subject, feature: Feature): Float64Array | undefined {
  const [place] = feature.places;
  if (place === undefined || place.kind === 'column') return undefined;
  const node = prepared.scope.build(place);
  return node.rows && !node.varies ? prepared.data.columns([node], 'training')[0] : undefined;
}
