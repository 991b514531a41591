import { element } from './dom.ts';

export interface FooterActions {
  readonly numbers: () => boolean;
  readonly copyCsv: () => Promise<string>;
  readonly savePng: () => Promise<void>;
  readonly saveSvg: () => Promise<void>;
}

/** What can be taken away from the figure: its numbers and its picture. */
export class Footer {
  readonly element = element('div', { class: 'gd-footer' });
  readonly #said = element('span', { class: 'gd-note', role: 'status' });

  constructor(actions: FooterActions) {
    const numbers = this.#button('Numbers', () => {
      numbers.setAttribute('aria-expanded', String(actions.numbers()));
      return Promise.resolve('');
    });
    numbers.setAttribute('aria-expanded', 'false');
    this.element.append(
      numbers,
      this.#button('Copy CSV', () => actions.copyCsv()),
      this.#button('Save PNG', () => actions.savePng().then(() => '')),
      this.#button('Save SVG', () => actions.saveSvg().then(() => '')),
      this.#said,
    );
  }

  #button(label: string, act: () => Promise<string>): HTMLButtonElement {
    const made = element('button', { type: 'button', class: 'gd-link' }, label);
    made.addEventListener('click', () => {
      act().then(
        (said) => {
          this.#said.textContent = said;
        },
        (error: unknown) => {
          this.#said.textContent = error instanceof Error ? error.message : 'That did not work.';
        },
      );
    });
    return made;
  }
}
