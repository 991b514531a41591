import type { RendererContext } from 'vscode-notebook-renderer';

import type { Run } from '../kernel/index.ts';
import type { DiagnosisNotice, FigureRequest, RunDiagnosis } from '../output/index.ts';
import type { LossScale } from './scene.ts';
import type { Look } from './session.ts';

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

/** What a figure knows of the world around it: the editor's end of the messages, choices, earlier runs, diagnoses. */
export class Surroundings {
  readonly #context: RendererContext<FigureState>;
  readonly #history = new Map<string, Remembered>();
  readonly #looks = new Map<string, Look>();
  readonly #diagnoses = new Map<string, DiagnosisNotice>();

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
    keep(this.#history, cell, { source, runs, before });
    return before;
  }

  rememberDiagnosis(notice: DiagnosisNotice): void {
    keep(this.#diagnoses, notice.cell, notice);
  }

  /** What the editor has said of the runs of a cell's text. */
  diagnosesOf(cell: string, source: string): readonly RunDiagnosis[] {
    const notice = this.#diagnoses.get(cell);
    return notice?.source === source ? notice.diagnoses : [];
  }

  /** What was looked at in the figure of a cell before it ran again. */
  lookOf(cell: string): Look {
    return this.#looks.get(cell) ?? { selected: 0 };
  }

  rememberLook(cell: string, look: Look): void {
    keep(this.#looks, cell, look);
  }
}

/** Sets an entry as the newest, and lets go of the oldest where there are too many. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostRemembered && oldest !== undefined) map.delete(oldest);
}
