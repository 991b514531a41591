import type { PreparedRun, Program } from '../program.ts';
import type { Run } from '../run.ts';
import type { Pace, Sliced } from '../slices.ts';
import { badRowOf } from './bad-rows.ts';
import { causeOfCrawling, causeOfGrowth, causeOfOscillation, causeOfPlateau, type Found } from './causes.ts';
import { isGrowing, type Diagnosis, type DiagnosisFix } from './diagnosis.ts';
import { evidenceOf } from './evidence.ts';
import { growthFixes } from './growth-fixes.ts';
import { judgeRun, type Judgement } from './judge-run.ts';
import { fileRow, oddValueText } from './row-text.ts';
import { pointAt, preparedFor, surroundingsOf, type Surroundings } from './run-state.ts';
import { featuresOf } from './scaling.ts';
import {
  crawlingFixes,
  noiseFixes,
  overfittingFixes,
  plateauFixes,
  spikeFixes,
  swingFixes,
} from './slow-fixes.ts';
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
  const subject: Subject = {
    run,
    prepared,
    judgement,
    trials: new Trials(program, prepared.index, judgement, source),
    ...(steepest === undefined ? {} : { steepest }),
  };
  const found = yield* causeOf(subject, pace);
  const fixes = yield* fixesOf(subject, found, pace);
  if (judgement.condition === 'crawling' && fixes.length === 0) {
    // Where no rate and no time help and another start does, the slow slope was that of a plateau.
    const stuck = { ...subject, judgement: { ...judgement, condition: 'plateau' } } as const;
    const starts = yield* plateauFixes(stuck, pace);
    if (starts.length > 0) return diagnosisOf(stuck, undefined, starts);
  }
  const diagnosis = diagnosisOf(subject, found, fixes);
  const odd = found?.cause === 'data' ? undefined : yield* oddRowText(subject, pace);
  return odd === undefined ? diagnosis : { ...diagnosis, notes: [...diagnosis.notes, odd] };
}

/** A run may be well and its data not: a value far from all others of its column pulls at the fit. */
function* oddRowText(subject: Subject, pace: Pace): Sliced<string | undefined> {
  const found = featuresOf(subject);
  if (found === undefined) return undefined;
  for (const column of new Set(found.features.flatMap(({ columns }) => [...columns]))) {
    const bad = yield* badRowOf(found.table, column, pace);
    if (bad === undefined) continue;
    const row = fileRow(subject.trials.experiment.data, bad.row);
    return `${oddValueText(`Row ${row}`, bad)}: is it right?`;
  }
  return undefined;
}

function diagnosisOf(subject: Subject, found: Found | undefined, fixes: readonly DiagnosisFix[]): Diagnosis {
  const place = placeOf(subject, found);
  return {
    condition: subject.judgement.condition,
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
    case 'spikes':
      return { cause: 'learning-rate' };
    case 'plateau':
      return yield* causeOfPlateau(subject, pace);
    default:
      return undefined;
  }
}

function* fixesOf(subject: Subject, found: Found | undefined, pace: Pace): Sliced<DiagnosisFix[]> {
  switch (subject.judgement.condition) {
    case 'not-finite':
    case 'exploding':
      return found === undefined ? [] : yield* growthFixes(subject, found, pace);
    case 'oscillating':
      return found === undefined ? [] : yield* swingFixes(subject, found, pace);
    case 'spikes':
      return yield* spikeFixes(subject, pace);
    case 'crawling':
      return found === undefined ? [] : yield* crawlingFixes(subject, found, pace);
    case 'noisy':
      return yield* noiseFixes(subject, pace);
    case 'plateau':
      return found === undefined
        ? yield* plateauFixes(subject, pace)
        : yield* growthFixes(subject, found, pace);
    case 'overfitting':
      return yield* overfittingFixes(subject, pace);
    default:
      return [];
  }
}

/**
 * The curvature that the rate has to suit: where the rate is over the limit, at the first of start, best point and end
 * (for a run that grows not the end, but the last point no higher than the start). Where it is over none: at the end,
 * or at the start if the run grows or the end shows no limit.
 */
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
  // Far up, where a run that grows ends, the curvature says nothing of where it went wrong.
  const places = [
    least(losses).index,
    ...(isGrowing(condition) ? [losses.findLastIndex((loss) => loss <= run.start.loss)] : []),
  ];
  for (const entry of places) {
    const there = yield* surroundingsOf(prepared, pointAt(prepared, run, Math.max(0, entry)), pace);
    if (isOver(there)) return there;
  }
  if (isGrowing(condition)) return atStart;
  if (isOver(end)) return end;
  return end?.curvature.stableBelow !== undefined && rate > 0 ? end : atStart;
}

function notesOf({ run, prepared, judgement, steepest }: Subject): string[] {
  const { condition, peakRate } = judgement;
  const notes: string[] = [];
  const limit = steepest?.curvature.stableBelow;
  if (limit !== undefined && prepared.schedule.hasBatches) {
    notes.push('The limit holds for full batches; with minibatches it is an upper bound.');
  }
  if (condition === 'oscillating' && limit !== undefined && peakRate > limit) {
    notes.push('On a loss that is no parabola, the jumps may stay bounded above the limit of the place.');
  }
  if (condition === 'settled') {
    notes.push('Whether there is a lower minimum elsewhere cannot be seen from here.');
  }
  const validation = run.validationLoss?.[run.loss.findLastIndex(Number.isFinite)] ?? 0;
  if (!Number.isFinite(validation)) {
    const value = Number.isNaN(validation) ? 'NaN' : 'infinite';
    notes.push(`The validation loss is ${value}: look at the rows that are kept for validation.`);
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
