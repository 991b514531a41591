export type Outcome = 'finished' | 'settled' | 'diverged' | 'stopped';

/** Values by parameter, in an object without a prototype: a parameter may be called `constructor`. */
export type ByParameter<T> = Readonly<Record<string, T>>;

/** Where a run stood at one step. */
export interface Point {
  readonly step: number;
  /** The full training loss; NaN where it was not taken at this step. */
  readonly loss: number;
  readonly validationLoss?: number;
  readonly parameters: ByParameter<number>;
}

/** How an exercise of the cell came out for one run. */
export interface CheckResult {
  readonly label: string;
  readonly passed: boolean;
  /** Both sides of the comparison, as numbers. */
  readonly left: number;
  readonly right: number;
  /** The place of the check in the cell. */
  readonly start: number;
  readonly end: number;
}

/** What a run was made with: `{ learningRate: 0.1, optimizer: 'sgd', ... }`. */
export interface RunSettings {
  /** The learning rate of the first step; NaN where the experiment has none. */
  readonly learningRate: number;
  readonly optimizer: string;
  readonly steps: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly precision: 'float64' | 'float32';
}

/**
 * The record of one run. Entry 0 of every array is the start, entry k is after step `steps[k]`; all arrays
 * have the length of `steps`. Before thinning `steps` is 0, 1, 2 ...; a long record is thinned by keeping extremes.
 */
export interface Run {
  /** What tells this run from the others of a sweep; '' for a single run. */
  readonly label: string;
  readonly settings: RunSettings;
  readonly outcome: Outcome;
  readonly steps: Int32Array;
  /** The full training loss; NaN where it was not taken (minibatches), not finite only as the last entry. */
  readonly loss: Float64Array;
  /** The loss of the batch of step k before its update; only with minibatches; entry 0 is NaN. */
  readonly batchLoss?: Float64Array;
  readonly validationLoss?: Float64Array;
  /** The learning rate that step k used; entry 0 is that of the first step, NaN where there is none. */
  readonly learningRate: Float64Array;
  /**
   * The length of the gradient: with full batches that of the full gradient after step k, with minibatches that of
   * the gradient which step k used (entry 0 is NaN).
   */
  readonly gradientNorm: Float64Array;
  readonly parameters: ByParameter<Float64Array>;
  readonly stepsTaken: number;
  readonly stepsPerEpoch: number;
  /** The first step with a loss, parameter or gradient that is not finite. */
  readonly firstBadStep?: number;
  readonly start: Point;
  readonly final: Point;
  readonly checks: readonly CheckResult[];
}
