import type { Run } from '../../kernel/index.ts';
import type { LandscapeGrid } from '../../output/index.ts';
import { heightsOf, minimumOf } from '../heights.ts';
import type { Heights } from '../heights.ts';

/** The heights of a landscape above the lowest loss that is known anywhere, on its grid or at the end of a run. */
export function landscapeHeights(grid: LandscapeGrid, runs: readonly Run[]): Heights | undefined {
  const known = [minimumOf(grid)?.loss ?? Infinity, ...runs.map((run) => run.final.loss)].filter(
    Number.isFinite,
  );
  const lowest = grid.loss.reduce(
    (least, loss) => (loss < least ? loss : least),
    Math.min(Infinity, ...known),
  );
  return heightsOf(grid, lowest);
}

/** Colours as Plotly reads a colour scale. */
export function colourScale(colours: readonly string[]): [number, string][] {
  return colours.map((colour, index) => [index / (colours.length - 1), colour]);
}
