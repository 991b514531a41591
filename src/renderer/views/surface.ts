import type { Data, Layout } from 'plotly.js-dist-min';

import { element } from '../dom.ts';
import { plotlyText } from '../escape.ts';
import type { Plotly } from '../plotly.ts';
import { lastEntry, lossAt } from '../record.ts';
import { scaleAround, ticks } from '../scale.ts';
import { selectedRun, styleOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { colourScale, landscapeHeights } from './landscape-colours.ts';

const mostPathPoints = 2000;

/** Whether this window can draw in three dimensions. */
export function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

/** The landscape as a surface that can be turned, coloured as the contours are. Made only on request. */
export class SurfaceView {
  readonly element = element('div', { class: 'gd-plot gd-surface', role: 'img' });
  readonly #base = element('div', { class: 'gd-base' });
  readonly #plotly: Plotly;
  #drawn = false;

  constructor(plotly: Plotly) {
    this.#plotly = plotly;
    this.element.append(this.#base);
  }

  draw(scene: Scene): void {
    const grid = scene.landscape;
    const { clientWidth: width, clientHeight: height } = this.element;
    if (grid?.y === undefined || width < 50 || height < 50) return;
    const size = grid.xs.length;
    const heights = landscapeHeights(grid, scene.runs);
    const surface = {
      type: 'surface',
      x: [...grid.xs],
      y: [...grid.ys],
      z: Array.from(grid.ys, (_, row) =>
        [...grid.loss.subarray(row * size, (row + 1) * size)].map(finiteOrNull),
      ),
      surfacecolor: heights?.rows,
      cmin: heights?.floor,
      cmax: heights?.ceiling,
      colorscale: colourScale(scene.theme.surface),
      showscale: false,
      hoverinfo: 'skip',
      lighting: { ambient: 0.85, diffuse: 0.35, specular: 0.05 },
      contours: { z: { show: false } },
    } as unknown as Data;
    this.#drawn = true;
    const data = [surface, ...this.#path(scene)];
    void this.#plotly.react(this.#base, data, layoutOf(scene, width, height), {
      displayModeBar: false,
      responsive: false,
      scrollZoom: false,
    });
  }

  /** Moves the selected run to the timeline's step. */
  move(scene: Scene): void {
    if (!this.#drawn) return;
    const [, ...moved] = [undefined, ...this.#path(scene)] as { x: number[]; y: number[]; z: number[] }[];
    const columns = { x: moved.map(({ x }) => x), y: moved.map(({ y }) => y), z: moved.map(({ z }) => z) };
    void this.#plotly.restyle(this.#base, columns, [1, 2]);
  }

  free(): void {
    if (this.#drawn) this.#plotly.purge(this.#base);
    this.#drawn = false;
    this.element.remove();
  }

  #path(scene: Scene): Data[] {
    const run = selectedRun(scene);
    const grid = scene.landscape;
    const [xs, ys] = [run?.parameters[grid?.x ?? ''], run?.parameters[grid?.y ?? '']];
    if (run === undefined || grid === undefined || xs === undefined || ys === undefined) return [];
    const { colour } = styleOf(scene.theme, scene.selected);
    const highest = grid.loss.reduce(
      (most, loss) => (Number.isFinite(loss) && loss > most ? loss : most),
      -Infinity,
    );
    const lift = (highest - Math.min(...grid.loss.filter(Number.isFinite))) * 0.01;
    const place = (entry: number): [number, number, number] => [
      xs[entry] ?? NaN,
      ys[entry] ?? NaN,
      Math.min(lossAt(run, entry), highest) + lift,
    ];
    const inside = ([x, y]: [number, number, number]): boolean =>
      x >= (grid.xs[0] ?? 0) &&
      x <= (grid.xs.at(-1) ?? 0) &&
      y >= (grid.ys[0] ?? 0) &&
      y <= (grid.ys.at(-1) ?? 0);
    const stride = Math.max(1, Math.ceil(lastEntry(run) / mostPathPoints));
    const walked = Array.from({ length: Math.floor(scene.entry / stride) + 1 }, (_, index) =>
      place(index * stride),
    ).filter(inside);
    const current = [place(scene.entry)].filter(inside);
    const columns = (places: [number, number, number][]): { x: number[]; y: number[]; z: number[] } => ({
      x: places.map(([x]) => x),
      y: places.map(([, y]) => y),
      z: places.map(([, , z]) => z),
    });
    return [
      {
        type: 'scatter3d',
        mode: 'lines',
        ...columns(walked),
        line: { color: colour, width: 6 },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter3d',
        mode: 'markers',
        ...columns(current),
        marker: { color: colour, size: 5 },
        hoverinfo: 'skip',
      },
    ];
  }
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function layoutOf({ theme, landscape }: Scene, width: number, height: number): Partial<Layout> {
  const axis = (title: string, values: Float64Array = new Float64Array()): object => {
    const marks = ticks(scaleAround(values, 'linear', 0), 4);
    return {
      title: { text: plotlyText(title) },
      tickmode: 'array',
      tickvals: marks.map(({ value }) => value),
      ticktext: marks.map(({ label }) => label),
      color: theme.muted,
      gridcolor: theme.grid,
      showbackground: false,
      zeroline: false,
      showspikes: false,
    };
  };
  return {
    width,
    height,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: 'rgba(0, 0, 0, 0)',
    font: { family: theme.font, size: 11, color: theme.muted },
    showlegend: false,
    hovermode: false,
    scene: {
      xaxis: axis(landscape?.x ?? '', landscape?.xs),
      yaxis: axis(landscape?.y ?? '', landscape?.ys),
      zaxis: axis('loss', landscape?.loss),
      camera: { eye: { x: 1.3, y: -1.3, z: 0.95 }, center: { x: 0, y: 0, z: -0.15 } },
      aspectmode: 'manual',
      aspectratio: { x: 1, y: 1, z: 0.75 },
    },
    uirevision: 'turned',
  };
}
