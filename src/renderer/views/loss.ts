import type { Data, Shape } from 'plotly.js-dist-min';

import type { Run } from '../../kernel/index.ts';
import { cutToWindow } from '../curve.ts';
import { svgElement } from '../dom.ts';
import { formatNumber, stepText } from '../numbers.ts';
import type { Plotly } from '../plotly.ts';
import { entryNear, horizontal, lossAt, needsEpochs } from '../record.ts';
import { dashArray, selectedRun, styleOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { asTrace, dotSize } from './line.ts';
import { lossLines, lossScales } from './loss-lines.ts';
import { polyline } from './marks.ts';
import { Plot } from './plot.ts';
import type { PlotAxes } from './plot.ts';

const mostEpochMarks = 40;

/** The loss of every run by step: the full loss bold, the losses of minibatches faint behind it. */
export class LossView {
  readonly plot: Plot;
  readonly #live = svgElement('g');
  readonly #moving = svgElement('g');
  #axes = '';

  constructor(plotly: Plotly) {
    this.plot = new Plot(plotly);
    this.plot.marks.append(this.#live, this.#moving);
  }

  draw(scene: Scene): void {
    const lines = lossLines(scene, this.plot.element.clientWidth);
    if (
      !this.#drawAxes(
        scene,
        lines.map((line) => asTrace(line)),
      )
    )
      return;
    this.#showLive(false);
    this.move(scene);
  }

  /**
   * Draws the curves while a slider moves. Plotly draws only axes then, and those only when their ends change: it would
   * take most of a frame for the curves.
   */
  drawLive(scene: Scene): void {
    const axes = JSON.stringify(lossScales(scene));
    if (axes !== this.#axes && !this.#drawAxes(scene, [])) return;
    const { left, top, width, height } = this.plot.frame;
    const window = { left, right: left + width, bottom: top, top: top + height };
    const parts = lossLines(scene, width).flatMap((line) => {
      const places = line.x.map((x, index) => this.plot.toPixels({ x, y: line.y[index] ?? NaN }));
      const style = {
        stroke: line.colour,
        'stroke-width': places.length === 1 ? dotSize(line.width) : line.width,
        'stroke-dasharray': dashArray(line.dash, line.width),
        opacity: line.opacity,
      };
      return cutToWindow(places, window).pieces.map((piece) => polyline(piece, style));
    });
    this.#live.replaceChildren(...parts);
    this.#showLive(true);
    this.move(scene);
  }

  /** Moves the marks of the timeline's step. */
  move(scene: Scene): void {
    const run = selectedRun(scene);
    if (run === undefined) return;
    const { top, height } = this.plot.frame;
    const step = horizontal(run, needsEpochs(scene.runs))[scene.entry] ?? NaN;
    const { x, y } = this.plot.toPixels({ x: step, y: lossAt(run, scene.entry) });
    if (!Number.isFinite(x)) return;
    const level = Number.isNaN(y) ? top : Math.min(Math.max(y, top), top + height);
    const { colour } = styleOf(scene.theme, scene.selected);
    const { cursor, background } = scene.theme;
    this.#moving.replaceChildren(
      svgElement('line', { x1: x, x2: x, y1: top, y2: top + height, stroke: cursor, 'stroke-width': 1 }),
      svgElement('circle', { cx: x, cy: level, r: 5, fill: colour, stroke: background, 'stroke-width': 2 }),
    );
  }

  /** What lies under the pointer, in words; empty outside the axes. */
  readAt(scene: Scene, pixels: { x: number; y: number }): string {
    const run = selectedRun(scene);
    const { left, width } = this.plot.frame;
    if (run === undefined || pixels.x < left || pixels.x > left + width) return '';
    const byEpoch = needsEpochs(scene.runs);
    const across = this.plot.toValues(pixels).x;
    const entry = entryNear(run, byEpoch ? across * run.stepsPerEpoch : across);
    return `step ${stepText(run.steps[entry] ?? NaN)}  loss ${formatNumber(lossAt(run, entry), 5)}`;
  }

  free(): void {
    this.plot.free();
  }

  #drawAxes(scene: Scene, traces: readonly Data[]): boolean {
    const byEpoch = needsEpochs(scene.runs);
    const { x, y } = lossScales(scene);
    const title = byEpoch ? 'epoch' : axisTitle(scene.runs[0]);
    const axes: PlotAxes = { x: { scale: x, title, grid: false }, y: { scale: y } };
    const shapes = byEpoch ? [] : epochMarks(scene);
    const isDrawn = this.plot.draw(traces, axes, scene.theme, { shapes });
    this.#axes = isDrawn ? JSON.stringify({ x, y }) : '';
    return isDrawn;
  }

  /** Shows the curves that follow a slider instead of Plotly's. */
  #showLive(on: boolean): void {
    this.plot.element.classList.toggle('gd-live', on);
    if (!on) this.#live.replaceChildren();
  }
}

function axisTitle(run: Run | undefined): string {
  if (run === undefined || run.stepsPerEpoch <= 1) return 'step';
  return `step (an epoch is ${stepText(run.stepsPerEpoch)} steps)`;
}

function epochMarks(scene: Scene): Partial<Shape>[] {
  const [run] = scene.runs;
  const last = run?.steps.at(-1) ?? 0;
  const perEpoch = run?.stepsPerEpoch ?? 1;
  if (perEpoch <= 1 || last / perEpoch > mostEpochMarks) return [];
  return Array.from({ length: Math.floor(last / perEpoch) }, (_, index) => ({
    type: 'line',
    layer: 'below',
    yref: 'paper',
    x0: (index + 1) * perEpoch,
    x1: (index + 1) * perEpoch,
    y0: 0,
    y1: 1,
    line: { color: scene.theme.grid, width: 1 },
  }));
}
