import {
  curvature,
  descend,
  descendNow,
  ExperimentError,
  gradient,
  landscape,
  predict,
  prepare,
  roundDown,
  RunMemory,
} from '../kernel/index.ts';
import type { ByParameter, Experiment, Program, Run, Table } from '../kernel/index.ts';
import { readExperiment } from '../language/index.ts';
import type { LandscapeGrid } from '../output/index.ts';
import { changedExperiment, unchanged } from './changes.ts';
import type { Changes } from './changes.ts';
import type { RateMarks } from './rate-scale.ts';
import { parametersAt } from './record.ts';
import type { Fit } from './scene.ts';

/** A run longer than this is repeated on release, in slices, and not while a slider moves. */
export const mostMillisecondsAtOnce = 50;

/** A first guess, before anything was measured; generated code does ten times more once it is warm. */
const rowsPerMillisecond = 30_000;

/** The experiment of a cell, ready to be run again inside the figure. */
export class Laboratory {
  readonly experiment: Experiment;
  readonly #table: Table | undefined;
  readonly #programs = new Map<number, Program>();
  /** The cost of one full run, measured; by run. */
  readonly #milliseconds = new Map<number, number>();
  /** Where runs are repeated at once; by run. */
  readonly #memories = new Map<number, RunMemory>();

  private constructor(experiment: Experiment, table: Table | undefined) {
    this.experiment = experiment;
    this.#table = table;
  }

  /** Undefined where the cell holds no experiment, or where its data were too large to send. */
  static open(source: string, table: Table | undefined): Laboratory | undefined {
    const { experiment } = readExperiment(
      source,
      table === undefined ? undefined : [...table.columns.keys()],
    );
    if (experiment?.trainingLog !== undefined) return undefined;
    if (experiment === undefined || (experiment.data !== undefined && table === undefined)) return undefined;
    return new Laboratory(experiment, table);
  }

  /** Whether all runs of a sweep go over the same landscape. */
  get hasOneLoss(): boolean {
    const { definitions, precision, validation, seed } = this.experiment;
    const splits = validation === undefined ? [] : [validation, seed];
    return [...definitions.values(), precision, ...splits].every((choice) => choice.length === 1);
  }

  /** Whether runs are quick enough to be repeated while a slider moves. */
  isQuick(runs: readonly number[]): boolean {
    return runs.reduce((sum, run) => sum + this.#cost(run), 0) <= mostMillisecondsAtOnce;
  }

  /**
   * Repeats a run with changes, at once, in the place of its last repetition. Undefined where the changed experiment
   * cannot be run.
   */
  runNow(changes: Changes, run: number): Run | undefined {
    const began = performance.now();
    const program = this.#prepare(changes, run);
    const memory = this.#memories.get(run) ?? new RunMemory();
    this.#memories.set(run, memory);
    const [result] = program === undefined ? [] : descendNow(program, memory);
    if (result?.outcome === 'finished') this.#measured(run, performance.now() - began);
    return result;
  }

  /** Repeats a run with changes, giving way to the page about every 10 ms. */
  async runInSlices(changes: Changes, run: number, signal: AbortSignal): Promise<Run | undefined> {
    const began = performance.now();
    const program = this.#prepare(changes, run);
    if (program === undefined) return undefined;
    const [result] = await descend(program, { signal });
    if (result?.outcome === 'finished') this.#measured(run, performance.now() - began);
    return signal.aborted ? undefined : result;
  }

  /** The full gradient of a run's loss at a point. */
  gradientAt(run: number, at: ByParameter<number>): ByParameter<number> | undefined {
    const program = this.#program(run);
    return program === undefined ? undefined : gradient(program, at).gradient;
  }

  /** The loss over the two parameters chosen, through the point where the run ends. */
  async landscapeOf(
    run: number,
    runs: readonly Run[],
    axes: { readonly x?: string; readonly y?: string },
    signal: AbortSignal,
  ): Promise<LandscapeGrid | undefined> {
    const program = this.#program(run);
    return program === undefined ? undefined : landscape(program, { ...axes, runs, signal });
  }

  /** The rates that mean something for a run near a point; its limit is only an upper bound with minibatches. */
  async marksAt(run: number, at: ByParameter<number>, signal: AbortSignal): Promise<RateMarks> {
    const program = this.#program(run);
    if (program === undefined) return {};
    const { stableBelow, recommended } = await curvature(program, at, { signal });
    return {
      ...(stableBelow === undefined ? {} : { limit: roundDown(stableBelow) }),
      ...(recommended === undefined ? {} : { recommended: roundDown(recommended) }),
      isUpperBound: program.runs[0].schedule.hasBatches,
    };
  }

  /** What the runs predict; undefined for an experiment without a prediction. */
  fitOf(runs: () => readonly Run[]): Fit | undefined {
    const program = this.#program(0);
    const sample = program === undefined ? undefined : predict(program, {});
    if (sample?.truth === undefined) return undefined;
    const { x, xLabel, truth } = sample;
    return {
      truth,
      ...(x === undefined ? {} : { x }),
      ...(xLabel === undefined ? {} : { xLabel }),
      predictionAt: (index, entry) => {
        const [run, own] = [runs()[index], this.#program(index)];
        return run === undefined || own === undefined
          ? undefined
          : predict(own, parametersAt(run, entry))?.prediction;
      },
    };
  }

  #cost(run: number): number {
    return this.#milliseconds.get(run) ?? this.#guess(run);
  }

  #guess(run: number): number {
    const program = this.#program(run);
    if (program === undefined) return Infinity;
    const { steps, rows, batchSize } = program.runs[0].schedule;
    return (steps * (Math.min(rows, batchSize) + 1)) / rowsPerMillisecond;
  }

  /** Costs fall as the code warms up, so the latest one counts. */
  #measured(run: number, milliseconds: number): void {
    this.#milliseconds.set(run, milliseconds);
  }

  #program(run: number): Program | undefined {
    const known = this.#programs.get(run);
    if (known !== undefined) return known;
    const made = this.#prepare(unchanged, run);
    if (made !== undefined) this.#programs.set(run, made);
    return made;
  }

  #prepare(changes: Changes, run: number): Program | undefined {
    try {
      return prepare(changedExperiment(this.experiment, changes, run), this.#table);
    } catch (error) {
      if (error instanceof ExperimentError) return undefined;
      throw error;
    }
  }
}
