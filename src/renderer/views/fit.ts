import type { Data } from 'plotly.js-dist-min';

import type { Place } from '../curve.ts';
import { svgElement } from '../dom.ts';
import { formatNumber } from '../numbers.ts';
import type { Plotly } from '../plotly.ts';
import { lastEntry } from '../record.ts';
import { scaleAround } from '../scale.ts';
import type { Scale } from '../scale.ts';
import { selectedRun, styleOf } from '../scene.ts';
import type { Fit, Scene } from '../scene.ts';
import type { Theme } from '../theme.ts';
import { polyline } from './marks.ts';
import { Plot } from './plot.ts';

const mostSquares = 60;
const mostPoints = 2000;
const far = 1e5; // pixels beyond which a coordinate is only a direction

/** The examples with what the selected run predicts for them, and the squared misses while they are few. */
export class FitView {
  readonly plot: Plot;
  readonly #clipId = `gd-clip-${crypto.randomUUID()}`;
  readonly #clip = svgElement('rect');
  readonly #moving = svgElement('g', { 'clip-path': `url(#${this.#clipId})` });
  #order: readonly number[] = [];

  constructor(plotly: Plotly) {
    this.plot = new Plot(plotly);
    this.plot.marks.append(
      svgElement('defs', {}, svgElement('clipPath', { id: this.#clipId }, this.#clip)),
      this.#moving,
    );
  }

  draw(scene: Scene): void {
    const { fit } = scene;
    if (fit === undefined) return;
    this.#order = drawingOrder(fit);
    const y = this.#valueScale(scene, fit);
    const axes =
      fit.x === undefined
        ? { x: { scale: y, title: 'true', grid: false }, y: { scale: y, title: 'predicted', grid: false } }
        : {
            x: { scale: scaleAround(fit.x, 'linear'), title: fit.xLabel ?? '', grid: false },
            y: { scale: y },
          };
    if (!this.plot.draw([this.#examples(fit, scene, y)], axes, scene.theme)) return;
    const { left, top, width, height } = this.plot.frame;
    for (const [name, value] of Object.entries({ x: left, y: top, width, height })) {
      this.#clip.setAttribute(name, String(value));
    }
    this.move(scene);
  }

  /** Moves the prediction to the timeline's step. */
  move(scene: Scene): void {
    const { fit } = scene;
    const predicted = fit?.predictionAt(scene.selected, scene.entry);
    if (fit === undefined || predicted === undefined) {
      this.#moving.replaceChildren();
      return;
    }
    const { colour } = styleOf(scene.theme, scene.selected);
    const { x } = fit;
    if (x === undefined) {
      this.#moving.replaceChildren(this.#cloud(fit.truth, predicted, colour));
      return;
    }
    const line = this.#order.map((row) => this.#place(x[row], predicted[row]));
    if (!line.some((place) => this.#isInFrame(place))) {
      this.#moving.replaceChildren(this.#outOfSight(line, scene.theme));
      return;
    }
    const squares = x.length <= mostSquares ? this.#squares(fit, predicted, colour) : [];
    this.#moving.replaceChildren(
      ...squares,
      polyline(line, { stroke: scene.theme.background, 'stroke-width': 5, opacity: 0.6 }),
      polyline(line, { stroke: colour, 'stroke-width': 2.5 }),
    );
  }

  /** What lies under the pointer, in words; empty outside the axes. */
  readAt(scene: Scene, pixels: Place): string {
    const { left, width } = this.plot.frame;
    const { fit } = scene;
    if (fit === undefined || pixels.x < left || pixels.x > left + width) return '';
    const { x, y } = this.plot.toValues(pixels);
    return fit.x === undefined
      ? `true ${formatNumber(x)}  predicted ${formatNumber(y)}`
      : `${fit.xLabel ?? 'x'} ${formatNumber(x)}  value ${formatNumber(y)}`;
  }

  free(): void {
    this.plot.free();
  }

  /** Room for the truth and for what the run predicts at its end, unless that has run away. */
  #valueScale(scene: Scene, fit: Fit): Scale {
    const truth = scaleAround(fit.truth, 'linear', 0);
    const run = selectedRun(scene);
    const end = run === undefined ? undefined : fit.predictionAt(scene.selected, lastEntry(run));
    const length = truth.high - truth.low;
    const near = [...(end ?? [])].filter(
      (value) => value > truth.low - length && value < truth.high + length,
    );
    return scaleAround([...fit.truth, ...near], 'linear');
  }

  #examples(fit: Fit, scene: Scene, scale: Scale): Data {
    const { x, truth } = fit;
    if (x === undefined) {
      const ends = [scale.low, scale.high];
      return {
        type: 'scatter',
        mode: 'lines',
        x: ends,
        y: ends,
        line: { color: scene.theme.muted, width: 1 },
      };
    }
    const rows = this.#order;
    return {
      type: 'scatter',
      mode: 'markers',
      x: rows.map((row) => x[row] ?? NaN),
      y: rows.map((row) => truth[row] ?? NaN),
      marker: {
        color: scene.theme.foreground,
        size: rows.length > 200 ? 4 : 7,
        opacity: rows.length > 200 ? 0.35 : 0.75,
        line: { width: 0 },
      },
    };
  }

  /** All predictions as one path of round dots, which moves at once however many there are. */
  #cloud(truth: Float64Array, predicted: Float64Array, colour: string): SVGElement {
    const d = this.#order
      .map((row) => this.#place(truth[row], predicted[row]))
      .map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`)
      .join('');
    return svgElement('path', {
      d,
      stroke: colour,
      'stroke-width': 4,
      'stroke-linecap': 'round',
      opacity: 0.7,
    });
  }

  /** Each miss as a square with the miss as its side: its area is the squared error. */
  #squares(fit: Fit, predicted: Float64Array, colour: string): SVGElement[] {
    const { left, width } = this.plot.frame;
    return this.#order.map((row) => {
      const truth = this.#place(fit.x?.[row], fit.truth[row]);
      const guess = this.#place(fit.x?.[row], predicted[row]);
      const side = Math.min(Math.abs(truth.y - guess.y), far);
      const fitsRight = truth.x + side <= left + width;
      return svgElement('rect', {
        x: fitsRight ? truth.x : truth.x - side,
        y: Math.min(truth.y, guess.y),
        width: side,
        height: side,
        fill: colour,
        'fill-opacity': 0.12,
        stroke: colour,
        'stroke-opacity': 0.55,
        'stroke-width': 1,
      });
    });
  }

  /** Where the prediction has left the picture, that it has. */
  #outOfSight(line: readonly Place[], { foreground, background }: Theme): SVGElement {
    const { left, top, width, height } = this.plot.frame;
    const above = line.filter(({ y }) => y < top).length;
    const where = above === line.length ? 'above' : above === 0 ? 'below' : 'above and below';
    const place = { x: left + width / 2, y: above === 0 ? top + height - 10 : top + 16 };
    return svgElement(
      'text',
      {
        ...place,
        fill: foreground,
        stroke: background,
        'stroke-width': 5,
        'paint-order': 'stroke', // the examples lie behind
        'font-size': 12,
        'text-anchor': 'middle',
      },
      `the prediction is ${where} the picture`,
    );
  }

  #isInFrame({ x, y }: Place): boolean {
    const { left, top, width, height } = this.plot.frame;
    return x >= left && x <= left + width && y >= top && y <= top + height;
  }

  #place(x = NaN, y = NaN): Place {
    const place = this.plot.toPixels({ x, y });
    const bounded = (value: number): number =>
      Number.isNaN(value) ? -far : Math.min(far, Math.max(-far, value));
    return { x: bounded(place.x), y: bounded(place.y) };
  }
}

/** As many rows as can be drawn, from left to right so that the prediction is one line. */
function drawingOrder(fit: Fit): number[] {
  const { x } = fit;
  const stride = Math.max(1, Math.ceil(fit.truth.length / mostPoints));
  const rows = Array.from(fit.truth, (_, row) => row);
  if (x !== undefined) rows.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
  return rows.filter((_, index) => index % stride === 0 || index === rows.length - 1);
}
