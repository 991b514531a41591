import { choose } from '../experiment.ts';
import type { Pace, Sliced } from '../slices.ts';
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
import { scaleFixes } from './growth-fixes.ts';
import { bestLowerRate, rateChange } from './rate-changes.ts';
import { lengthOf, pointAt } from './run-state.ts';
import type { Subject } from './subject.ts';
import { bestTrial, type Candidate, type Trial } from './trial.ts';

/** A higher rate (the best is found by running), features on one scale, more steps. */
export function* crawlingFixes(subject: Subject, found: Found, pace: Pace): Sliced<DiagnosisFix[]> {
  const { judgement, trials, prepared } = subject;
  const fixes = found.cause === 'feature-scale' ? yield* scaleFixes(subject, found.scaling, pace) : [];
  const limit = subject.steepest?.curvature.stableBelow;
  const rates =
    limit === undefined
      ? [3, 10, 30, 100].map((factor) => factor * judgement.peakRate)
      : (prepared.schedule.hasBatches ? [0.3, 0.1, 0.03, 0.01] : [0.9, 0.7, 0.5]).map(
          (share) => share * limit,
        );
  const higher = rates
    .filter((rate) => rate > 1.05 * judgement.peakRate)
    .map((rate) => rateChange(subject, rate));
  const best = yield* bestOf(subject, higher, pace);
  if (best !== undefined) fixes.push(trials.fixOf(best));
  const longer = yield* firstOf(
    subject,
    [4, 16, 64].map((times) => moreSteps(subject, times)),
    pace,
  );
  if (longer !== undefined) fixes.push(trials.fixOf(longer));
  return fixes;
}

function moreSteps({ trials }: Subject, times: number): Change[] {
  const { unit, count } = trials.experiment.duration;
  return [{ kind: 'duration', unit, count: Math.min(1e9, times * Math.max(1, choose(count, 0).value)) }];
}

/** A rate that falls to 0, a larger batch, a lower rate. */
export function* noiseFixes(subject: Subject, pace: Pace): Sliced<DiagnosisFix[]> {
  const { trials, prepared } = subject;
  const decays = [1, 0.5, 0.2].map((factor) => decayed(subject, factor));
  const decay = yield* firstOf(subject, decays, pace);
  const { batchSize, rows } = prepared.schedule;
  const sizes = [4, 16].map((times) => times * batchSize).filter((size) => size < rows);
  const larger = [...sizes, 'all' as const].map((size): Change[] => [{ kind: 'batch-size', size }]);
  const batch = yield* firstOf(subject, larger, pace);
  const rate = yield* bestLowerRate(subject, 'noisy', { changes: [] }, undefined, pace);
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
  const isEnough = (trial: Trial) => isLower(subject, trial);
  const trial =
    (yield* firstOf(subject, starts, pace, isEnough)) ??
    (yield* firstOf(
      subject,
      starts.map((changes) => [...changes, ...slower]),
      pace,
      isEnough,
    ));
  return trial === undefined ? [] : [trials.fixOf(trial)];
}

function isLower({ judgement }: Subject, trial: Trial): boolean {
  const before = judgement.end?.loss ?? NaN;
  return before - trial.run.final.loss > 0.05 * Math.max(Math.abs(before), 1e-12);
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
  return [0.1, 0.3, 0.5, 0.7, 0.9, 2].flatMap((share) =>
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
  return bestTrial(subject.judgement.condition, trials);
}

function* firstOf(
  subject: Subject,
  changes: readonly Change[][],
  pace: Pace,
  isEnough: (trial: Trial) => boolean = () => true,
): Sliced<Trial | undefined> {
  for (const each of changes) {
    if (each.length === 0) continue;
    const trial = yield* subject.trials.run({ changes: each }, pace);
    const best = bestTrial(subject.judgement.condition, [trial]);
    if (best !== undefined && isEnough(best)) return best;
  }
  return undefined;
}
