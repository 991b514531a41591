import { choose, type Experiment } from '../experiment.ts';
import type { Formula, Term } from '../formula.ts';
import type { Pace, Sliced } from '../slices.ts';
import { guardedDivisors } from './broken-update.ts';
import { changeText, withoutRows, type Change } from './changes.ts';
import type { Found } from './causes.ts';
import { isGrowing, type Cause, type DiagnosisFix } from './diagnosis.ts';
import { guardsFor } from './domain-guards.ts';
import { bestLowerRate, isMuchLower, withSuitingRate } from './rate-changes.ts';
import { oddValueText, rowsText } from './row-text.ts';
import { featuresOf } from './scaling.ts';
import { swingsBelowLimit, type Subject } from './subject.ts';
import type { Candidate, Trial } from './trial.ts';

/** Causes that no lower rate cures. */
const withOwnFixes: ReadonlySet<Cause> = new Set<Cause>(['direction', 'start', 'update']);

/** What cures a run that explodes, is not finite, or jumps from side to side; the cause's own fixes first. */
export function* growthFixes(subject: Subject, found: Found, pace: Pace): Sliced<DiagnosisFix[]> {
  const { trials } = subject;
  const fixes = yield* fixesOfCause(subject, found, pace);
  // Where the scale makes a run jump from side to side, at a lower rate it would crawl.
  const isScale = found.cause === 'feature-scale' && !isGrowing(subject.judgement.condition);
  if (withOwnFixes.has(found.cause) || isScale) return fixes;
  const limit = subject.steepest?.curvature.stableBelow;
  // A limit above a rate at which the run grows is that of another place.
  const isElsewhere = isGrowing(subject.judgement.condition) && !(subject.judgement.peakRate > (limit ?? 0));
  const rate = yield* bestLowerRate(subject, { changes: [] }, isElsewhere ? undefined : limit, pace);
  if (rate === undefined) return fixes;
  const plain = found.cause === 'momentum' ? found.cured : undefined;
  if (plain !== undefined && isMuchLower(rate, plain)) return [trials.fixOf(rate), ...fixes];
  // Momentum swings as long at a lower rate.
  return plain !== undefined && swingsBelowLimit(subject) ? fixes : [...fixes, trials.fixOf(rate)];
}

function* fixesOfCause(subject: Subject, found: Found, pace: Pace): Sliced<DiagnosisFix[]> {
  const { trials } = subject;
  switch (found.cause) {
    case 'learning-rate':
      return [];
    case 'precision':
      return [trials.fixOf(found.cured)];
    case 'momentum': {
      const gentler = yield* lessMomentum(subject, pace);
      const fixes = gentler === undefined ? [] : [trials.fixOf(gentler)];
      const plain = found.cured && trials.fixOf(found.cured);
      return plain?.edits === undefined ? fixes : [...fixes, plain];
    }
    case 'direction':
      return yield* turnAround(subject, pace);
    case 'domain': {
      const guards = guardsFor(subject, found.broken).map((changes) => ({ changes }));
      const guarded = yield* fixesFor(subject, guards, subject.judgement.peakRate, pace);
      if (guarded.length > 0 || subject.run.firstBadStep !== 0) return guarded;
      return yield* fixesFor(subject, startsOffZero(subject), subject.judgement.peakRate, pace);
    }
    case 'start':
      return yield* fixesFor(subject, startsAtZero(subject), subject.judgement.peakRate, pace);
    case 'update': {
      const changes = guardedDivisors(subject);
      const candidates = changes.length === 0 ? [] : [{ changes }];
      return yield* fixesFor(subject, candidates, subject.judgement.peakRate, pace);
    }
    case 'data':
      return yield* rowFixes(subject, found, pace);
    case 'feature-scale':
      return found.cured.map((trial) => trials.fixOf(trial));
  }
}

/** Each candidate as it is, or else together with a lower rate. */
function* fixesFor(
  subject: Subject,
  candidates: readonly Candidate[],
  highestRate: number,
  pace: Pace,
): Sliced<DiagnosisFix[]> {
  const fixes: DiagnosisFix[] = [];
  for (const candidate of candidates) {
    const trial = yield* withSuitingRate(subject, candidate, highestRate, pace);
    if (trial !== undefined) fixes.push(subject.trials.fixOf(trial));
  }
  return fixes;
}

/** Every start elsewhere moved to 0, where hardly a formula overflows. */
function startsAtZero({ prepared }: Subject): Candidate[] {
  const elsewhere = prepared.parameters.filter((_, index) => prepared.starts[index] !== 0);
  const changes = elsewhere.map(({ name }): Change => ({ kind: 'start', parameter: name, value: 0 }));
  return changes.length === 0 ? [] : [{ changes }];
}

/** Every start at 0, where a division or a logarithm breaks, moved to 1 or to -1. */
function startsOffZero({ prepared }: Subject): Candidate[] {
  const atZero = prepared.parameters.filter((_, index) => prepared.starts[index] === 0);
  const to = (value: number): Change[] =>
    atZero.map(({ name }) => ({ kind: 'start', parameter: name, value }));
  return atZero.length === 0 ? [] : [{ changes: to(1) }, { changes: to(-1) }];
}

