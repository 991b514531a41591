import { Descent } from './descent.ts';
import { differentiate } from './differentiate.ts';
import { symmetricEigen } from './eigen.ts';
import { PartEvaluation } from './evaluation.ts';
import type { PreparedRun } from './program.ts';
import type { Run } from './run.ts';
import type { Pace, Sliced } from './slices.ts';

export interface Window {
  readonly low: number;
  readonly high: number;
}

/** A path is followed for so many slices, where it has to be made for the picture alone. */
const mostSlices = 200;
const mostNewtonSteps = 30;
/** How far beyond start and minimum a path whose loss has risen may lead the window, in spans of the two. */
const furthest = 1;
/** A path does not run away while its loss is below so many times the one at its start. */
const calmLoss = 1.5;
const margin = 0.2;

/** The runs whose paths are shown: those given, else, where it is needed, the run itself as far as is affordable. */
export function* pathsOf(
  run: PreparedRun,
  given: readonly Run[] | undefined,
  needed: boolean,
  pace: Pace,
): Sliced<readonly Run[]> {
  if (given !== undefined || !needed) return given ?? [];
  const descent = new Descent(run);
  const work = descent.slices(pace);
  for (let slice = 0; slice < mostSlices && work.next().done !== true; slice++) yield;
  const path = descent.read();
  return path === undefined ? [] : [path];
}

/**
 * The minimum of the loss over the parameters at `places`, the others as in `at`: Newton's method from the lowest
 * point of the paths. Undefined where it does not lead to a point of positive curvature.
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
  const point = lowestPoint(run, places, at, paths);
  let [loss = NaN, ...derivatives] = yield* evaluation.at(point, pace);
  for (let step = 0; step < mostNewtonSteps; step++) {
    const move = newtonStep(derivatives, places.length);
    if (move === undefined) return undefined;
    const next = point.slice();
    places.forEach((place, index) => (next[place] = (next[place] ?? NaN) + (move[index] ?? NaN)));
    yield;
    const [nextLoss = NaN, ...nextDerivatives] = yield* evaluation.at(next, pace);
    const isDone = places.every(
      (place, index) => Math.abs(move[index] ?? NaN) <= 1e-9 * Math.abs(next[place] ?? 0),
    );
    if (!(nextLoss <= loss)) return isDone || loss - nextLoss > -1e-12 * Math.abs(loss) ? point : undefined;
    point.set(next);
    [loss, derivatives] = [nextLoss, nextDerivatives];
    if (isDone) break;
  }
  return point;
}

/** The part of the axis that shows start, minimum and path, as far as the path does not run away. */
export function windowFor(
  run: PreparedRun,
  place: number,
  paths: readonly Run[],
  minimum: Float64Array | undefined,
): Window {
  const name = run.parameters[place]?.name ?? '';
  const tracks = paths.map((path) => path.parameters[name] ?? new Float64Array());
  const starts = tracks.length > 0 ? tracks.map((track) => track[0] ?? 0) : [run.starts[place] ?? 0];
  const fixed = [...starts, ...(minimum === undefined ? [] : [minimum[place] ?? 0])].filter(Number.isFinite);
  let [low, high] = [Math.min(...fixed), Math.max(...fixed)];
  const reach =
    furthest * Math.max(high - low, typicalMove(tracks), 1e-6 * Math.max(Math.abs(low), Math.abs(high)));
  const [least, most] = [low - reach, high + reach];
  for (const [index, track] of tracks.entries()) {
    const losses = paths[index]?.loss;
    const calm = calmLoss * (losses?.[0] ?? NaN);
    for (const [entry, value] of track.entries()) {
      if (!(value >= least && value <= most) && !((losses?.[entry] ?? NaN) <= calm)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const span = high > low ? high - low : Math.max(1, Math.abs(low));
  return { low: low - margin * span, high: high + margin * span };
}

/** How far paths that do not run away lead from their starts: the median distance over their entries. */
function typicalMove(tracks: readonly Float64Array[]): number {
  const distances = tracks.flatMap((track) => {
    const moved = Array.from(track, (value) => Math.abs(value - (track[0] ?? 0))).filter(Number.isFinite);
    moved.sort((a, b) => a - b);
    return moved[Math.floor(moved.length / 4)] ?? 0;
  });
  return Math.max(0, ...distances);
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

/** From gradient and Hessian, flat one after the other; undefined unless all curvatures are positive. */
function newtonStep(derivatives: readonly number[], size: number): Float64Array | undefined {
  const { values, vectors } = symmetricEigen(Float64Array.from(derivatives.slice(size)), size);
  const largest = values.at(-1) ?? NaN;
  const step = new Float64Array(size);
  for (const [index, value] of values.entries()) {
    if (!(value > 1e-14 * largest && value > 0)) return undefined;
    const vector = vectors[index] ?? step;
    const along = vector.reduce((sum, part, place) => sum + part * (derivatives[place] ?? NaN), 0) / value;
    vector.forEach((part, place) => (step[place] = (step[place] ?? 0) - along * part));
  }
  return step;
}
