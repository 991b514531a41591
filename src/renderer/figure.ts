import type { ActivationFunction, OutputItem, RendererContext } from 'vscode-notebook-renderer';

import { decodeLog, decodeNotice, decodePayload, logMimeType, PayloadError } from '../output/index.ts';
import type { FigureNotice, LogPayload, RevealNotice, RunPayload } from '../output/index.ts';
import { element } from './dom.ts';
import cardStyles from './diagnosis-card.css' with { type: 'text' };
import styles from './figure.css' with { type: 'text' };
import logStyles from './log/log.css' with { type: 'text' };
import { LogPanel } from './log/log-panel.ts';
import { Panel } from './panel.ts';
import { bringIntoView, firstFound } from './reveal.ts';
import { Surroundings } from './surroundings.ts';
import type { FigureState } from './surroundings.ts';

interface Shown {
  readonly id: string;
  readonly cell: string;
  readonly panel: Panel | LogPanel;
}

/** All figures of one notebook's webview, by the element that the editor gave for each. */
class Figures {
  readonly #shown = new Map<HTMLElement, Shown>();
  /** The cells whose diagnosis is being brought into view. */
  readonly #revealing = new Set<string>();
  readonly #surroundings: Surroundings;

  constructor(context: RendererContext<FigureState>) {
    this.#surroundings = new Surroundings(context);
    context.onDidReceiveMessage?.((message: unknown) => {
      const notice = decodeNotice(message);
      if (notice === undefined) return;
      if (notice.type === 'diagnosis') this.#surroundings.rememberDiagnosis(notice);
      if (notice.type === 'reveal') void this.#reveal(notice);
      for (const { cell, panel } of this.#shown.values()) if (cell === notice.cell) tell(panel, notice);
    });
    this.#surroundings.post?.({ type: 'hello' });
  }

  /** Draws an output; a figure of the same cell that is already in `place` is updated without a flash. */
  async render(item: OutputItem, place: HTMLElement, signal: AbortSignal): Promise<void> {
    this.#freeRemoved();
    const payload = readPayload(item);
    const before = this.#shown.get(place);
    if (payload instanceof PayloadError || !isOf(before, payload)) this.#free(place);
    if (payload instanceof PayloadError) {
      place.replaceChildren(element('p', { role: 'note' }, payload.message));
      return;
    }
    const known = this.#shown.get(place)?.panel;
    const shown = { id: item.id, cell: payload.cell };
    if ('runs' in payload) {
      const panel = known instanceof Panel ? known : this.#mount(place, new Panel(this.#surroundings));
      this.#shown.set(place, { ...shown, panel });
      await panel.show(payload, signal);
    } else {
      const panel = known instanceof LogPanel ? known : this.#mount(place, new LogPanel(this.#surroundings));
      this.#shown.set(place, { ...shown, panel });
      await panel.show(payload, signal);
    }
  }

  dispose(id: string | undefined): void {
    for (const [place, shown] of [...this.#shown]) if (id === undefined || shown.id === id) this.#free(place);
  }

  /** Brings the diagnosis in the figure of a cell into view, and says so to a screen reader and to the editor. */
  async #reveal({ cell, scroll }: RevealNotice): Promise<void> {
    if (this.#revealing.has(cell)) return;
    this.#revealing.add(cell);
    const card = await firstFound(() => this.#cardOf(cell));
    const isInView = card !== undefined && (await bringIntoView(card, scroll));
    if (isInView) say(card);
    this.#revealing.delete(cell);
    this.#surroundings.post?.({ type: 'revealed', cell, isInView });
  }

  #cardOf(cell: string): HTMLElement | undefined {
    const places = [...this.#shown].filter(([, shown]) => shown.cell === cell);
    const cards = places.map(([place]) => place.querySelector<HTMLElement>('.gd-diagnosis'));
    // The editor hides the outputs that are collapsed, and leaves them where they were.
    return cards.find((card) => card?.checkVisibility({ visibilityProperty: true })) ?? undefined;
  }

  #mount<T extends Panel | LogPanel>(place: HTMLElement, panel: T): T {
    const said = element('div', { class: 'gd-hidden gd-said', role: 'status' });
    place.replaceChildren(element('style', {}, styles, cardStyles, logStyles), panel.element, said);
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

/** Says a diagnosis to a screen reader. */
function say(card: HTMLElement): void {
  const said = card.closest('.gd-figure')?.parentElement?.querySelector('.gd-said');
  const [title, summary] = card.querySelectorAll('.gd-diagnosis-title, .gd-diagnosis-body > p');
  if (said) said.textContent = `${title?.textContent ?? ''}. ${summary?.textContent ?? ''}`;
}

/** Whether what is shown is a figure of the same kind for the same cell, which a payload can be shown in. */
function isOf(shown: Shown | undefined, payload: RunPayload | LogPayload): boolean {
  return shown?.cell === payload.cell && shown.panel instanceof ('runs' in payload ? Panel : LogPanel);
}

function tell(panel: Panel | LogPanel, notice: FigureNotice): void {
  if (panel instanceof LogPanel) {
    if (notice.type === 'reading') panel.reading(notice);
  } else if (notice.type === 'progress') {
    panel.progress(notice);
  } else if (notice.type === 'diagnosis') {
    panel.showDiagnosis();
  }
}

function readPayload(item: OutputItem): RunPayload | LogPayload | PayloadError {
  try {
    return item.mime === logMimeType ? decodeLog(item.text()) : decodePayload(item.text());
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