/** Without the rows at fault; the edit that does so where they stand in the cell. */
function* rowFixes(subject: Subject, found: Found & { cause: 'data' }, pace: Pace): Sliced<DiagnosisFix[]> {
  const { trials } = subject;
  const { bad, broken } = found;
  const rows = bad ? [bad.row] : (broken?.rows ?? []);
  const { table } = trials;
  if (rows.length === 0 || table === undefined) return [];
  const left: Change = { kind: 'without-rows', rows: new Set(rows) };
  const candidate: Candidate =
    trials.experiment.tablePlaces === undefined
      ? { changes: [], table: withoutRows(table, left.rows) }
      : { changes: [left] };
  const trial = yield* withSuitingRate(subject, candidate, subject.judgement.peakRate, pace);
  if (trial === undefined) return [];
  const title = rowTitle(subject, found, rows, trial);
  // An edit of the rate alone would leave the row in the file as it is.
  return [candidate.table === undefined ? trials.fixOf(trial, title) : { title, loss: trial.run.final.loss }];
}

function rowTitle(
  { trials }: Subject,
  { bad }: Found & { cause: 'data' },
  rows: readonly number[],
  { changes }: Trial,
): string {
  const { experiment } = trials;
  const which = rowsText(experiment.data, rows);
  const others = changes
    .filter(({ kind }) => kind !== 'without-rows')
    .map((change) => `, \`${changeText(experiment, change)}\``)
    .join('');
  if (experiment.tablePlaces !== undefined) {
    const value = bad === undefined ? '' : `, whose \`${bad.column}\` is ${bad.value}`;
    return `Delete ${which}${value}${others}`;
  }
  const why = bad === undefined ? '' : `: ${oddValueText('it', bad)}`;
  return `Correct or delete ${which}${why}${others}`;
}

/** The number that a memory is multiplied by from step to step, where one stands in the cell. */
function* lessMomentum(subject: Subject, pace: Pace): Sliced<Trial | undefined> {
  const at = momentumFactor(subject);
  if (at?.kind !== 'number') return undefined;
  for (const value of [0.9, 0.5]) {
    if (value >= at.value) continue;
    const by: Formula = { ...at, value };
    const trial = yield* subject.trials.run({ changes: [{ kind: 'formula', at, by }] }, pace);
    const best = subject.trials.best([trial]);
    if (best !== undefined) return best;
  }
  return undefined;
}

/** The number in the cell by which the update keeps its memory from step to step; undefined where none is. */
export function momentumFactor({ trials }: Subject): Formula | undefined {
  if (trials.experiment.optimizer !== undefined) return undefined;
  for (const { name, formula } of choose(trials.experiment.update, 0).lines) {
    const terms = formula.kind === 'sum' ? formula.terms.map((term) => term.formula) : [formula];
    for (const term of terms) {
      if (term.kind !== 'product') continue;
      const factors = term.factors.map((factor) => factor.formula);
      if (!factors.some((factor) => factor.kind === 'name' && factor.name === name)) continue;
      const number = factors.map((factor) => numberIn(trials.experiment, factor)).find(Boolean);
      if (name !== 'parameter' && name !== 'gradient' && number !== undefined) return number;
    }
  }
  return undefined;
}

/** A number as it stands, or the one that a name stands for. */
function numberIn({ definitions }: Experiment, formula: Formula): Formula | undefined {
  if (formula.kind !== 'name') return formula.kind === 'number' ? formula : undefined;
  const definition = definitions.get(formula.name);
  const named = definition && choose(definition, 0);
  return named?.kind === 'number' ? named : undefined;
}

/** The sign of the learning rate, or of the nudge. */
function* turnAround(subject: Subject, pace: Pace): Sliced<DiagnosisFix[]> {
  return yield* fixesFor(
    subject,
    turned(subject).map((changes) => ({ changes })),
    Math.abs(subject.judgement.peakRate),
    pace,
  );
}

function turned({ trials }: Subject): Change[][] {
  const { experiment } = trials;
  const turns: Change[][] = [];
  const rate = experiment.learningRate && choose(experiment.learningRate, 0);
  if (rate?.kind === 'negation') turns.push([{ kind: 'formula', at: rate, by: rate.operand }]);
  const line = nudgeLine(trials.experiment);
  if (line?.formula.kind === 'sum') {
    const { formula } = line;
    const terms = formula.terms.map((term) => (isParameter(term.formula) ? term : turnedTerm(term)));
    turns.push([{ kind: 'formula', at: formula, by: { ...formula, terms } }]);
  }
  return turns;
}

/** With the other sign: `- -learning_rate * gradient` loses a minus. */
function turnedTerm(term: Term): Term {
  const { formula } = term;
  const [first, ...others] = formula.kind === 'product' ? formula.factors : [];
  if (formula.kind !== 'product' || first?.formula.kind !== 'negation')
    return { ...term, negative: !term.negative };
  const factors = [{ ...first, formula: first.formula.operand }, ...others];
  return { ...term, formula: { ...formula, factors } };
}

/** The line of the update that changes the parameter, where it stands in the cell. */
export function nudgeLine(experiment: Experiment) {
  if (experiment.optimizer !== undefined) return undefined;
  return choose(experiment.update, 0).lines.findLast(({ name }) => name === 'parameter');
}

function isParameter(formula: Formula): boolean {
  return formula.kind === 'name' && formula.name === 'parameter';
}

/** The places of the features that use a column. */
export function placesOfColumn(subject: Subject, column: string): readonly Formula[] {
  const features = featuresOf(subject)?.features ?? [];
  return features.find(({ columns }) => columns.has(column))?.places ?? [];
}
