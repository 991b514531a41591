/** The values a curve may have at a step. */
export type CurveField = 'loss' | 'validationLoss' | 'gradientNorm' | 'learningRate';

/** A value of a curve that is NaN or infinite although it was recorded. */
export interface NotFinite {
  readonly step: number;
  readonly field: CurveField;
  readonly value: number;
}

/**
 * The loss curve of a run that was made elsewhere. All arrays have the length of `steps`, which rises strictly.
 * NaN stands where a record has no value; a NaN or an infinity that the run itself had is in `notFinite` too.
 */
export interface Curve {
  readonly name: string;
  readonly steps: Float64Array;
  readonly loss: Float64Array;
  readonly validationLoss?: Float64Array;
  readonly gradientNorm?: Float64Array;
  readonly learningRate?: Float64Array;
  /** In the order of the steps. */
  readonly notFinite: readonly NotFinite[];
}
