import type { Outcome } from '../output/index.ts';
import { element, setAttributes } from './dom.ts';

/** How the run went, in a sentence, and a way to ask why. */
export class OutcomeLine {
  readonly element: HTMLElement;
  readonly #sentence = element('p', { class: 'gd-outcome' });
  readonly #why = element('button', { type: 'button', class: 'gd-link gd-why', title: 'Diagnose Loss' });

  constructor(diagnose: () => void) {
    this.#why.addEventListener('click', diagnose);
    this.element = element('div', { class: 'gd-outcome-line' }, this.#sentence, this.#why);
  }

  /**
   * @param run - what tells the run from the others of a sweep; empty where there is only one
   * @param canAsk - whether there is somebody to ask, and anything to ask about that is not said already
   */
  update(outcome: Outcome | undefined, run: string, canAsk: boolean): void {
    const whose = run === '' ? [] : [element('span', { class: 'gd-code' }, run), ' · '];
    this.#sentence.replaceChildren(...whose, outcome?.text ?? 'Nothing was run.');
    setAttributes(this.#sentence, { 'data-tone': outcome?.tone });
    const label = outcome?.tone === 'bad' ? 'Why?' : 'Diagnose';
    this.#why.textContent = label;
    this.#why.setAttribute('aria-label', label === 'Why?' ? 'Why? Diagnose the loss' : 'Diagnose the loss');
    this.#why.hidden = !canAsk;
  }
}
