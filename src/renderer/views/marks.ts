import type { Place } from '../curve.ts';
import { svgElement } from '../dom.ts';
import type { Theme } from '../theme.ts';

export type MarkStyle = Readonly<Record<string, string | number | undefined>>;

/** A line through places; a single one is a dot as wide as the line. */
export function polyline(places: readonly Place[], style: MarkStyle): SVGElement {
  const ends = places.length === 1 ? [...places, ...places] : places;
  const points = ends.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return svgElement('polyline', {
    points,
    fill: 'none',
    'stroke-linejoin': 'round',
    'stroke-linecap': 'round',
    ...style,
  });
}

export function dot(
  { x, y }: Place,
  radius: number,
  colour: string,
  edge: string,
  edgeWidth: number,
): SVGElement {
  return svgElement('circle', {
    cx: x,
    cy: y,
    r: radius,
    fill: colour,
    stroke: edge,
    'stroke-width': edgeWidth,
  });
}

/** The mark of a start: open, since nothing has been walked yet. */
export function ring({ x, y }: Place, colour: string, background: string): SVGElement {
  return svgElement('circle', {
    cx: x,
    cy: y,
    r: 5.5,
    fill: background,
    stroke: colour,
    'stroke-width': 2.25,
  });
}

/** The mark of the minimum, readable on every ground. */
export function cross({ x, y }: Place, theme: Theme): SVGElement[] {
  const d = `M${x - 5} ${y}h10M${x} ${y - 5}v10`;
  return [
    svgElement('path', {
      d,
      stroke: theme.background,
      'stroke-width': 4,
      'stroke-linecap': 'round',
      opacity: 0.7,
    }),
    svgElement('path', { d, stroke: theme.minimum, 'stroke-width': 1.5, 'stroke-linecap': 'round' }),
  ];
}

/** A small filled triangle at `at` that points along `towards`. */
export function arrowHead(at: Place, towards: Place, style: MarkStyle): SVGElement {
  const angle = (Math.atan2(towards.y, towards.x) * 180) / Math.PI;
  return svgElement('path', {
    d: 'M0 0L-7 -3.5L-7 3.5Z',
    transform: `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)}) rotate(${angle.toFixed(1)})`,
    ...style,
    'stroke-width': 0,
  });
}
