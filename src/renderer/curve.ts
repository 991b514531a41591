export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Window {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** A path cut to a window: the pieces inside, and where it goes out, with the direction it was going. */
export interface CutPath {
  readonly pieces: readonly (readonly Place[])[];
  readonly exits: readonly { readonly at: Place; readonly towards: Place }[];
}

/**
 * The points of a curve that a picture `buckets` pixels wide can show: of every bucket of consecutive finite points
 * the first, the lowest, the highest and the last, so that no spike is lost.
 */
export function thinned(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  buckets: number,
): { x: number[]; y: number[] } {
  const finite: number[] = [];
  for (let index = 0; index < ys.length; index += 1) {
    if (Number.isFinite(ys[index]) && Number.isFinite(xs[index])) finite.push(index);
  }
  const kept = finite.length <= 4 * buckets ? finite : extremes(finite, ys, buckets);
  return { x: kept.map((index) => xs[index] ?? NaN), y: kept.map((index) => ys[index] ?? NaN) };
}

function extremes(indices: readonly number[], ys: ArrayLike<number>, buckets: number): number[] {
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * indices.length) / buckets);
    const to = Math.floor(((bucket + 1) * indices.length) / buckets);
    const inside = indices.slice(from, to);
    const value = (index: number): number => ys[index] ?? NaN;
    const lowest = inside.reduce(
      (best, index) => (value(index) < value(best) ? index : best),
      inside[0] ?? 0,
    );
    const highest = inside.reduce(
      (best, index) => (value(index) > value(best) ? index : best),
      inside[0] ?? 0,
    );
    const chosen = [inside[0], lowest, highest, inside.at(-1)].filter((index) => index !== undefined);
    kept.push(...[...new Set(chosen)].sort((a, b) => a - b));
  }
  return kept;
}

/** A path that jumps across the window from outside to outside, to and fro, is drawn so many times and no more. */
const mostCrossings = 3;

/**
 * Cuts a path to a window (Liang and Barsky 1984), so that a run that shoots off to 1e300 is drawn up to the edge.
 * A point that is not finite ends the path there.
 */
export function cutToWindow(path: readonly Place[], window: Window): CutPath {
  const pieces: Place[][] = [];
  const exits: { at: Place; towards: Place }[] = [];
  let piece: Place[] = [];
  let crossings = 0;
  const finish = (): void => {
    if (piece.length > 0) pieces.push(piece);
    piece = [];
  };
  const [first] = path;
  if (first !== undefined && isInside(first, window)) piece.push(first);
  for (let index = 1; index < path.length; index += 1) {
    const [from, to] = [path[index - 1], path[index]];
    if (from === undefined || to === undefined || !isFinitePlace(from) || !isFinitePlace(to)) break;
    const part = insidePart(from, to, window);
    if (part !== undefined && part.enter > 0 && part.leave < 1) crossings += 1;
    if (part === undefined || (crossings > mostCrossings && part.enter > 0 && part.leave < 1)) {
      finish();
      continue;
    }
    if (piece.length === 0) piece.push(along(from, to, part.enter, window));
    piece.push(along(from, to, part.leave, window));
    if (part.leave < 1) {
      exits.push({
        at: along(from, to, part.leave, window),
        towards: { x: to.x - from.x, y: to.y - from.y },
      });
      finish();
    }
  }
  finish();
  return { pieces, exits };
}

function isFinitePlace({ x, y }: Place): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

export function isInside({ x, y }: Place, { left, right, bottom, top }: Window): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}

/** A place on a segment, kept inside against rounding. */
function along(from: Place, to: Place, share: number, { left, right, bottom, top }: Window): Place {
  const between = (one: number, other: number): number => one + (other - one) * share;
  return {
    x: Math.min(right, Math.max(left, between(from.x, to.x))),
    y: Math.min(top, Math.max(bottom, between(from.y, to.y))),
  };
}

/** Which part of a segment lies inside, as shares of its length. */
function insidePart(from: Place, to: Place, window: Window): { enter: number; leave: number } | undefined {
  let enter = 0;
  let leave = 1;
  const sides: readonly [number, number, number, number][] = [
    [from.x, to.x, window.left, window.right],
    [from.y, to.y, window.bottom, window.top],
  ];
  for (const [start, end, low, high] of sides) {
    if (start === end) {
      if (start < low || start > high) return undefined;
      continue;
    }
    const length = end - start;
    if (!Number.isFinite(length)) return undefined;
    const [one, other] = [(low - start) / length, (high - start) / length];
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
  }
  return enter <= leave ? { enter, leave } : undefined;
}
