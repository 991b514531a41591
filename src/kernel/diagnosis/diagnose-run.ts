import type { PreparedRun, Program } from '../program.ts';
import type { Run } from '../run.ts';
import type { Pace, Sliced } from '../slices.ts';
import { causeOfCrawling, causeOfGrowth, causeOfOscillation, type Found } from './causes.ts';
import type { Diagnosis, DiagnosisFix } from './diagnosis.ts';
import { evidenceOf } from './evidence.ts';
import { growthFixes } from './growth-fixes.ts';
import { judgeRun, type Judgement } from './judge-run.ts';
import { pointAt, preparedFor, surroundingsOf, type Surroundings } from './run-state.ts';
import { crawlingFixes, noiseFixes, overfittingFixes, plateauFixes } from './slow-fixes.ts';
import type { Subject } from './subject.ts';
import { placeOf, summaryOf } from './summary.ts';
import { least } from './statistics.ts';
import { Trials } from './trial.ts';

const mostFixes = 4;

/** The diagnosis of one run of a program, with fixes that have been tried. */
export function* diagnoseRun(
  run: Run,
  program: Program,
  source: string | undefined,
  pace: Pace,
): Sliced<Diagnosis> {
  const prepared = preparedFor(program.runs, run);
  const judgement = yield* judgeRun(prepared, run, pace);
  const steepest = yield* steepestOf(prepared, run, judgement, pace);
  const trials = new Trials(program, prepared.index, source);
  const subject: Subject = {
    run,
    prepared,
    judgement,
    trials,
    ...(steepest === undefined ? {} : { steepest }),
  };
  const found = yield* causeOf(subject, pace);
  const fixes = yield* fixesOf(subject, found, pace);
  const place = placeOf(subject, found);
  return {
    condition: judgement.condition,
    ...(found === undefined ? {} : { cause: found.cause }),
    summary: summaryOf(subject, found),
    evidence: evidenceOf(subject, found),
    fixes: withoutRepeats(fixes).slice(0, mostFixes),
    notes: notesOf(subject),
    ...(place === undefined ? {} : { place }),
  };
}

function* causeOf(subject: Subject, pace: Pace): Sliced<Found | undefined> {
  switch (subject.judgement.condition) {
    case 'not-finite':
    case 'exploding':
      return yield* causeOfGrowth(subject, pace);
    case 'oscillating':
      return yield* causeOfOscillation(subject, pace);
    case 'crawling':
      return yield* causeOfCrawling(subject, pace);
    case 'noisy':
      return { cause: 'learning-rate' };
    default:
      return undefined;
  }
}

function* fixesOf(subject: Subject, found: Found | undefined, pace: Pace): Sliced<DiagnosisFix[]> {
  switch (subject.judgement.condition) {
    case 'not-finite':
    case 'exploding':
    case 'oscillating':
      return found === undefined ? [] : yield* growthFixes(subject, found, pace);
    case 'crawling':
      return found === undefined ? [] : yield* crawlingFixes(subject, found, pace);
    case 'noisy':
      return yield* noiseFixes(subject, pace);
    case 'plateau':
      return yield* plateauFixes(subject, pace);
    case 'overfitting':
      return yield* overfittingFixes(subject, pace);
    default:
      return [];
  }
}

/** The curvature that the rate has to suit: where it is over the limit, else at the start. */
function* steepestOf(
  prepared: PreparedRun,
  run: Run,
  { rate, peakRate, end, condition }: Judgement,
  pace: Pace,
): Sliced<Surroundings | undefined> {
  const atStart = yield* surroundingsOf(prepared, prepared.starts, pace);
  const isOver = (each: Surroundings | undefined) =>
    peakRate > (each?.curvature.stableBelow ?? Infinity) && each !== undefined;
  if (isOver(atStart)) return atStart;
  const losses = run.loss.map((loss) => (Number.isFinite(loss) ? loss : Infinity));
  const atBest = yield* surroundingsOf(prepared, pointAt(prepared, run, least(losses).index), pace);
  if (isOver(atBest)) return atBest;
  if (isOver(end)) return end;
  const isEndBetter = condition !== 'not-finite' && end?.curvature.stableBelow !== undefined;
  return isEndBetter && rate > 0 ? end : atStart;
}

function notesOf({ prepared, judgement, steepest }: Subject): string[] {
  const { condition } = judgement;
  const notes: string[] = [];
  const hasLimit = steepest?.curvature.stableBelow !== undefined;
  if (hasLimit && prepared.schedule.hasBatches) {
    notes.push('The limit holds for full batches; with minibatches it is an upper bound.');
  }
  if (condition === 'oscillating') {
    notes.push('On a loss that is no parabola, the jumps may stay bounded above the limit of the place.');
  }
  if (condition === 'settled') {
    notes.push('Whether there is a lower minimum elsewhere cannot be seen from here.');
  }
  return notes;
}

function withoutRepeats(fixes: readonly DiagnosisFix[]): DiagnosisFix[] {
  const titles = new Set<string>();
  return fixes.filter(({ title }) => {
    const isNew = !titles.has(title);
    titles.add(title);
    return isNew;
  });
}
