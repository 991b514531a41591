import { Descent } from './descent.ts';
import type { PreparedRun } from './program.ts';
import type { Run } from './run.ts';
import type { Pace, Sliced } from './slices.ts';

export interface Window {
  readonly low: number;
  readonly high: number;
}

/** A path is followed for so many slices, where it has to be made for the picture alone. */
const mostSlices = 200;
/** How far beyond start and minimum a path whose loss has risen may lead the window, in spans of the two. */
const furthest = 1;
/** A path does not run away while its loss is above the one at its start by no more than this share of it. */
const calmRise = 0.5;
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
 * The part of the axis that shows start, minimum and path, as far as the path does not run away; the part around 0
 * where the start is not finite and no minimum is known.
 */
export function windowFor(
  run: PreparedRun,
  place: number,
  paths: readonly Run[],
  minimum: Float64Array | undefined,
): Window {
  const name = run.parameters[place]?.name ?? '';
  const tracks = paths.map((path) => path.parameters[name] ?? new Float64Array());
  const starts = tracks.length > 0 ? tracks.map((track) => track[0] ?? 0) : [run.starts[place] ?? 0];
  const finite = [...starts, ...(minimum === undefined ? [] : [minimum[place] ?? 0])].filter(Number.isFinite);
  const fixed = finite.length > 0 ? finite : [0];
  let [low, high] = [Math.min(...fixed), Math.max(...fixed)];
  const reach = furthest * Math.max(high - low, 1e-6 * Math.max(Math.abs(low), Math.abs(high)));
  const [least, most] = [low - reach, high + reach];
  for (const [index, track] of tracks.entries()) {
    const losses = paths[index]?.loss ?? new Float64Array();
    const first = losses[0] ?? NaN;
    const calm = first + calmRise * Math.abs(first);
    let known = first;
    for (const [entry, value] of track.entries()) {
      const loss = losses[entry] ?? NaN;
      if (!Number.isNaN(loss)) known = loss;
      if (!(value >= least && value <= most) && !(Number.isFinite(value) && known <= calm)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const span = high > low ? high - low : Math.max(1, Math.abs(low));
  return { low: low - margin * span, high: high + margin * span };
}
