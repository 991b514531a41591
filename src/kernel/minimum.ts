import { differentiate } from './differentiate.ts';
import { symmetricEigen } from './eigen.ts';
import { PartEvaluation } from './evaluation.ts';
import type { PreparedRun } from './program.ts';
import type { Run } from './run.ts';
import type { Pace, Sliced } from './slices.ts';
import { largestEntry, lengthOf } from './vectors.ts';

const mostSteps = 60;
const mostHalvings = 40;
/** Curvatures smaller than this share of the largest count as this share, so that no step is endless. */
const leastCurvature = 1e-8;
/** A step is the last when it gains so little of the loss and of what was gained before, */
const leastGain = 1e-13;
/** and is so short beside the way to here. Towards a minimum at infinity steps stay long. */
const shortestStep = 1e-3;

/**
 * The minimum of the full training loss over the parameters at `places`, the others as in `at`, that lies below the
 * lowest point of the paths: Newton's method, with the sizes of the curvatures so that it always leads down, and
 * with steps halved until they do. Undefined where it does not come to rest at a minimum.
 */
export function* findMinimum(
  run: PreparedRun,
  places: readonly number[],
  at: Float64Array,
  paths: readonly Run[],
  pace: Pace,
): Sliced<Float64Array | undefined> {
  const { graph, gradient, symbols } = run;
  const slopes = places.map((place) => gradient[place] ?? graph.constant(0));
  const axes = places.map((place) => symbols[place] ?? graph.constant(0));
  const curvatures = slopes.flatMap((slope) => differentiate(graph, slope, axes));
  const evaluation = new PartEvaluation(run, 'training', symbols, [run.loss, ...slopes, ...curvatures]);
  const start = lowestPoint(run, places, at, paths);
  let point = start;
  let values = yield* evaluation.at(point, pace);
  const [firstLoss = NaN] = values;
  for (let step = 0; step < mostSteps; step++) {
    const newton = newtonStep(values.subarray(1), places.length);
    if (newton === undefined) return undefined;
    const { move, gain, isMinimum } = newton;
    const [loss = NaN] = values;
    const isFlat = gain <= leastGain * (Math.abs(loss) + (firstLoss - loss));
    const way = Float64Array.from(places, (place) => (point[place] ?? NaN) - (start[place] ?? NaN));
    const isShort = lengthOf(move) <= shortestStep * lengthOf(way);
    if (isFlat && (isShort || gain === 0)) return isMinimum ? point : undefined;
    let share = 1;
    let next = moved(point, places, move, share);
    let nextValues = yield* evaluation.at(next, pace);
    for (let halving = 0; halving < mostHalvings && !isLower(nextValues, values); halving++) {
      yield;
      share /= 2;
      next = moved(point, places, move, share);
      nextValues = yield* evaluation.at(next, pace);
    }
    if (!isLower(nextValues, values)) return isFlat && isMinimum ? point : undefined;
    point = next;
    values = nextValues;
    yield;
  }
  return undefined;
}

function lowestPoint(
  run: PreparedRun,
  places: readonly number[],
  at: Float64Array,
  paths: readonly Run[],
): Float64Array {
  const point = at.slice();
  let lowest = Infinity;
  for (const path of paths) {
    path.loss.forEach((loss, entry) => {
      if (!(loss < lowest)) return;
      lowest = loss;
      for (const place of places) {
        point[place] = path.parameters[run.parameters[place]?.name ?? '']?.[entry] ?? NaN;
      }
    });
  }
  return point;
}

interface NewtonStep {
  readonly move: Float64Array;
  /** How much lower the loss is there, to second order. */
  readonly gain: number;
  readonly isMinimum: boolean;
}

/** The step from gradient and Hessian, flat one after the other; undefined where they are not finite or all 0. */
function newtonStep(derivatives: Float64Array, size: number): NewtonStep | undefined {
  const { values, vectors } = symmetricEigen(derivatives.slice(size), size);
  const steepest = largestEntry(values);
  if (!(steepest > 0 && steepest < Infinity)) return undefined;
  const move = new Float64Array(size);
  let gain = 0;
  vectors.forEach((vector, index) => {
    const curvature = Math.max(Math.abs(values[index] ?? NaN), leastCurvature * steepest);
    const slope = vector.reduce((sum, part, place) => sum + part * (derivatives[place] ?? NaN), 0);
    gain += (slope * slope) / (2 * curvature);
    vector.forEach((part, place) => (move[place] = (move[place] ?? NaN) - (slope / curvature) * part));
  });
  return { move, gain, isMinimum: values.every((value) => value > 0) };
}

function moved(
  point: Float64Array,
  places: readonly number[],
  move: Float64Array,
  share: number,
): Float64Array {
  const next = point.slice();
  places.forEach((place, index) => (next[place] = (next[place] ?? NaN) + share * (move[index] ?? NaN)));
  return next;
}

function isLower(values: Float64Array, than: Float64Array): boolean {
  return (values[0] ?? NaN) < (than[0] ?? NaN);
}
