import { choose, mostSteps } from '../experiment.ts';
import type { Pace, Sliced } from '../slices.ts';
import { lengthOf } from '../vectors.ts';
import {
  differenceFormula,
  nameFormula,
  numberFormula,
  productFormula,
  quotientFormula,
} from './build-formula.ts';
import type { Change } from './changes.ts';
import type { Found } from './causes.ts';
import type { DiagnosisFix } from './diagnosis.ts';
import { growthFixes } from './growth-fixes.ts';
import { bestLowerRate, rateChange } from './rate-changes.ts';
import { turningShare } from './judge-run.ts';
import { pointAt } from './run-state.ts';
import type { Subject } from './subject.ts';
import type { Candidate, Trial } from './trial.ts';

/** Shares of the limit that suit batches, and a velocity in few steps. */
const farBelowLimit = [0.3, 0.1, 0.03, 0.01];
/** Where there is no limit: so many times the rate as it is, the nearest first. */
const higherRates = [
  [3, 10, 30, 100],
  [1e3, 1e4],
  [1e5, 1e6, 1e7, 1e8],
];

/** A higher rate (the best is found by running), features on one scale, more steps. */
export function* crawlingFixes(subject: Subject, found: Found, pace: Pace): Sliced<DiagnosisFix[]> {
  const { judgement, trials, prepared } = subject;
  const fixes = found.cause === 'feature-scale' ? found.cured.map((trial) => trials.fixOf(trial)) : [];
  const limit = subject.steepest?.curvature.stableBelow;
  const shares = prepared.schedule.hasBatches ? [farBelowLimit] : [[0.9, 0.7, 0.5], farBelowLimit];
  const groups =
    limit === undefined
      ? higherRates.map((group) => group.map((factor) => factor * judgement.peakRate))
      : shares.map((group) => group.map((share) => share * limit));
  let best: Trial | undefined;
  for (const group of groups) {
    const higher = group.filter((rate) => rate > 1.05 * judgement.peakRate);
    best ??= yield* bestOf(
      subject,
      higher.map((rate) => rateChange(subject, rate)),
      pace,
    );
  }
  if (best !== undefined) fixes.push(trials.fixOf(best));
  const longer = yield* firstOf(
    subject,
    [4, 16, 64].map((times) => moreSteps(subject, times)),
    pace,
  );
  if (longer !== undefined) fixes.push(trials.fixOf(longer));
  return fixes;
}

/** Those of its cause, a lower rate, one that falls to 0 where steps have no limit, time for the swings to die out. */
export function* swingFixes(subject: Subject, found: Found, pace: Pace): Sliced<DiagnosisFix[]> {
  const { judgement, steepest, trials } = subject;
  const fixes = yield* growthFixes(subject, found, pace);
  if (steepest?.curvature.stableBelow === undefined) {
    const decay = yield* decayTrial(subject, pace);
    const isAtBottom = judgement.turning >= turningShare;
    if (decay !== undefined) fixes.splice(isAtBottom ? 0 : fixes.length, 0, trials.fixOf(decay));
  }
  const diesOut = judgement.swings?.isShrinking === true && found.cause !== 'feature-scale';
  if (!diesOut && fixes.length > 0) return fixes;
  const longer = yield* firstOf(
    subject,
    [2, 4, 16].map((times) => moreSteps(subject, times)),
    pace,
  );
  return longer === undefined ? fixes : [...fixes, trials.fixOf(longer)];
}

/** A rate that falls to 0 brings a run to rest that is kicked out of it again and again; so may a lower rate. */
export function* spikeFixes(subject: Subject, pace: Pace): Sliced<DiagnosisFix[]> {
  const decay = yield* decayTrial(subject, pace);
  const rate = yield* bestLowerRate(subject, { changes: [] }, undefined, pace);
  return [decay, rate].flatMap((trial) => (trial === undefined ? [] : [subject.trials.fixOf(trial)]));
}

function* decayTrial(subject: Subject, pace: Pace): Sliced<Trial | undefined> {
  return yield* firstOf(
    subject,
    [1, 0.5, 0.2].map((factor) => decayed(subject, factor)),
    pace,
  );
}

function moreSteps({ trials }: Subject, times: number): Change[] {
  const { unit, count } = trials.experiment.duration;
  return [
    { kind: 'duration', unit, count: Math.min(mostSteps, times * Math.max(1, choose(count, 0).value)) },
  ];
}

/** A rate that falls to 0, a larger batch, a lower rate. */
export function* noiseFixes(subject: Subject, pace: Pace): Sliced<DiagnosisFix[]> {
  const { trials, prepared } = subject;
  const decay = yield* decayTrial(subject, pace);
  const { batchSize, rows } = prepared.schedule;
  const sizes = [4, 16].map((times) => times * batchSize).filter((size) => size < rows);
  const larger = [...sizes, 'all' as const].map((size): Change[] => [{ kind: 'batch-size', size }]);
  const batch = yield* firstOf(subject, larger, pace);
  const rate = yield* bestLowerRate(subject, { changes: [] }, undefined, pace);
  return [decay, batch, rate].flatMap((trial) => (trial === undefined ? [] : [trials.fixOf(trial)]));
}

