import { choose, type Axis } from './experiment.ts';
import { pointOf } from './gradient.ts';
import { gridLosses } from './grid.ts';
import { findMinimum } from './minimum.ts';
import type { PreparedRun, Program } from './program.ts';
import { byParameter } from './record.ts';
import type { ByParameter, Run } from './run.ts';
import { finishUnlessAborted, type Pace, type Sliced } from './slices.ts';
import { pathsOf, windowFor, type Window } from './window.ts';

export interface LandscapeOptions {
  /**
   * The parameter across, with its window or without. Else the first of the cell's `landscape`, else the first
   * parameter; where that is `y`, the one after it.
   */
  readonly x?: string | AxisOption;
  /**
   * The parameter upwards. Else the second of the cell's `landscape`, else the second parameter. The landscape is a
   * curve where `x` is given and this is not, and where this is the only parameter.
   */
  readonly y?: string | AxisOption;
  /** The values of the other parameters; those left out are as at the end of `runs`, else as at the start. */
  readonly at?: ByParameter<number>;
  /** Points across and upwards. */
  readonly size?: number;
  /** Which run of a sweep the loss is of, counted from 0. */
  readonly run?: number;
  /** Runs whose paths a window without bounds is to show. Without them the run is made for it. */
  readonly runs?: readonly Run[];
  readonly signal?: AbortSignal;
}

export interface AxisOption {
  readonly parameter: string;
  readonly low?: number;
  readonly high?: number;
}

/** The loss over a window of one or two parameters. */
export interface Landscape {
  readonly x: string;
  /** Absent for a landscape of one parameter; `ys` is then empty. */
  readonly y?: string;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** Row-major with y outer, shape `[ys, xs]`, or `[xs]` for one parameter. */
  readonly loss: Float64Array;
  /** The lowest point near the path, where there is one: its coordinates by parameter. */
  readonly minimum?: ByParameter<number>;
}

const standardSize = 81;
const leastSize = 25;
/** A grid without a size takes at most about so many evaluations of one row. */
const mostRowEvaluations = 4e8;

/**
 * The full training loss over a grid of one or two parameters, in slices of about 10 ms.
 *
 * @throws RangeError where an axis names no parameter; the signal's reason where it ends the work
 */
export async function landscape(program: Program, options: LandscapeOptions = {}): Promise<Landscape> {
  return finishUnlessAborted((pace) => landscapeSlices(program, options, pace), options.signal);
}

function* landscapeSlices(program: Program, options: LandscapeOptions, pace: Pace): Sliced<Landscape> {
  const run = choose(program.runs, options.run ?? 0);
  const axes = axesOf(program, run, options);
  const paths = yield* pathsOf(
    run,
    options.runs,
    axes.some((axis) => !isBounded(axis)),
    pace,
  );
  const at = pointOf(run, options.at, paths.at(-1)?.final.parameters);
  const places = axes.map((axis) => placeOf(run, axis.parameter));
  const minimum = yield* findMinimum(run, places, at, paths, pace);
  const windows = axes.map((axis, index) =>
    windowOf(axis, windowFor(run, places[index] ?? 0, paths, minimum)),
  );
  const size = options.size ?? sizeFor(run, axes.length);
  const [xs = new Float64Array(), ys = new Float64Array()] = windows.map((window) => points(window, size));
  const loss = yield* gridLosses(run, { places, at, xs, ys }, pace);
  const [x = { parameter: '' }, y] = axes;
  return {
    x: x.parameter,
    ...(y === undefined ? {} : { y: y.parameter }),
    xs,
    ys,
    loss,
    ...(minimum === undefined ? {} : { minimum: byPlace(run, places, minimum) }),
  };
}

function axesOf(program: Program, run: PreparedRun, { x, y }: LandscapeOptions): AxisOption[] {
  if (x !== undefined) return [x, y].filter((axis) => axis !== undefined).map(asOption);
  const given = program.experiment.landscape?.map(fromAxis);
  const all = run.parameters.map(({ name }) => ({ parameter: name }));
  if (y === undefined) return given ?? all.slice(0, 2);
  const upwards = asOption(y);
  const across = [...(given ?? []), ...all].find(({ parameter }) => parameter !== upwards.parameter);
  return across === undefined ? [upwards] : [across, upwards];
}

function asOption(axis: string | AxisOption): AxisOption {
  return typeof axis === 'string' ? { parameter: axis } : axis;
}

function fromAxis({ parameter, window }: Axis): AxisOption {
  return { parameter, ...window };
}

function isBounded({ low, high }: AxisOption): boolean {
  return low !== undefined && high !== undefined;
}

function windowOf(axis: AxisOption, chosen: Window): Window {
  return { low: axis.low ?? chosen.low, high: axis.high ?? chosen.high };
}

function placeOf(run: PreparedRun, parameter: string): number {
  const place = run.parameters.findIndex(({ name }) => name === parameter);
  if (place < 0) throw new RangeError(`There is no parameter ${parameter}.`);
  return place;
}

function sizeFor(run: PreparedRun, axes: number): number {
  if (axes < 2) return 4 * standardSize;
  const affordable = Math.floor(Math.sqrt(mostRowEvaluations / Math.max(1, run.data.trainingRows)));
  return Math.max(leastSize, Math.min(standardSize, affordable));
}

function points({ low, high }: Window, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, index) =>
    size === 1 ? (low + high) / 2 : low + ((high - low) * index) / (size - 1),
  );
}

function byPlace(run: PreparedRun, places: readonly number[], values: Float64Array): ByParameter<number> {
  const names = places.map((place) => run.parameters[place]?.name ?? '');
  return byParameter(names, (_, index) => values[places[index] ?? 0] ?? NaN);
}
