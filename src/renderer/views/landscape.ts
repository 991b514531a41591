import type { Data } from 'plotly.js-dist-min';

import type { Run } from '../../kernel/index.ts';
import type { LandscapeGrid } from '../../output/index.ts';
import { cutToWindow } from '../curve.ts';
import type { Place, Window } from '../curve.ts';
import { svgElement } from '../dom.ts';
import { heightAt, minimumOf } from '../heights.ts';
import { formatNumber } from '../numbers.ts';
import type { Plotly } from '../plotly.ts';
import { lastEntry, lossAt } from '../record.ts';
import { scaleAround } from '../scale.ts';
import { dashArray, selectedRun, styleOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { arrowHead, cross, dot, polyline, ring } from './marks.ts';
import { landscapeColours, landscapeHeights } from './landscape-colours.ts';
import { Plot } from './plot.ts';

const contourCount = 16;
const mostPathPoints = 4000;

/** The loss over two parameters as contours, or over one as a curve, with the way that every run takes. */
export class LandscapeView {
  readonly plot: Plot;
  readonly #still = svgElement('g');
  readonly #moving = svgElement('g');
  #grid: LandscapeGrid | undefined;

  constructor(plotly: Plotly) {
    this.plot = new Plot(plotly);
    this.plot.marks.append(this.#still, this.#moving);
  }

  /** Draws everything: the contours, which take the longest, and the paths over them. */
  draw(scene: Scene): void {
    const grid = scene.landscape;
    this.#grid = grid;
    if (grid === undefined) return;
    const drawn =
      grid.y === undefined
        ? this.plot.draw([lossCurve(grid, scene)], curveAxes(grid), scene.theme)
        : this.plot.draw([...contours(grid, scene)], mapAxes(grid), scene.theme);
    if (drawn) this.drawPaths(scene);
  }

  /** Draws the paths of the runs anew over the contours that are there. */
  drawPaths(scene: Scene): void {
    const grid = this.#grid;
    if (grid === undefined) return;
    const parts: SVGElement[] = [];
    for (const ghost of scene.ghosts) parts.push(...this.#path(ghost, scene.theme.muted, undefined, 0.5));
    scene.runs.forEach((run, index) => {
      if (index === scene.selected) return;
      const { colour, dash } = styleOf(scene.theme, index);
      parts.push(...this.#path(run, colour, dashArray(dash, 1.5), 0.8));
    });
    const minimum = minimumPlace(grid);
    if (minimum !== undefined) parts.push(...this.#inside(minimum, (at) => cross(at, scene.theme)));
    this.#still.replaceChildren(...parts);
    this.move(scene);
  }

  /** Moves the selected run to the timeline's step: what is walked is bold, what is to come is faint. */
  move(scene: Scene): void {
    const run = selectedRun(scene);
    if (this.#grid === undefined || run === undefined) return;
    const { colour } = styleOf(scene.theme, scene.selected);
    const { background } = scene.theme;
    const walked = this.#places(run, 0, scene.entry);
    const ahead = this.#places(run, scene.entry, lastEntry(run));
    const halo = { stroke: background, 'stroke-width': 5, opacity: 0.55 };
    const parts: SVGElement[] = [
      ...this.#lines(ahead, { stroke: background, 'stroke-width': 3.5, opacity: 0.35 }),
      ...this.#lines(ahead, { stroke: colour, 'stroke-width': 1.5, opacity: 0.6 }),
      ...this.#lines(walked, halo),
      ...this.#lines(walked, { stroke: colour, 'stroke-width': 2.25 }),
      ...walked
        .slice(0, 200)
        .flatMap((place) => this.#inside(place, (at) => dot(at, 2, colour, background, 0.75))),
    ];
    const [start] = walked;
    const current = walked.at(-1);
    if (start !== undefined) parts.push(...this.#inside(start, (at) => ring(at, colour, background)));
    if (current !== undefined) {
      const next = this.#places(run, scene.entry + 1, scene.entry + 1)[0];
      if (next !== undefined) parts.push(...this.#arrow(current, next, scene));
      parts.push(...this.#inside(current, (at) => dot(at, 5, colour, background, 2)));
    }
    this.#moving.replaceChildren(...parts);
  }

  /** What lies under the pointer, in words; empty outside the axes. */
  readAt(pixels: Place): string {
    const grid = this.#grid;
    const { left, top, width, height } = this.plot.frame;
    const { x, y } = pixels;
    if (grid === undefined || x < left || x > left + width || y < top || y > top + height) return '';
    const place = this.plot.toValues(pixels);
    if (grid.y === undefined) return `${grid.x} ${formatNumber(place.x)}`;
    const loss = heightAt(grid, place);
    return `${grid.x} ${formatNumber(place.x)}  ${grid.y} ${formatNumber(place.y)}  loss ${formatNumber(loss)}`;
  }

  free(): void {
    this.plot.free();
  }

  #places(run: Run, from: number, to: number): Place[] {
    const grid = this.#grid;
    const xs = grid === undefined ? undefined : run.parameters[grid.x];
    const ys = grid?.y === undefined ? undefined : run.parameters[grid.y];
    if (grid === undefined || xs === undefined) return [];
    const stride = Math.max(1, Math.ceil((to - from) / mostPathPoints));
    const places: Place[] = [];
    for (let entry = from; entry <= Math.min(to, lastEntry(run)); entry += 1) {
      if ((entry - from) % stride !== 0 && entry !== to) continue;
      places.push({
        x: xs[entry] ?? NaN,
        y: grid.y === undefined ? lossAt(run, entry) : (ys?.[entry] ?? NaN),
      });
    }
    return places;
  }

  #path(run: Run, colour: string, dashes: string | undefined, opacity: number): SVGElement[] {
    const places = this.#places(run, 0, lastEntry(run));
    const line = { stroke: colour, 'stroke-width': 1.5, 'stroke-dasharray': dashes, opacity };
    const end = places.at(-1);
    return [
      ...this.#lines(places, line),
      ...(end === undefined ? [] : this.#inside(end, (at) => dot(at, 3, colour, colour, 0))),
    ];
  }

  #lines(
    places: readonly Place[],
    style: Readonly<Record<string, string | number | undefined>>,
  ): SVGElement[] {
    const { pieces, exits } = cutToWindow(
      places.map((place) => this.plot.toPixels(place)),
      this.#frameWindow(),
    );
    return [
      ...pieces.filter((piece) => piece.length > 1).map((piece) => polyline(piece, style)),
      ...exits
        .slice(0, 3)
        .map(({ at, towards }) => arrowHead(at, towards, { ...style, fill: style['stroke'] })),
    ];
  }

  #arrow(current: Place, next: Place, scene: Scene): SVGElement[] {
    const [from, to] = [this.plot.toPixels(current), this.plot.toPixels(next)];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (!(length > 0)) return [];
    const reach = 30;
    const tip = {
      x: from.x + ((to.x - from.x) / length) * reach,
      y: from.y + ((to.y - from.y) / length) * reach,
    };
    const window = this.#frameWindow();
    const { pieces } = cutToWindow([from, tip], window);
    const style = { stroke: scene.theme.foreground, 'stroke-width': 1.75 };
    return pieces.flatMap((piece) => [
      polyline(piece, style),
      arrowHead(
        piece.at(-1) ?? tip,
        { x: tip.x - from.x, y: tip.y - from.y },
        {
          ...style,
          fill: scene.theme.foreground,
        },
      ),
    ]);
  }

  #inside(place: Place, make: (at: Place) => SVGElement | SVGElement[]): SVGElement[] {
    const { x, y } = this.plot.toPixels(place);
    const { left, right, top, bottom } = this.#frameWindow();
    return x >= left && x <= right && y >= bottom && y <= top ? [make({ x, y })].flat() : [];
  }

  /** The frame in pixels, where y grows downwards. */
  #frameWindow(): Window {
    const { left, top, width, height } = this.plot.frame;
    return { left, right: left + width, bottom: top, top: top + height };
  }
}

/** The minimum that came with the grid, else the grid's own. */
function minimumPlace(grid: LandscapeGrid): Place | undefined {
  const own = minimumOf(grid);
  const [x, y] = [grid.minimum?.[grid.x], grid.y === undefined ? own?.loss : grid.minimum?.[grid.y]];
  if (x !== undefined && y !== undefined) return { x, y };
  return own === undefined ? undefined : { x: own.x, y: grid.y === undefined ? own.loss : own.y };
}

function contours(grid: LandscapeGrid, scene: Scene): Data[] {
  const heights = landscapeHeights(grid, scene.runs);
  if (heights === undefined) return [];
  const { rows, floor, ceiling } = heights;
  const colours = landscapeColours(scene.theme, false);
  return [
    {
      type: 'contour',
      x: [...grid.xs],
      y: [...grid.ys],
      z: rows as number[][],
      zmin: floor,
      zmax: ceiling,
      zauto: false,
      autocontour: false,
      contours: {
        start: floor,
        end: ceiling,
        size: (ceiling - floor) / contourCount,
        coloring: colours.length === 0 ? 'none' : 'fill',
      },
      ...(colours.length === 0 ? {} : { colorscale: colours }),
      line: { color: scene.theme.contourLine, width: 0.75, smoothing: 1 },
      showscale: false,
      hoverinfo: 'skip',
      connectgaps: false,
    },
  ];
}

function mapAxes(grid: LandscapeGrid): Parameters<Plot['draw']>[1] {
  return {
    x: { scale: span(grid.xs), title: grid.x, grid: false },
    y: { scale: span(grid.ys), title: grid.y ?? '', grid: false },
  };
}

function span(values: Float64Array): { kind: 'linear'; low: number; high: number } {
  return { kind: 'linear', low: values[0] ?? 0, high: values.at(-1) ?? 1 };
}

function lossCurve(grid: LandscapeGrid, scene: Scene): Data {
  const line = { color: scene.theme.muted, width: 1.5 };
  return { type: 'scatter', mode: 'lines', x: [...grid.xs], y: [...grid.loss], line };
}

function curveAxes(grid: LandscapeGrid): Parameters<Plot['draw']>[1] {
  return {
    x: { scale: span(grid.xs), title: grid.x, grid: false },
    y: { scale: scaleAround(grid.loss, 'linear') },
  };
}