/** `rate * (1 - (step - 1) / steps)`: in a straight line from the rate to nearly 0 at the last step. */
function decayed({ trials, prepared }: Subject, factor: number): Change[] {
  const { learningRate } = trials.experiment;
  if (learningRate === undefined || prepared.learningRate.operation !== 'constant') return [];
  const at = choose(learningRate, 0);
  const rate =
    factor === 1 ? at : numberFormula(Number((factor * prepared.learningRate.value).toPrecision(3)));
  const past = quotientFormula(
    differenceFormula(nameFormula('step'), numberFormula(1)),
    nameFormula('steps'),
  );
  return [{ kind: 'formula', at, by: productFormula(rate, differenceFormula(numberFormula(1), past)) }];
}

/** Another start, if need be with a lower rate: down the slope, off a saddle, towards 0, or all ways at once. */
export function* plateauFixes(subject: Subject, pace: Pace): Sliced<DiagnosisFix[]> {
  const { trials, judgement } = subject;
  const starts = otherStarts(subject);
  const slower = rateChange(subject, 0.3 * judgement.peakRate);
  const trial =
    (yield* nearestOf(subject, starts, pace)) ??
    (yield* nearestOf(
      subject,
      starts.map((changes) => [...changes, ...slower]),
      pace,
    ));
  return trial === undefined ? [] : [trials.fixOf(trial)];
}

/** The first that ends about as low as the lowest: the starts come in the order of their distance. */
function* nearestOf(subject: Subject, changes: readonly Change[][], pace: Pace): Sliced<Trial | undefined> {
  const cured: Trial[] = [];
  for (const each of changes) {
    const trial = yield* bestOf(subject, [each], pace);
    if (trial !== undefined && isLower(subject, trial)) cured.push(trial);
  }
  const losses = cured.map(({ run }) => run.final.loss);
  const lowest = Math.min(...losses);
  const enough = lowest + 0.01 * ((subject.judgement.end?.loss ?? NaN) - lowest);
  return cured.find(({ run }) => run.final.loss <= enough);
}

/** It ends lower, and by learning: a start at the lowest point would be the answer given away. */
function isLower({ judgement }: Subject, { run, judgement: tried }: Trial): boolean {
  const before = judgement.end?.loss ?? NaN;
  const enough = 0.05 * Math.max(Math.abs(before), 1e-12);
  return before - run.final.loss > enough && tried.drop > enough;
}

function otherStarts({ run, prepared, judgement }: Subject): Change[][] {
  const { end } = judgement;
  if (end === undefined) return [];
  const start = pointAt(prepared, run, 0);
  const { eigenvectors, smallest } = end.curvature;
  const [bend] = smallest < 0 ? eigenvectors : [];
  const directions = [
    end.gradient.map((part) => -part),
    ...(bend === undefined ? [] : [bend, bend.map((part) => -part)]),
    start.map((value) => -value),
    start.map((_, index) => 0.5 - ((index * 0.618) % 1)),
  ].filter((direction) => lengthOf(direction) > 0);
  const size = Math.max(1, lengthOf(start));
  const names = prepared.parameters.map(({ name }) => name);
  return [0.1, 0.3, 0.5, 0.7, 0.9, 1, 2].flatMap((share) =>
    directions.map((direction) => startMoved(names, start, direction, share * size)),
  );
}

/** The starts of the parameters that the move changes noticeably. */
function startMoved(
  names: readonly string[],
  start: Float64Array,
  direction: Float64Array,
  distance: number,
): Change[] {
  const factor = distance / lengthOf(direction);
  return names.flatMap((parameter, index): Change[] => {
    const move = factor * (direction[index] ?? 0);
    if (Math.abs(move) < 0.01 * distance) return [];
    return [{ kind: 'start', parameter, value: Number(((start[index] ?? 0) + move).toPrecision(3)) }];
  });
}

/** Stopping where the validation loss was best. */
export function* overfittingFixes(subject: Subject, pace: Pace): Sliced<DiagnosisFix[]> {
  const { judgement, prepared, trials } = subject;
  const best = judgement.overfit?.bestStep;
  if (best === undefined) return [];
  const { unit } = trials.experiment.duration;
  const count = unit === 'steps' ? best : Math.max(1, Math.round(best / prepared.schedule.stepsPerEpoch));
  const before = judgement.overfit?.end ?? NaN;
  const stops = (trial: Trial) => (trial.run.final.validationLoss ?? NaN) < before;
  const candidate: Candidate = { changes: [{ kind: 'duration', unit, count }] };
  const trial = yield* trials.run(candidate, pace);
  if (trial === undefined || !stops(trial) || trial.judgement.condition === 'overfitting') return [];
  return [trials.fixOf(trial)];
}

function* bestOf(subject: Subject, changes: readonly Change[][], pace: Pace): Sliced<Trial | undefined> {
  const trials: (Trial | undefined)[] = [];
  for (const each of changes) {
    if (each.length > 0) trials.push(yield* subject.trials.run({ changes: each }, pace));
  }
  return subject.trials.best(trials);
}

function* firstOf(subject: Subject, changes: readonly Change[][], pace: Pace): Sliced<Trial | undefined> {
  for (const each of changes) {
    const best = yield* bestOf(subject, [each], pace);
    if (best !== undefined) return best;
  }
  return undefined;
}
