import { choose } from '../experiment.ts';
import type { Pace, Sliced } from '../slices.ts';
import { numberFormula, productFormula } from './build-formula.ts';
import type { Change } from './changes.ts';
import { surroundingsOf } from './run-state.ts';
import type { Subject } from './subject.ts';
import type { Candidate, Trial } from './trial.ts';

/**
 * The change to a learning rate of which `rate` is the highest: the number itself, or the schedule times a factor.
 * None where the experiment has no learning rate.
 */
export function rateChange({ prepared, judgement, trials }: Subject, rate: number): Change[] {
  const { learningRate } = trials.experiment;
  if (learningRate === undefined || !Number.isFinite(rate)) return [];
  const at = choose(learningRate, 0);
  const rounded = Number(rate.toPrecision(3));
  if (prepared.learningRate.operation === 'constant') {
    return [{ kind: 'formula', at, by: numberFormula(rounded) }];
  }
  const factor = Number((rate / judgement.peakRate).toPrecision(2));
  return [{ kind: 'formula', at, by: productFormula(numberFormula(factor), at) }];
}

/** Shares of the limit that are tried, the first three together, since the fastest of them is wanted. */
const nearLimit = [0.9, 0.7, 0.5];
const farBelow = [[0.25], [0.1], [0.03, 0.01]];
/** Below this share of the rate as it is, another is a lower one. */
const noticeablyLower = 0.97;
/** Where there is no limit: shares of the rate as it is. */
const lower = [
  [0.3, 0.1],
  [0.03, 0.01],
  [1e-3, 1e-4],
];

/**
 * The best learning rate below the limit, or below the one as it is where there is no limit, together with other
 * changes, found by running.
 */
export function* bestLowerRate(
  subject: Subject,
  others: Candidate,
  limit: number | undefined,
  pace: Pace,
): Sliced<Trial | undefined> {
  const { trials } = subject;
  const rate = subject.judgement.peakRate;
  const groups = limit === undefined ? lower : [nearLimit, ...farBelow];
  const unit = limit ?? rate;
  let mild: Trial | undefined;
  for (const group of groups) {
    // With other changes a higher rate may be the one that suits.
    const most = others.changes.length > 0 ? Infinity : noticeablyLower * rate;
    const rates = group.map((share) => share * unit).filter((each) => each < most);
    const tried: (Trial | undefined)[] = [];
    for (const each of rates) tried.push(yield* tryRate(subject, others, each, pace));
    const best = trials.best(tried);
    // A rate so low that the run ends early looks well too: it must not end above one that is only slow.
    if (best !== undefined && trials.cures(best) === 2) {
      return mild !== undefined && mild.run.final.loss < best.run.final.loss ? mild : best;
    }
    mild ??= best;
  }
  return mild;
}

/** A change with the rate as it is or, where it ends lower, with one below the new limit and `highestRate`. */
export function* withSuitingRate(
  subject: Subject,
  candidate: Candidate,
  highestRate: number,
  pace: Pace,
): Sliced<Trial | undefined> {
  const { trials } = subject;
  const prepared = yield* trials.prepare(candidate, pace);
  const asItIs = trials.best([yield* trials.run(candidate, pace, prepared)]);
  const start = prepared && (yield* surroundingsOf(prepared, prepared.starts, pace));
  const stableBelow = start?.curvature.stableBelow;
  const limit = stableBelow === undefined ? undefined : Math.min(stableBelow, highestRate);
  const suited = yield* bestLowerRate(subject, candidate, limit, pace);
  if (asItIs === undefined || suited === undefined) return asItIs ?? suited;
  return trials.best([asItIs, suited]) === suited && isMuchLower(suited, asItIs) ? suited : asItIs;
}

function* tryRate(subject: Subject, others: Candidate, rate: number, pace: Pace): Sliced<Trial | undefined> {
  const changes = rateChange(subject, rate);
  if (changes.length === 0) return undefined;
  return yield* subject.trials.run({ ...others, changes: [...others.changes, ...changes] }, pace);
}

/** Whether the loss ends so much lower by one change that the other, simpler one is no match for it. */
export function isMuchLower(one: Trial, other: Trial): boolean {
  const saved = other.run.final.loss - one.run.final.loss;
  return saved > 0.01 * Math.max(Math.abs(other.run.final.loss), Math.abs(one.judgement.drop));
}
