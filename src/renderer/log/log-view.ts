import { svgElement } from '../dom.ts';
import type { Plotly } from '../plotly.ts';
import type { Theme } from '../theme.ts';
import { labelRoom, Plot } from '../views/plot.ts';
import { asTrace } from '../views/line.ts';
import type { LogPicture } from './log-pictures.ts';

const fewPoints = 40;
/** Between the crosses of values that are not finite, in pixels. */
const crossDistance = 9;
/** A label that begins further right than this share of the picture is written to its left. */
const farRight = 0.7;

export interface LogViewOptions {
  /** The room for the labels of the upright axis, which pictures above each other share. */
  readonly left: number;
  /** Whether another picture with the same horizontal axis stands beneath. */
  readonly isAbove: boolean;
  /** Whether what happened is named in this picture. */
  readonly hasLabels: boolean;
}

/** One picture of a log: its lines, where it broke, and the cursor that all its pictures share. */
export class LogView {
  readonly plot: Plot;
  readonly #fixed = svgElement('g');
  readonly #cursor = svgElement('g');

  constructor(plotly: Plotly) {
    this.plot = new Plot(plotly);
    this.plot.marks.append(this.#fixed, this.#cursor);
  }

  /** The room that the labels of this picture take. */
  roomFor(picture: LogPicture): number {
    return labelRoom({ scale: picture.y }, this.plot.element.clientHeight);
  }

  draw(picture: LogPicture, theme: Theme, options: LogViewOptions): boolean {
    const axes = {
      x: { scale: picture.x, title: picture.unit, grid: false },
      y: { scale: picture.y },
      left: options.left,
      isAbove: options.isAbove,
    };
    const traces = picture.lines.map((line) => asTrace(line, fewPoints));
    if (!this.plot.draw(traces, axes, theme)) return false;
    this.#fixed.replaceChildren(
      ...this.#broken(picture, theme),
      ...this.#moments(picture, theme, options.hasLabels),
    );
    return true;
  }

  /** Moves the cursor to a step. */
  move(step: number, theme: Theme): void {
    const { top, height } = this.plot.frame;
    const x = this.#across(step);
    const line = { x1: x, x2: x, y1: top, y2: top + height, stroke: theme.cursor, 'stroke-width': 1 };
    this.#cursor.replaceChildren(...(Number.isFinite(x) ? [svgElement('line', line)] : []));
  }

  /** The step under the pointer; NaN outside the axes. */
  stepAt(pixels: { x: number; y: number }): number {
    const { left, width } = this.plot.frame;
    return pixels.x < left || pixels.x > left + width ? NaN : this.plot.toValues(pixels).x;
  }

  free(): void {
    this.plot.free();
  }

  #across(step: number): number {
    return this.plot.toPixels({ x: step, y: 1 }).x;
  }

  /** A shade over what came after the end, and a cross at the top for each value that is not finite. */
  #broken({ broken, brokenFrom }: LogPicture, theme: Theme): SVGElement[] {
    const { left, top, width, height } = this.plot.frame;
    const colour = badColour(theme);
    const marks: SVGElement[] = [];
    if (brokenFrom !== undefined) {
      const x = this.#across(brokenFrom);
      const shade = { x, y: top, width: Math.max(0, left + width - x), height, fill: colour, opacity: 0.1 };
      marks.push(svgElement('rect', shade));
    }
    let last = -Infinity;
    for (const step of broken) {
      const x = this.#across(step);
      if (x - last < crossDistance) continue;
      last = x;
      const y = top + 6;
      const d = `M${(x - 3).toFixed(1)} ${y - 3}l6 6m0 -6l-6 6`;
      marks.push(svgElement('path', { d, stroke: colour, 'stroke-width': 1.5, class: 'gd-not-finite' }));
    }
    return marks;
  }

  #moments({ moments, brokenFrom }: LogPicture, theme: Theme, hasLabels: boolean): SVGElement[] {
    const { left, top, width, height } = this.plot.frame;
    const colour = brokenFrom === undefined ? theme.foreground : badColour(theme);
    return moments.flatMap(({ step, label }, index) => {
      const x = this.#across(step);
      const line = svgElement('line', {
        x1: x,
        x2: x,
        y1: top,
        y2: top + height,
        stroke: colour,
        'stroke-width': 1,
        'stroke-dasharray': '3 3',
        class: 'gd-moment',
      });
      if (!hasLabels || index > 0) return [line];
      const isRight = x > left + farRight * width;
      const text = {
        x: isRight ? x - 6 : x + 6,
        // Beneath the crosses of what is not finite.
        y: top + (brokenFrom === undefined ? 12 : 27),
        'text-anchor': isRight ? 'end' : 'start',
        fill: colour,
        stroke: theme.background,
        'stroke-width': 4,
        'stroke-linejoin': 'round',
        'paint-order': 'stroke',
        'font-size': 11.5,
        'font-weight': 600,
        'font-family': theme.font,
      };
      const times = moments.length > 1 ? `${moments.length} ${label}s` : label;
      return [line, svgElement('text', text, times)];
    });
  }
}

/** The theme's red. */
function badColour(theme: Theme): string {
  return theme.series[4] ?? theme.foreground;
}
