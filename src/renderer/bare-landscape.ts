import type { Run } from '../kernel/index.ts';
import type { LandscapeGrid } from '../output/index.ts';
import { scaleAround } from './scale.ts';

/** Axes for the paths of runs where no landscape is known, as while they are still under way: a window without heights. */
export function bareLandscape(runs: readonly Run[]): LandscapeGrid | undefined {
  const [x, y] = Object.keys(runs[0]?.parameters ?? {});
  if (x === undefined) return undefined;
  const window = (name: string): Float64Array => {
    const values = runs.flatMap((run) => [...(run.parameters[name] ?? [])]);
    const { low, high } = scaleAround(values, 'linear', 0.15);
    return Float64Array.of(low, high);
  };
  const unknown = new Float64Array(y === undefined ? 2 : 4).fill(NaN);
  return {
    x,
    ...(y === undefined ? {} : { y }),
    xs: window(x),
    ys: y === undefined ? new Float64Array() : window(y),
    loss: unknown,
  };
}
