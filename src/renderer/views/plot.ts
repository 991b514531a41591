import type { Data, Layout, LayoutAxis, PlotlyHTMLElement } from 'plotly.js-dist-min';

import type { Place } from '../curve.ts';
import { element, setAttributes, svgElement } from '../dom.ts';
import { plotlyText } from '../escape.ts';
import type { Plotly } from '../plotly.ts';
import { fromShare, ticks, toShare } from '../scale.ts';
import type { Scale, Tick } from '../scale.ts';
import type { Theme } from '../theme.ts';

export interface PlotAxis {
  readonly scale: Scale;
  readonly title?: string;
  readonly grid?: boolean;
}

export interface PlotAxes {
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  /** Room on the left that pictures above each other share; at least that of the labels is taken. */
  readonly left?: number;
  /** Whether a picture with the same horizontal axis stands beneath, and has its labels. */
  readonly isAbove?: boolean;
}

const edges = { right: 12, top: 8, bottom: 36 };
const edgeAbove = 6;
const pixelsPerTick = { x: 70, y: 44 };
/** Between the picture and the labels beneath, so that those of both axes keep apart in the corner. */
const cornerRoom = 4;
const fontSize = 11;
const digitWidth = 6.4;

/**
 * One picture: Plotly draws the axes, the curves and the contours, and an SVG layer over it holds the marks that move
 * with the timeline. Plotly takes about 8 ms to redraw even a single line, and three pictures have to move in a frame.
 */
export class Plot {
  readonly element = element('div', { class: 'gd-plot', role: 'img' });
  readonly marks = svgElement('svg', { class: 'gd-marks', 'aria-hidden': 'true' });
  readonly #base = element('div', { class: 'gd-base', 'aria-hidden': 'true' });
  readonly #plotly: Plotly;
  #axes: PlotAxes | undefined;
  #drawn: PlotlyHTMLElement | undefined;
  #frame = { left: 0, top: 0, width: 0, height: 0 };

  constructor(plotly: Plotly) {
    this.#plotly = plotly;
    this.element.append(this.#base, this.marks);
  }

  /** Draws curves and axes anew at the element's present size. False while the element has none, being hidden. */
  draw(data: readonly Data[], axes: PlotAxes, theme: Theme, more: Partial<Layout> = {}): boolean {
    const { clientWidth: width, clientHeight: height } = this.element;
    const marks = {
      x: ticks(axes.x.scale, Math.max(2, Math.round(width / pixelsPerTick.x))),
      y: upright(axes.y, height),
    };
    const left = Math.max(labelRoom(axes.y, height), axes.left ?? 0);
    const bottom = axes.isAbove === true ? edgeAbove : edges.bottom;
    if (width < left + 2 * edges.right || height < 2 * bottom) return false;
    this.#frame = {
      left,
      top: edges.top,
      width: width - left - edges.right,
      height: height - edges.top - bottom,
    };
    this.#axes = axes;
    setAttributes(this.marks, { width, height, viewBox: `0 0 ${width} ${height}` });
    const layout: Partial<Layout> = {
      width,
      height,
      margin: { l: left, r: edges.right, t: edges.top, b: bottom, pad: 0 },
      paper_bgcolor: 'rgba(0, 0, 0, 0)',
      plot_bgcolor: 'rgba(0, 0, 0, 0)',
      font: { family: theme.font, size: fontSize, color: theme.muted },
      showlegend: false,
      hovermode: false,
      dragmode: false,
      xaxis: {
        ...plotlyAxis(axes.x, marks.x, theme),
        ticklabelstandoff: cornerRoom,
        ...(axes.isAbove === true ? unlabelled : {}),
      },
      yaxis: plotlyAxis(axes.y, marks.y, theme),
      ...more,
    };
    const config = { staticPlot: true, displayModeBar: false, responsive: false } as const;
    this.#drawn = this.#base as unknown as PlotlyHTMLElement;
    void this.#plotly.react(this.#base, [...data], layout, config);
    return true;
  }

  /** The rectangle between the axes, in pixels of the element. */
  get frame(): Readonly<{ left: number; top: number; width: number; height: number }> {
    return this.#frame;
  }

  /** From the axes' values to pixels of the element. */
  toPixels({ x, y }: Place): Place {
    const { left, top, width, height } = this.frame;
    const axes = this.#axes;
    if (axes === undefined) return { x: NaN, y: NaN };
    return { x: left + width * toShare(axes.x.scale, x), y: top + height * (1 - toShare(axes.y.scale, y)) };
  }

  /** From pixels of the element to the axes' values. */
  toValues({ x, y }: Place): Place {
    const { left, top, width, height } = this.frame;
    const axes = this.#axes;
    if (axes === undefined) return { x: NaN, y: NaN };
    return {
      x: fromShare(axes.x.scale, (x - left) / width),
      y: fromShare(axes.y.scale, 1 - (y - top) / height),
    };
  }

  /** The picture with its marks as SVG, as large as on the screen; undefined before it is drawn. */
  async picture(): Promise<SVGElement | undefined> {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (this.#drawn === undefined) return undefined;
    const address = await this.#plotly.toImage(this.#drawn, { format: 'svg', width, height });
    const text = decodeURIComponent(address.slice(address.indexOf(',') + 1));
    const picture = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    if (!(picture instanceof SVGElement)) return undefined;
    picture.append(...[...this.marks.children].map((mark) => mark.cloneNode(true)));
    return picture;
  }

  free(): void {
    if (this.#drawn !== undefined) this.#plotly.purge(this.#drawn);
    this.#drawn = undefined;
    this.element.remove();
  }
}

const unlabelled = { showticklabels: false, title: { text: '' } };

function upright({ scale }: PlotAxis, height: number): Tick[] {
  return ticks(scale, Math.max(2, Math.round(height / pixelsPerTick.y)));
}

/** The room on the left of a picture so many pixels high that the labels of its upright axis take. */
export function labelRoom(axis: PlotAxis, height: number): number {
  const longest = Math.max(...upright(axis, height).map(({ label }) => label.length), 4);
  return Math.ceil(digitWidth * longest + (axis.title === undefined ? 10 : 30));
}

function plotlyAxis(
  { scale, title, grid = true }: PlotAxis,
  marks: readonly Tick[],
  theme: Theme,
): Partial<LayoutAxis> {
  const range: [number, number] = [scale.low, scale.high];
  return {
    type: scale.kind,
    range: scale.kind === 'log' ? [Math.log10(range[0]), Math.log10(range[1])] : range,
    tickmode: 'array',
    tickvals: marks.map(({ value }) => value),
    ticktext: marks.map(({ label }) => label),
    ticks: '',
    showgrid: grid,
    gridcolor: theme.grid,
    gridwidth: 1,
    zeroline: false,
    showline: false,
    fixedrange: true,
    automargin: false,
    title: { text: plotlyText(title ?? ''), standoff: 6, font: { color: theme.muted, size: fontSize } },
  };
}
