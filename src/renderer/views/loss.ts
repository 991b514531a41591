import type { Data, Shape } from 'plotly.js-dist-min';

import type { Run } from '../../kernel/index.ts';
import { thinned } from '../curve.ts';
import { svgElement } from '../dom.ts';
import { formatNumber } from '../numbers.ts';
import type { Plotly } from '../plotly.ts';
import { canBeLogarithmic, entryNear, horizontal, lossAt, needsEpochs } from '../record.ts';
import { scaleAround } from '../scale.ts';
import { selectedRun, styleOf } from '../scene.ts';
import type { RunStyle, Scene } from '../scene.ts';
import { Plot } from './plot.ts';

const mostEpochMarks = 40;
const faint = 0.35;

/** The loss of every run by step: the full loss bold, the losses of minibatches faint behind it. */
export class LossView {
  readonly plot: Plot;

  constructor(plotly: Plotly) {
    this.plot = new Plot(plotly);
  }

  draw(scene: Scene): void {
    const byEpoch = needsEpochs(scene.runs);
    const kind = canBeLogarithmic(scene.runs) ? scene.lossScale : 'linear';
    const drawn = [...scene.ghosts, ...scene.runs];
    const width = Math.max(100, this.plot.element.clientWidth);
    const x = scaleAround(
      drawn.flatMap((run) => ends(horizontal(run, byEpoch))),
      'linear',
      0.02,
    );
    const y = scaleAround(
      scene.runs.flatMap((run) => [...run.loss, ...(run.validationLoss ?? []), ...middleOf(run.batchLoss)]),
      kind,
    );
    const traces = [
      ...scene.ghosts.map((run) =>
        curve(run, byEpoch, width, { color: scene.theme.muted, width: 1.5 }, faint),
      ),
      ...this.#order(scene).flatMap((run) => this.#runTraces(scene, run, byEpoch, width)),
    ];
    const title = byEpoch ? 'epoch' : axisTitle(scene.runs[0]);
    const shapes = byEpoch ? [] : epochMarks(scene);
    const axes = { x: { scale: { ...x, low: Math.max(x.low, 0) }, title, grid: false }, y: { scale: y } };
    if (this.plot.draw(traces, axes, scene.theme, { shapes })) this.move(scene);
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
    this.plot.marks.replaceChildren(
      svgElement('line', {
        x1: x,
        x2: x,
        y1: top,
        y2: top + height,
        stroke: scene.theme.cursor,
        'stroke-width': 1,
      }),
      svgElement('circle', {
        cx: x,
        cy: level,
        r: 5,
        fill: colour,
        stroke: scene.theme.background,
        'stroke-width': 2,
      }),
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
    return `step ${formatNumber(run.steps[entry] ?? NaN, 10)}  loss ${formatNumber(lossAt(run, entry), 5)}`;
  }

  free(): void {
    this.plot.free();
  }

  /** The selected run last, so that it lies above the others. */
  #order(scene: Scene): Run[] {
    const selected = selectedRun(scene);
    return [...scene.runs.filter((run) => run !== selected), ...(selected === undefined ? [] : [selected])];
  }

  #runTraces(scene: Scene, run: Run, byEpoch: boolean, width: number): Data[] {
    const index = scene.runs.indexOf(run);
    const { colour, dash } = styleOf(scene.theme, index);
    const chosen = index === scene.selected;
    const traces: Data[] = [];
    if (run.batchLoss !== undefined && chosen) {
      traces.push(
        curve({ ...run, loss: run.batchLoss }, byEpoch, width, { color: colour, width: 1 }, faintness(run)),
      );
    }
    if (run.validationLoss !== undefined) {
      const line = { color: scene.theme.foreground, width: chosen ? 1.75 : 1, dash: 'dot' } as const;
      traces.push(curve({ ...run, loss: run.validationLoss }, byEpoch, width, line, chosen ? 1 : faint));
    }
    traces.push(
      curve(run, byEpoch, width, { color: colour, width: chosen ? 2.5 : 1.5, dash }, chosen ? 1 : 0.7),
    );
    return traces;
  }
}

type Line = { readonly color: string; readonly width: number; readonly dash?: RunStyle['dash'] };

function curve(run: Run, byEpoch: boolean, width: number, line: Line, opacity: number): Data {
  return {
    type: 'scatter',
    mode: 'lines',
    ...thinned(horizontal(run, byEpoch), run.loss, width),
    line,
    opacity,
  };
}

/** Where most losses of minibatches lie: a few extremes would press the full loss flat. */
function middleOf(losses: Float64Array | undefined): number[] {
  const sorted = (losses ?? new Float64Array()).filter(Number.isFinite).sort();
  return [sorted[Math.floor(sorted.length * 0.25)] ?? NaN, sorted[Math.floor(sorted.length * 0.98)] ?? NaN];
}

/** Many losses of minibatches would cover the full loss. */
function faintness(run: Run): number {
  return run.steps.length > 600 ? 0.2 : faint;
}

function ends(values: ArrayLike<number>): number[] {
  return [values[0] ?? 0, values[values.length - 1] ?? 0];
}

function axisTitle(run: Run | undefined): string {
  if (run === undefined || run.stepsPerEpoch <= 1) return 'step';
  return `step (an epoch is ${formatNumber(run.stepsPerEpoch, 10)} steps)`;
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
