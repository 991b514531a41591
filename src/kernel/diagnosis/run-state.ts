import { curvatureSlices, type Curvature } from '../curvature.ts';
import { PartEvaluation } from '../evaluation.ts';
import type { PreparedRun } from '../program.ts';
import type { Run } from '../run.ts';
import type { Pace, Sliced } from '../slices.ts';
import { dot, lengthOf } from '../vectors.ts';
import type { Points } from './curve-points.ts';

/** How the full training loss lies around a point. */
export interface Surroundings {
  readonly point: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly curvature: Curvature;
  /**
   * What the loss could still fall, to second order: the sum of (v . g)^2 / (2 l) over the eigenvalues l > 0 with
   * their vectors v. Beyond the parameters whose eigenvalues are all known it is what the best step along the
   * gradient gains, which is never more.
   */
  readonly left: number;
}

/** Eigenvalues below this share of the largest are zero up to rounding. */
const flatShare = { float64: 1e-13, float32: 1e-9 } as const;

/** How the full training loss of a run lies around a point, given in the order of its parameters. */
export function* surroundingsOf(run: PreparedRun, point: Float64Array, pace: Pace): Sliced<Surroundings> {
  const evaluation = new PartEvaluation(run, 'training', run.symbols, [run.loss, ...run.gradient]);
  const values = yield* evaluation.at(point, pace);
  const gradient = values.slice(1);
  const curvature = yield* curvatureSlices(run, point, pace);
  const left =
    curvature.eigenvalues.length === gradient.length
      ? leftByCurvature(gradient, curvature, flatShare[run.graph.precision])
      : yield* leftAlongGradient(evaluation, point, gradient, pace);
  return { point, loss: values[0] ?? NaN, gradient, curvature, left };
}

function leftByCurvature(
  gradient: Float64Array,
  { eigenvalues, eigenvectors, largest }: Curvature,
  flat: number,
): number {
  let left = 0;
  eigenvalues.forEach((value, index) => {
    const along = dot(gradient, eigenvectors[index] ?? gradient);
    if (value > flat * largest) left += along ** 2 / (2 * value);
  });
  return left;
}

function* leftAlongGradient(
  evaluation: PartEvaluation,
  point: Float64Array,
  gradient: Float64Array,
  pace: Pace,
): Sliced<number> {
  const length = lengthOf(gradient);
  if (!(length > 0)) return 0;
  const move = (1e-5 * Math.max(1, lengthOf(point))) / length;
  const at = (factor: number) => point.map((value, index) => value + factor * (gradient[index] ?? 0));
  const ahead = (yield* evaluation.at(at(move), pace)).slice(1);
  const behind = (yield* evaluation.at(at(-move), pace)).slice(1);
  const bend = (dot(ahead, gradient) - dot(behind, gradient)) / (2 * move);
  return bend > 0 ? length ** 4 / (2 * bend) : 0;
}

/** A loss made of straight pieces, such as the mean absolute error. */
export function isWithoutCurvature({ curvature, gradient, loss }: Surroundings): boolean {
  const steepness = dot(gradient, gradient);
  const bend = Math.max(Math.abs(curvature.largest), Math.abs(curvature.smallest));
  return steepness > 0 && bend <= 1e-12 * (steepness / Math.max(Math.abs(loss), 1e-300));
}

/** The parameters of an entry of a record, in the order of the program. */
export function pointAt(prepared: PreparedRun, run: Run, entry: number): Float64Array {
  return Float64Array.from(prepared.parameters, ({ name }) => run.parameters[name]?.[entry] ?? NaN);
}

/** The last entry in which all parameters and the losses that were taken are finite; undefined where none is. */
export function lastFiniteEntry(prepared: PreparedRun, run: Run): number | undefined {
  for (let entry = run.steps.length - 1; entry >= 0; entry--) {
    if (entry === run.steps.length - 1 && run.outcome === 'diverged') continue;
    if (pointAt(prepared, run, entry).every(Number.isFinite)) return entry;
  }
  return undefined;
}

/** The full losses that were taken, up to the last finite one. */
export function lossPoints(run: Run): Points {
  return pointsWhere(run, run.loss);
}

/** The finite validation losses; no points where a run has none. */
export function validationPoints(run: Run): Points {
  return pointsWhere(run, run.validationLoss ?? new Float64Array());
}

function pointsWhere(run: Run, values: Float64Array): Points {
  const kept = Array.from(values.keys()).filter((entry) => Number.isFinite(values[entry]));
  return {
    steps: Float64Array.from(kept, (entry) => run.steps[entry] ?? NaN),
    values: Float64Array.from(kept, (entry) => values[entry] ?? NaN),
    rates: Float64Array.from(kept, (entry) => run.learningRate[entry] ?? NaN),
  };
}

/** The last updates of single steps, oldest first, `most` at most; those of a thinned record are left out. */
export function lastUpdates(prepared: PreparedRun, run: Run, most: number): Float64Array[] {
  const last = lastFiniteEntry(prepared, run) ?? 0;
  return updatesBetween(prepared, run, Math.max(0, last - most), last);
}

/** What each step changed, from entry `from` to entry `to`, oldest first; those of a thinned record are left out. */
export function updatesBetween(prepared: PreparedRun, run: Run, from: number, to: number): Float64Array[] {
  const updates: Float64Array[] = [];
  for (let entry = from + 1; entry <= to; entry++) {
    if ((run.steps[entry] ?? 0) - (run.steps[entry - 1] ?? 0) !== 1) continue;
    const before = pointAt(prepared, run, entry - 1);
    updates.push(pointAt(prepared, run, entry).map((value, index) => value - (before[index] ?? NaN)));
  }
  return updates;
}

/** The share of updates that turn back on the one before: cosine below -0.5. */
export function shareTurning(updates: readonly Float64Array[]): number {
  let turns = 0;
  for (let index = 1; index < updates.length; index++) {
    const [before, after] = [updates[index - 1], updates[index]];
    if (!before || !after) continue;
    if (dot(before, after) < -0.5 * lengthOf(before) * lengthOf(after)) turns++;
  }
  return updates.length < 2 ? 0 : turns / (updates.length - 1);
}

/** The run of a program that a record belongs to. */
export function preparedFor(runs: readonly [PreparedRun, ...PreparedRun[]], run: Run): PreparedRun {
  const isStart = (prepared: PreparedRun) =>
    prepared.parameters.every(({ name }, index) =>
      Object.is(run.start.parameters[name], prepared.starts[index]),
    );
  const labelled = runs.filter(({ label }) => label === run.label);
  return labelled.find(isStart) ?? labelled[0] ?? runs[0];
}
