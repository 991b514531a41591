import type { Data } from 'plotly.js-dist-min';

import type { Run } from '../../kernel/index.ts';
import type { LandscapeGrid } from '../../output/index.ts';
import { isInside } from '../curve.ts';
import type { Place, Window } from '../curve.ts';
import { svgElement } from '../dom.ts';
import { heightAt, minimumOf } from '../heights.ts';
import { formatNumber } from '../numbers.ts';
import type { Plotly } from '../plotly.ts';
import { lastEntry, lossAt } from '../record.ts';
import { scaleAround } from '../scale.ts';
import { selectedRun, styleOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { cross, dot, ring } from './marks.ts';
import { gradientArrow, pathAhead, pathWalked, wholePath } from './path.ts';
import { colourScale, landscapeHeights } from './landscape-colours.ts';
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
    if (this.#grid === undefined) return;
    const window = this.#window();
    const parts: SVGElement[] = [];
    for (const ghost of scene.ghosts) {
      parts.push(...wholePath(this.#pixels(ghost, 0, lastEntry(ghost)), window, scene.theme.muted));
    }
    scene.runs.forEach((run, index) => {
      if (index === scene.selected) return;
      const { colour, dash } = styleOf(scene.theme, index);
      parts.push(...wholePath(this.#pixels(run, 0, lastEntry(run)), window, colour, dash));
    });
    this.#still.replaceChildren(...parts);
    this.move(scene);
  }

  /** Moves the selected run to the timeline's step: what is walked is bold, what is to come is faint. */
  move(scene: Scene): void {
    const run = selectedRun(scene);
    const grid = this.#grid;
    if (grid === undefined || run === undefined) return;
    const { theme, entry } = scene;
    const { colour } = styleOf(theme, scene.selected);
    const window = this.#window();
    const walked = this.#pixels(run, 0, entry);
    const ahead = this.#pixels(run, entry, lastEntry(run));
    const [start, current, next] = [walked[0], walked.at(-1), this.#pixels(run, entry + 1, entry + 1)[0]];
    const minimum = minimumPlace(grid);
    const marks = [
      ...(minimum === undefined
        ? []
        : at(this.plot.toPixels(minimum), window, (place) => cross(place, theme))),
      ...at(start, window, (place) => [ring(place, colour, theme.background)]),
      ...(current === undefined || next === undefined ? [] : gradientArrow(current, next, window, theme)),
      ...at(current, window, (place) => [dot(place, 5, colour, theme.background, 2)]),
    ];
    this.#moving.replaceChildren(
      ...pathAhead(ahead, window, colour, theme),
      ...pathWalked(walked, window, colour, theme),
      ...marks,
    );
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

  /** The way of a run between two entries, in pixels. */
  #pixels(run: Run, from: number, to: number): Place[] {
    const grid = this.#grid;
    const xs = grid === undefined ? undefined : run.parameters[grid.x];
    const ys = grid?.y === undefined ? undefined : run.parameters[grid.y];
    if (grid === undefined || xs === undefined) return [];
    const last = Math.min(to, lastEntry(run));
    const stride = Math.max(1, Math.ceil((last - from) / mostPathPoints));
    const places: Place[] = [];
    for (let entry = from; entry <= last; entry += 1) {
      if ((entry - from) % stride !== 0 && entry !== last) continue;
      const y = grid.y === undefined ? lossAt(run, entry) : (ys?.[entry] ?? NaN);
      places.push(this.plot.toPixels({ x: xs[entry] ?? NaN, y }));
    }
    return places;
  }

  /** The frame in pixels, where y grows downwards. */
  #window(): Window {
    const { left, top, width, height } = this.plot.frame;
    return { left, right: left + width, bottom: top, top: top + height };
  }
}

function at(place: Place | undefined, window: Window, make: (place: Place) => SVGElement[]): SVGElement[] {
  return place !== undefined && isInside(place, window) ? make(place) : [];
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
  const colours = colourScale(scene.theme.heights);
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
  const line = { color: scene.theme.muted, width: 1.5, simplify: false };
  return { type: 'scatter', mode: 'lines', x: [...grid.xs], y: [...grid.loss], line };
}

function curveAxes(grid: LandscapeGrid): Parameters<Plot['draw']>[1] {
  return {
    x: { scale: span(grid.xs), title: grid.x, grid: false },
    y: { scale: scaleAround(grid.loss, 'linear') },
  };
}
