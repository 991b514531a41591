import type { Formula, Span } from './formula.ts';
import type { Table } from './table.ts';

export const optimizerNames = ['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam'] as const;

export type OptimizerName = (typeof optimizerNames)[number];

export type Precision = 'float64' | 'float32';

/** One alternative for all runs of an experiment, or as many as the sweep has runs, first with first. */
export type Choice<T> = readonly [T, ...T[]];

/** The alternative that run `run` (counted from 0) of an experiment uses. */
export function choose<T>(choice: Choice<T>, run: number): T {
  return choice[run] ?? choice[0];
}

/** The most steps that a run may have. */
export const mostSteps = 1e9;

/** A constant setting, with the place of its text in the cell. */
export interface Setting<T> extends Span {
  readonly value: T;
}

/** Where a parameter starts: a formula that is one number, or one draw of the seeded generator. */
export type Start = Span &
  (
    | { readonly kind: 'formula'; readonly formula: Formula }
    | {
        readonly kind: 'draw';
        readonly distribution: 'normal';
        readonly mean: Formula;
        readonly deviation: Formula;
      }
    | {
        readonly kind: 'draw';
        readonly distribution: 'uniform';
        readonly low: Formula;
        readonly high: Formula;
      }
  );

export interface Parameter extends Span {
  readonly name: string;
  readonly startsAt: Choice<Start>;
}

/** One line of the update, `name = formula`; `parameter` and `gradient` are its special names. */
export interface UpdateLine extends Span {
  readonly name: string;
  readonly formula: Formula;
}

/**
 * The update of one step, run once for each parameter. A name assigned here that is neither `parameter`
 * nor `gradient` is a memory of each parameter; `memories` gives the constant it starts at.
 */
export interface Update {
  readonly lines: readonly UpdateLine[];
  readonly memories: ReadonlyMap<string, number>;
}

/** An axis of the landscape: a parameter, and its window when the author gave one. */
export interface Axis extends Span {
  readonly parameter: string;
  readonly window?: { readonly low: number; readonly high: number };
}

/** An exercise: a comparison that is judged at the end of every run. */
export interface Check extends Span {
  readonly formula: Formula & { readonly kind: 'comparison' };
  /** The comment on its line, else its own text. */
  readonly label: string;
}

/** How long a run is: so many updates, or so many passes through the training rows. */
export interface Duration {
  readonly unit: 'steps' | 'epochs';
  readonly count: Choice<Setting<number>>;
}

/**
 * One whole gradient-descent experiment, read from a cell and free of errors, but not yet met by its data:
 * a name in a formula that is neither a parameter nor a definition nor a reserved word is a column.
 */
export interface Experiment {
  /** The data file's name, for the caller to read. */
  readonly data?: string;
  /** The data of `data = table(...)`. */
  readonly table?: Table;
  /** Where each of its values stands in the cell, by column and row. */
  readonly tablePlaces?: ReadonlyMap<string, readonly Span[]>;
  /** The file of a `training_log` cell, which holds nothing else: such an experiment cannot be prepared. */
  readonly trainingLog?: string;
  /** Every defined name, `loss`, `prediction` and `truth` among them. */
  readonly definitions: ReadonlyMap<string, Choice<Formula>>;
  readonly parameters: readonly Parameter[];
  /** Absent only where the duration is 0 steps. A formula of `step`, `epoch`, `steps`, `epochs`, `batch_size`. */
  readonly learningRate?: Choice<Formula>;
  /** What `optimizer` named; absent where the update is spelled out. */
  readonly optimizer?: Choice<Setting<OptimizerName>>;
  /** The update, spelled out or the one that the optimizer stands for. */
  readonly update: Choice<Update>;
  readonly duration: Duration;
  readonly batchSize: Choice<Setting<number | 'all'>>;
  readonly seed: Choice<Setting<number>>;
  readonly precision: Choice<Setting<Precision>>;
  readonly patience?: Choice<Setting<number>>;
  readonly validation?: Choice<Setting<number>>;
  readonly landscape?: readonly [Axis] | readonly [Axis, Axis];
  readonly checks: readonly Check[];
  /** One label a run, such as `learning_rate = 0.1`; a single run has the label ''. */
  readonly labels: Choice<string>;
}

/** An experiment that its data cannot serve: the message names cause and remedy, the span the place in the cell. */
export class ExperimentError extends Error {
  override readonly name = 'ExperimentError';
  readonly start: number;
  readonly end: number;

  constructor(message: string, place: Span) {
    super(message);
    this.start = place.start;
    this.end = place.end;
  }
}
