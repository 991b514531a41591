import { differentiate } from './differentiate.ts';
import { extremeEigenvalues, symmetricEigen } from './eigen.ts';
import { PartEvaluation } from './evaluation.ts';
import { choose } from './experiment.ts';
import { pointOf } from './gradient.ts';
import type { Node } from './graph.ts';
import type { PreparedRun, Program } from './program.ts';
import type { ByParameter } from './run.ts';
import { finishUnlessAborted, type Pace, type Sliced } from './slices.ts';
import { stableProduct } from './stability.ts';

/** How the full training loss curves at a point. */
export interface Curvature {
  /** Ascending: all up to 50 parameters, beyond that the smallest and the largest. */
  readonly eigenvalues: Float64Array;
  /** The directions that belong to them, each of length 1, in the order of the parameters. */
  readonly eigenvectors: readonly Float64Array[];
  readonly largest: number;
  readonly smallest: number;
  /** The largest over the smallest; Infinity where the smallest is not positive. */
  readonly condition: number;
  /**
   * The learning rate below which full-batch descent is stable near this point; absent where nothing curves upwards
   * and for updates that are not linear in the gradient, such as Adam's.
   */
  readonly stableBelow?: number;
  /** A learning rate that does well: 0.9 of the limit. */
  readonly recommended?: number;
}

export interface CurvatureOptions {
  /** Which run of a sweep, counted from 0. */
  readonly run?: number;
  readonly signal?: AbortSignal;
}

/** Up to so many parameters the whole Hessian is computed. */
const mostForHessian = 50;
/** Up to so many parameters its entries are computed in one pass; beyond, column by column. */
const mostForOnePass = 12;
const recommendedShare = 0.9;

/**
 * The eigenvalues of the Hessian of the full training loss, and what they say about the learning rate. Parameters
 * left out of `at` are as at the start.
 *
 * @throws the signal's reason where it ends the work
 */
export async function curvature(
  program: Program,
  at: ByParameter<number>,
  options: CurvatureOptions = {},
): Promise<Curvature> {
  const run = choose(program.runs, options.run ?? 0);
  return finishUnlessAborted((pace) => curvatureSlices(run, pointOf(run, at), pace), options.signal);
}

/** As `curvature`, of one run at a point in the order of its parameters. */
export function* curvatureSlices(run: PreparedRun, point: Float64Array, pace: Pace): Sliced<Curvature> {
  const { values, vectors } = yield* eigensystem(run, point, pace);
  const [smallest = NaN] = values;
  const largest = values.at(-1) ?? NaN;
  const product = stableProduct(run);
  const stableBelow = product !== undefined && largest > 0 ? product / largest : undefined;
  return {
    eigenvalues: values,
    eigenvectors: vectors,
    largest,
    smallest,
    condition: smallest > 0 ? largest / smallest : Infinity,
    ...(stableBelow === undefined ? {} : { stableBelow, recommended: recommendedShare * stableBelow }),
  };
}

function* eigensystem(
  run: PreparedRun,
  point: Float64Array,
  pace: Pace,
): Sliced<{ values: Float64Array; vectors: readonly Float64Array[] }> {
  const size = run.symbols.length;
  if (size <= mostForHessian) return symmetricEigen(yield* hessian(run, point, pace), size);
  const product = productWith(run, point, pace);
  const { smallest, largest } = yield* extremeEigenvalues(product, size);
  return {
    values: Float64Array.of(smallest.value, largest.value),
    vectors: [smallest.vector, largest.vector],
  };
}

/** The Hessian row after row, exact: the derivatives of the graph's derivatives. */
export function* hessian(run: PreparedRun, point: Float64Array, pace: Pace): Sliced<Float64Array> {
  const { graph, gradient, symbols } = run;
  const size = symbols.length;
  const matrix = new Float64Array(size * size);
  if (size <= mostForOnePass) {
    const lower = gradient.flatMap((slope, row) => differentiate(graph, slope, symbols.slice(0, row + 1)));
    const entries = yield* new PartEvaluation(run, 'training', symbols, lower).at(point, pace);
    let next = 0;
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++) matrix[row * size + column] = entries[next++] ?? NaN;
    }
  } else {
    const product = productWith(run, point, pace);
    const direction = new Float64Array(size);
    const result = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      direction.fill(0)[row] = 1;
      yield* product(direction, result);
      matrix.set(result, row * size);
    }
  }
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      matrix[column * size + row] = matrix[row * size + column] ?? NaN;
    }
  }
  return matrix;
}

/** The product of the Hessian with vectors: the derivatives of the gradient's part along each. */
function productWith(
  run: PreparedRun,
  point: Float64Array,
  pace: Pace,
): (vector: Float64Array, result: Float64Array) => Sliced<void> {
  const { graph, gradient, symbols, parameters } = run;
  const directions = parameters.map(({ name }) => graph.symbol(`direction ${name}`));
  const zero = graph.constant(0);
  const along: Node = graph.sum(
    directions.map((part, index) => graph.product(part, gradient[index] ?? zero)),
  );
  const outputs = differentiate(graph, along, symbols);
  const evaluation = new PartEvaluation(run, 'training', [...symbols, ...directions], outputs);
  const inputs = new Float64Array(2 * symbols.length);
  inputs.set(point);
  return function* (vector, result) {
    inputs.set(vector, symbols.length);
    result.set(yield* evaluation.at(inputs, pace));
    yield;
  };
}
