import type { ActivationFunction, OutputItem, RendererContext } from 'vscode-notebook-renderer';

import { decodeNotice, decodePayload, PayloadError } from '../output/index.ts';
import type { RunPayload } from '../output/index.ts';
import { element } from './dom.ts';
import cardStyles from './diagnosis-card.css' with { type: 'text' };
import styles from './figure.css' with { type: 'text' };
import { Panel } from './panel.ts';
import { Surroundings } from './surroundings.ts';
import type { FigureState } from './surroundings.ts';

interface Shown {
  readonly id: string;
  readonly cell: string;
  readonly panel: Panel;
}

/** All figures of one notebook's webview, by the element that the editor gave for each. */
class Figures {
  readonly #shown = new Map<HTMLElement, Shown>();
  readonly #surroundings: Surroundings;

  constructor(context: RendererContext<FigureState>) {
    this.#surroundings = new Surroundings(context);
    context.onDidReceiveMessage?.((message: unknown) => {
      const notice = decodeNotice(message);
      if (notice === undefined) return;
      if (notice.type === 'diagnosis') this.#surroundings.rememberDiagnosis(notice);
      for (const { cell, panel } of this.#shown.values()) {
        if (cell !== notice.cell) continue;
        if (notice.type === 'progress') panel.progress(notice);
        else panel.showDiagnosis();
      }
    });
    this.#surroundings.post?.({ type: 'hello' });
  }

  /** Draws an output; a figure of the same cell that is already in `place` is updated without a flash. */
  async render(item: OutputItem, place: HTMLElement, signal: AbortSignal): Promise<void> {
    this.#freeRemoved();
    const payload = readPayload(item);
    const before = this.#shown.get(place);
    if (payload instanceof PayloadError || before?.cell !== payload.cell) this.#free(place);
    if (payload instanceof PayloadError) {
      place.replaceChildren(element('p', { role: 'note' }, payload.message));
      return;
    }
    const panel = this.#shown.get(place)?.panel ?? this.#mount(place);
    this.#shown.set(place, { id: item.id, cell: payload.cell, panel });
    await panel.show(payload, signal);
  }

  dispose(id: string | undefined): void {
    for (const [place, shown] of [...this.#shown]) if (id === undefined || shown.id === id) this.#free(place);
  }

  #mount(place: HTMLElement): Panel {
    const panel = new Panel(this.#surroundings);
    place.replaceChildren(element('style', {}, styles, cardStyles), panel.element);
    return panel;
  }

  /** The editor does not always say that it has taken an output away. */
  #freeRemoved(): void {
    for (const place of [...this.#shown.keys()]) if (!place.isConnected) this.#free(place);
  }

  #free(place: HTMLElement): void {
    const shown = this.#shown.get(place);
    this.#shown.delete(place);
    shown?.panel.free();
    if (shown !== undefined) place.replaceChildren();
  }
}

function readPayload(item: OutputItem): RunPayload | PayloadError {
  try {
    return decodePayload(item.text());
  } catch (error) {
    if (error instanceof PayloadError) return error;
    throw error;
  }
}

/** The entry point of the renderer `gdnb.figure`. */
export const activate: ActivationFunction<FigureState> = (context) => {
  const figures = new Figures(context);
  return {
    renderOutputItem: (item, place, signal) => figures.render(item, place, signal),
    disposeOutputItem: (id) => {
      figures.dispose(id);
    },
  };
};
