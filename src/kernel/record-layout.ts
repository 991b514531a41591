import type { PreparedRun } from './program.ts';

/** What a run records at each step besides loss, learning rate and gradient norm. */
export interface RecordShape {
  readonly parameters: readonly string[];
  /** Whether the run has minibatches, and so a loss of each batch. */
  readonly batches: boolean;
  readonly validation: boolean;
}

/** In which column of a record an entry has each of its numbers. */
export interface RecordLayout {
  readonly loss: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
  readonly batchLoss?: number;
  readonly validationLoss?: number;
  /** The column of the first parameter; those of the others follow in order. */
  readonly parameters: number;
  /** How many columns there are. */
  readonly width: number;
}

/** The shape of the record that a run will make. */
export function recordShape({ parameters, schedule, data }: PreparedRun): RecordShape {
  return {
    parameters: parameters.map(({ name }) => name),
    batches: schedule.hasBatches,
    validation: data.validationRows > 0,
  };
}

/** The columns of a record of this shape: those that every record has, then the others, the parameters last. */
export function recordLayout({ parameters, batches, validation }: RecordShape): RecordLayout {
  const common = { loss: 0, learningRate: 1, gradientNorm: 2 };
  const batchLoss = 3;
  const validationLoss = batchLoss + Number(batches);
  const firstParameter = validationLoss + Number(validation);
  return {
    ...common,
    ...(batches ? { batchLoss } : {}),
    ...(validation ? { validationLoss } : {}),
    parameters: firstParameter,
    width: firstParameter + parameters.length,
  };
}
