import type { LandscapeGrid } from '../output/index.ts';
import type { Place } from './curve.ts';

/** A landscape made ready for contours in logarithmic steps of the loss above its lowest value. */
export interface Heights {
  /** `log10(loss - lowest)`, one array a row; null where the loss is not finite. */
  readonly rows: readonly (readonly (number | null)[])[];
  readonly floor: number;
  readonly ceiling: number;
}

const floorShare = 0.004;
const deepest = 1e-9;

/**
 * Heights for the contours of a landscape. The lowest contour encloses about one part in 250 of the window: below
 * that the grid is too coarse for a round valley floor.
 */
export function heightsOf(grid: LandscapeGrid, lowest: number): Heights | undefined {
  const above = grid.loss
    .filter(Number.isFinite)
    .map((loss) => loss - lowest)
    .sort();
  const highest = above.at(-1) ?? 0;
  if (highest <= 0) return undefined;
  const low = Math.max(above[Math.floor(above.length * floorShare)] ?? 0, highest * deepest);
  const width = grid.xs.length;
  const rows = Array.from(grid.ys, (_, row) =>
    Array.from(grid.loss.subarray(row * width, (row + 1) * width), (loss) =>
      Number.isFinite(loss) ? Math.log10(Math.max(loss - lowest, low)) : null,
    ),
  );
  return { rows, floor: Math.log10(low), ceiling: Math.log10(highest) };
}

/**
 * The lowest point of a landscape, refined between grid points by one Newton step on the paraboloid through the
 * neighbours; absent when the lowest grid point is on the window's edge, since the loss then goes on falling outside.
 */
export function minimumOf(grid: LandscapeGrid): (Place & { readonly loss: number }) | undefined {
  const width = grid.xs.length;
  let best = -1;
  grid.loss.forEach((loss, index) => {
    if (Number.isFinite(loss) && loss < (grid.loss[best] ?? Infinity)) best = index;
  });
  const [column, row] = [best % width, Math.floor(best / width)];
  if (best < 0 || column === 0 || column === width - 1) return undefined;
  const loss = (dx: number, dy: number): number => grid.loss[best + dx + dy * width] ?? NaN;
  if (grid.ys.length === 0) {
    const { across, drop } = lowestNear(loss(0, 0), [loss(-1, 0), loss(1, 0)], [loss(0, 0), loss(0, 0)], 0);
    return { x: at(grid.xs, column, across), y: NaN, loss: loss(0, 0) - drop };
  }
  if (row === 0 || row === grid.ys.length - 1) return undefined;
  const twist = (loss(1, 1) - loss(1, -1) - loss(-1, 1) + loss(-1, -1)) / 4;
  const near = lowestNear(loss(0, 0), [loss(-1, 0), loss(1, 0)], [loss(0, -1), loss(0, 1)], twist);
  return { x: at(grid.xs, column, near.across), y: at(grid.ys, row, near.up), loss: loss(0, 0) - near.drop };
}

type Pair = readonly [before: number, after: number];

/** Where the paraboloid through a point and its neighbours is lowest, in grid steps, and how far below the point. */
function lowestNear(
  middle: number,
  x: Pair,
  y: Pair,
  twist: number,
): { across: number; up: number; drop: number } {
  const slope = [(x[1] - x[0]) / 2, (y[1] - y[0]) / 2] as const;
  const bend = [x[0] - 2 * middle + x[1], y[0] - 2 * middle + y[1]] as const;
  const flat = bend[1] === 0 && slope[1] === 0;
  const determinant = flat ? bend[0] : bend[0] * bend[1] - twist ** 2;
  const across = flat ? -slope[0] / bend[0] : (twist * slope[1] - bend[1] * slope[0]) / determinant;
  const up = flat ? 0 : (twist * slope[0] - bend[0] * slope[1]) / determinant;
  const trusted = bend[0] > 0 && determinant > 0 && Math.abs(across) <= 1 && Math.abs(up) <= 1;
  return trusted
    ? { across, up, drop: -(slope[0] * across + slope[1] * up) / 2 }
    : { across: 0, up: 0, drop: 0 };
}

function at(values: Float64Array, index: number, offset: number): number {
  const here = values[index] ?? NaN;
  return here + offset * ((values[index + 1] ?? NaN) - here);
}

/** The loss at a place of a two-parameter landscape, between grid points by bilinear interpolation; NaN outside. */
export function heightAt(grid: LandscapeGrid, { x, y }: Place): number {
  const [across, up] = [position(grid.xs, x), position(grid.ys, y)];
  const width = grid.xs.length;
  const corner = (dx: number, dy: number): number =>
    grid.loss[Math.min(across.index + dx, width - 1) + Math.min(up.index + dy, grid.ys.length - 1) * width] ??
    NaN;
  const lower = corner(0, 0) * (1 - across.share) + corner(1, 0) * across.share;
  const upper = corner(0, 1) * (1 - across.share) + corner(1, 1) * across.share;
  return lower * (1 - up.share) + upper * up.share;
}

function position(values: Float64Array, value: number): { index: number; share: number } {
  const [first = NaN, second = NaN] = values;
  const exact = (value - first) / (second - first);
  if (!(exact >= 0 && exact <= values.length - 1)) return { index: NaN, share: NaN };
  const index = Math.min(Math.floor(exact), values.length - 2);
  return { index, share: exact - index };
}
