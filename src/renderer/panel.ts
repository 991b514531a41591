import { describeOutcome } from '../output/index.ts';
import type { FigureNotice, FitSample, RunPayload } from '../output/index.ts';
import { element } from './dom.ts';
import { loadPlotly } from './plotly.ts';
import type { Plotly } from './plotly.ts';
import { lastEntry } from './record.ts';
import type { Fit, Scene } from './scene.ts';
import type { Surroundings } from './surroundings.ts';
import { readTheme, watchTheme } from './theme.ts';
import { Views } from './views/views.ts';

type Content = Omit<Scene, 'theme'>;

/** The figure of one cell: everything that is seen and done beneath it. */
export class Panel {
  readonly element = element('div', { class: 'gd-figure', role: 'figure', 'aria-label': 'Gradient descent' });
  readonly #outcome = element('p', { class: 'gd-outcome' });
  readonly #views: Views;
  readonly #surroundings: Surroundings;
  readonly #releases: (() => void)[] = [];
  #content: Content | undefined;
  #frame = 0;
  #freed = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#views = new Views();
    this.element.append(this.#outcome, this.#views.element);
    this.#listen();
  }

  /** Shows an execution of the cell; the room is taken at once, the pictures follow when Plotly is there. */
  async show(payload: RunPayload, signal: AbortSignal): Promise<void> {
    const [run] = payload.runs;
    const ghosts = this.#surroundings.remember(payload.cell, payload.source, payload.runs);
    const fit = payload.fit === undefined ? undefined : sampledFit(payload.fit);
    this.#content = {
      runs: payload.runs,
      ghosts,
      selected: 0,
      entry: run === undefined ? 0 : lastEntry(run),
      lossScale: this.#surroundings.lossScale,
      ...(payload.landscape === undefined ? {} : { landscape: payload.landscape }),
      ...(fit === undefined ? {} : { fit }),
    };
    this.#outcome.textContent = run === undefined ? 'Nothing was run.' : describeOutcome(run);
    this.#views.lay({ landscape: payload.landscape !== undefined, fit: fit !== undefined });
    const plotly = await this.#plotly();
    if (plotly === undefined || signal.aborted || this.#freed) return;
    this.#views.start(plotly);
    this.#draw();
  }

  /** Shows how far a long run has come. */
  progress(notice: FigureNotice): void {
    if (this.#content === undefined) return;
    const [run] = notice.runs;
    this.#content = { ...this.#content, runs: notice.runs, entry: run === undefined ? 0 : lastEntry(run) };
    this.#schedule();
  }

  free(): void {
    this.#freed = true;
    cancelAnimationFrame(this.#frame);
    for (const release of this.#releases) release();
    this.#views.free();
    this.element.remove();
  }

  #listen(): void {
    const resize = new ResizeObserver(() => {
      this.#schedule();
    });
    resize.observe(this.#views.element);
    const unwatch = watchTheme(() => {
      this.#schedule();
    });
    this.#releases.push(() => {
      resize.disconnect();
    }, unwatch);
    for (const type of ['keydown', 'keyup', 'keypress'] as const) {
      this.element.addEventListener(type, (event) => {
        if (isForTheFigure(event)) event.stopPropagation();
      });
    }
  }

  async #plotly(): Promise<Plotly | undefined> {
    try {
      return await loadPlotly();
    } catch {
      this.#views.element.replaceChildren(
        'The pictures could not be loaded. Reload the window to try again.',
      );
      return undefined;
    }
  }

  /** Draws once before the next paint, however often it is asked for. */
  #schedule(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#content === undefined || this.#freed) return;
    this.#views.draw({ ...this.#content, theme: readTheme(this.element) });
  }
}

/** Keys without a modifier would move between the notebook's cells, or delete one; the others are the editor's. */
function isForTheFigure(event: KeyboardEvent): boolean {
  const leavesTheFigure = event.key === 'Escape' || event.key === 'Tab' || /^F\d+$/.test(event.key);
  return !(event.ctrlKey || event.metaKey || event.altKey || leavesTheFigure);
}

/** A fit that came with the output: only its start and its end are known. */
function sampledFit({ atStart, atEnd, ...sample }: FitSample): Fit {
  return { ...sample, predictionAt: (run, entry) => (run > 0 ? undefined : entry === 0 ? atStart : atEnd) };
}
