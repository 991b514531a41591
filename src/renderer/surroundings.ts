import type { RendererContext } from 'vscode-notebook-renderer';

import type { Run } from '../kernel/index.ts';
import type { FigureRequest } from '../output/index.ts';
import type { LossScale } from './scene.ts';

/** What the editor keeps for the figures of a notebook, also while it is closed. */
export interface FigureState {
  readonly lossScale?: LossScale;
}

interface Remembered {
  readonly source: string;
  readonly runs: readonly Run[];
  readonly before: readonly Run[];
}

const mostRemembered = 100;

/** What a figure knows of the world around it: the editor's end of the messages, choices, and earlier runs. */
export class Surroundings {
  readonly #context: RendererContext<FigureState>;
  readonly #history = new Map<string, Remembered>();

  constructor(context: RendererContext<FigureState>) {
    this.#context = context;
  }

  /** Sends a request to the extension; absent where there is none, as in a saved page. */
  get post(): ((request: FigureRequest) => void) | undefined {
    const context = this.#context;
    if (context.postMessage === undefined) return undefined;
    return (request) => context.postMessage?.(request);
  }

  get lossScale(): LossScale {
    return this.#context.getState()?.lossScale ?? 'log';
  }

  set lossScale(lossScale: LossScale) {
    this.#context.setState({ ...this.#context.getState(), lossScale });
  }

  /** Takes note of the runs of a cell, and gives those of its text before the latest edit. */
  remember(cell: string, source: string, runs: readonly Run[]): readonly Run[] {
    const last = this.#history.get(cell);
    const before = last === undefined ? [] : last.source === source ? last.before : last.runs;
    this.#history.delete(cell);
    this.#history.set(cell, { source, runs, before });
    const [oldest] = this.#history.keys();
    if (this.#history.size > mostRemembered && oldest !== undefined) this.#history.delete(oldest);
    return before;
  }
}
