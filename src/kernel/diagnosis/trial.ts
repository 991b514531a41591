import { Descent } from '../descent.ts';
import { ExperimentError, type Experiment } from '../experiment.ts';
import { prepareInSlices } from '../prepare.ts';
import type { PreparedRun, Program } from '../program.ts';
import type { Run } from '../run.ts';
import type { Pace, Sliced } from '../slices.ts';
import type { Table } from '../table.ts';
import { changeText, editsFor, singleRun, withChanges, type Change } from './changes.ts';
import { isGrowing, isWell, type CellEdit, type DiagnosisFix } from './diagnosis.ts';
import { judgeRun, type Judgement } from './judge-run.ts';
import { surroundingsOf, type Surroundings } from './run-state.ts';

/** One trial passes over at most so many rows, and all trials of one diagnosis over so many. */
const mostRowsOfTrial = 4e7;
const mostRowsOfAll = 4e8;
const fewestSteps = 20;
const mostTrials = 60;

/** What came of running a changed experiment. */
export interface Trial {
  readonly changes: readonly Change[];
  readonly run: Run;
  readonly judgement: Judgement;
  /** It was ended early, since all its steps would take long. */
  readonly isShortened: boolean;
}

/** A change to be tried. */
export interface Candidate {
  readonly changes: readonly Change[];
  /** Other data to run on. */
  readonly table?: Table;
}

/** Tries changed experiments in place of one run of a program, as far as the budget of a diagnosis allows. */
export class Trials {
  readonly experiment: Experiment;
  readonly table: Table | undefined;
  private readonly sick: Judgement;
  private readonly source: string | undefined;
  private rowsLeft = mostRowsOfAll;
  private trialsLeft = mostTrials;

  /** @param sick how the run was judged that is to be cured */
  constructor(program: Program, index: number, sick: Judgement, source: string | undefined) {
    // A trial is judged by its loss alone.
    this.experiment = { ...singleRun(program.experiment, index), checks: [] };
    this.table = program.table;
    this.sick = sick;
    this.source = source;
  }

  /** The changed experiment, ready to run; undefined where the change does not make sense. */
  *prepare({ changes, table }: Candidate, pace: Pace): Sliced<PreparedRun | undefined> {
    try {
      const changed = withChanges(this.experiment, changes);
      // Data in the cell come before data from elsewhere: other data must take their place.
      const experiment = table === undefined ? changed : { ...changed, table };
      return (yield* prepareInSlices(experiment, this.table, pace)).runs[0];
    } catch (error) {
      if (error instanceof ExperimentError) return undefined;
      throw error;
    }
  }

  /** How the loss lies around the start of the changed experiment. */
  *startOf(candidate: Candidate, pace: Pace): Sliced<Surroundings | undefined> {
    const prepared = yield* this.prepare(candidate, pace);
    return prepared && (yield* surroundingsOf(prepared, prepared.starts, pace));
  }

  /**
   * Runs and judges the changed experiment; undefined where it cannot be run, or the budget is spent.
   *
   * @param known what `prepare` made of the candidate, where that is at hand
   */
  *run(candidate: Candidate, pace: Pace, known?: PreparedRun): Sliced<Trial | undefined> {
    if (this.trialsLeft <= 0) return undefined;
    const prepared = known ?? (yield* this.prepare(candidate, pace));
    if (prepared === undefined) return undefined;
    const short = this.shortened(prepared);
    const cost = (short.schedule.steps + 1) * rowsPerStep(short);
    if (cost > this.rowsLeft) return undefined;
    this.rowsLeft -= cost;
    this.trialsLeft--;
    const descent = new Descent(short);
    yield* descent.slices(pace);
    const run = descent.read();
    if (run === undefined) return undefined;
    const judgement = yield* judgeRun(short, run, pace);
    return { changes: candidate.changes, run, judgement, isShortened: short !== prepared };
  }

  /** A run that would take long is tried for as many steps as are affordable. */
  private shortened(prepared: PreparedRun): PreparedRun {
    const most = Math.max(fewestSteps, Math.floor(mostRowsOfTrial / rowsPerStep(prepared)));
    const { schedule } = prepared;
    return schedule.steps <= most ? prepared : { ...prepared, schedule: { ...schedule, steps: most } };
  }

  /** The trial as a fix, with what it takes to make it in the cell. */
  fixOf({ run, changes }: Trial, title?: string): DiagnosisFix {
    const edits = changes.length === 0 ? undefined : this.edits(changes);
    return {
      title: title ?? changes.map((change) => `\`${changeText(this.experiment, change)}\``).join(', '),
      ...(edits === undefined ? {} : { edits }),
      loss: run.final.loss,
    };
  }

  /** How well a trial cures: 2 wholly, 1 of the worst, 0 not at all. */
  cures(trial: Trial): 0 | 1 | 2 {
    const { judgement } = trial;
    const { loss } = trial.run.final;
    if (!Number.isFinite(loss) || judgement.drop < 0) return 0;
    if (isWell(judgement.condition)) return loss <= this.lossToBeat(trial) ? 2 : 0;
    const wasWorst = isGrowing(this.sick.condition);
    const isMilder = ['crawling', 'noisy', 'oscillating', 'plateau'].includes(judgement.condition);
    return wasWorst && isMilder && judgement.drop > 0 ? 1 : 0;
  }

  /** The trial that cures best, and of equals ends lowest. */
  best(trials: readonly (Trial | undefined)[]): Trial | undefined {
    let best: Trial | undefined;
    for (const trial of trials) {
      if (trial === undefined || this.cures(trial) === 0) continue;
      const better =
        best === undefined
          ? 1
          : this.cures(trial) - this.cures(best) || best.run.final.loss - trial.run.final.loss;
      if (better > 0) best = trial;
    }
    return best;
  }

  /** What looks well and ends higher than the sick run is no cure; of a shortened trial only its own steps count. */
  private lossToBeat({ isShortened, run }: Trial): number {
    const { condition, losses, level } = this.sick;
    if (isGrowing(condition)) return Infinity;
    if (!isShortened) return level;
    const entry = losses.steps.findLastIndex((step) => step <= run.stepsTaken);
    return losses.values[entry] ?? Infinity;
  }

  private edits(changes: readonly Change[]): CellEdit[] | undefined {
    return editsFor(this.experiment, changes, this.source);
  }
}

function rowsPerStep({ schedule }: PreparedRun): number {
  const fullLosses = schedule.hasBatches ? schedule.rows / schedule.stepsPerFullLoss : 0;
  return Math.max(16, schedule.batchSize + fullLosses);
}
