import { cutToWindow, isInside } from '../curve.ts';
import type { Place, Window } from '../curve.ts';
import { dashArray } from '../scene.ts';
import type { RunStyle } from '../scene.ts';
import type { Theme } from '../theme.ts';
import { arrowHead, dot, polyline } from './marks.ts';
import type { MarkStyle } from './marks.ts';

const mostArrows = 3;
const mostDots = 150;
const dotSpacing = 7; // pixels; closer steps would hide the line between them
const arrowReach = 32; // pixels

/** A whole path, thin: of a run that is not in front, or of one that was there before. */
export function wholePath(
  places: readonly Place[],
  window: Window,
  colour: string,
  dash: RunStyle['dash'] = 'solid',
): SVGElement[] {
  const width = Math.min(1.5, lineWidth(places, window));
  const end = places.at(-1);
  return [
    ...lines(places, window, {
      stroke: colour,
      'stroke-width': width,
      'stroke-dasharray': dashArray(dash, width),
      opacity: 0.75,
    }),
    ...(end !== undefined && isInside(end, window) ? [dot(end, 3, colour, colour, 0)] : []),
  ];
}

/** The part of the path that the timeline has passed, step by step. */
export function pathWalked(
  places: readonly Place[],
  window: Window,
  colour: string,
  theme: Theme,
): SVGElement[] {
  const width = lineWidth(places, window);
  return [
    ...lines(places, window, { stroke: theme.background, 'stroke-width': width + 2.5, opacity: 0.5 }),
    ...lines(places, window, { stroke: colour, 'stroke-width': width }),
    ...steps(places, window).map((place) => dot(place, width * 1.1, colour, theme.background, 0.6)),
  ];
}

/** The part of the path that is still to come. */
export function pathAhead(
  places: readonly Place[],
  window: Window,
  colour: string,
  theme: Theme,
): SVGElement[] {
  const width = 0.65 * lineWidth(places, window);
  return [
    ...lines(places, window, { stroke: theme.background, 'stroke-width': width + 2, opacity: 0.35 }),
    ...lines(places, window, { stroke: colour, 'stroke-width': width, opacity: 0.6 }),
  ];
}

/** The direction of the next step, down the gradient as the update sees it. */
export function gradientArrow(from: Place, to: Place, window: Window, theme: Theme): SVGElement[] {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(x, y);
  if (!(length > 0 && length < Infinity)) return [];
  const tip = { x: from.x + (x / length) * arrowReach, y: from.y + (y / length) * arrowReach };
  const { pieces } = cutToWindow([from, tip], window);
  return pieces.flatMap((piece) => [
    polyline(piece, { stroke: theme.foreground, 'stroke-width': 1.75 }),
    arrowHead(piece.at(-1) ?? tip, { x, y }, { fill: theme.foreground }),
  ]);
}

/** A path that goes to and fro a lot is drawn thinner, or it would run into one blot. */
function lineWidth(places: readonly Place[], window: Window): number {
  const across = window.right - window.left;
  const lengths = places.slice(1).map((place, index) => {
    const before = places[index] ?? place;
    return Math.min(across, Math.hypot(place.x - before.x, place.y - before.y) || 0);
  });
  const rounds = lengths.reduce((sum, length) => sum + length, 0) / across;
  if (rounds <= 12) return 2.25;
  return rounds <= 30 ? 1.4 : 0.9;
}

function lines(places: readonly Place[], window: Window, style: MarkStyle): SVGElement[] {
  const { pieces, exits } = cutToWindow(places, window);
  return [
    ...pieces.filter((piece) => piece.length > 1).map((piece) => polyline(piece, style)),
    ...exits
      .slice(0, mostArrows)
      .map(({ at, towards }) => arrowHead(at, towards, { fill: style['stroke'], opacity: style['opacity'] })),
  ];
}

/** Single steps, where there is room to tell them apart. */
function steps(places: readonly Place[], window: Window): Place[] {
  const shown: Place[] = [];
  for (const place of places) {
    const last = shown.at(-1);
    const isApart = last === undefined || Math.hypot(place.x - last.x, place.y - last.y) >= dotSpacing;
    if (isApart && isInside(place, window)) shown.push(place);
  }
  return shown.length > mostDots ? [] : shown;
}
