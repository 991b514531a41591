import type { StepArithmetic } from './arithmetic.ts';
import { element } from './dom.ts';

const shownAtFirst = 6;

/** The arithmetic of one step as a table whose columns stand under each other: a row for each parameter. */
export class StepTable {
  readonly element = element('div', { class: 'gd-arithmetic' });
  readonly #caption = element('caption', { class: 'gd-hidden' });
  readonly #head = element('thead');
  readonly #body = element('tbody');
  readonly #table = element('table', { class: 'gd-step-table' }, this.#caption, this.#head, this.#body);
  readonly #more = element('button', { type: 'button', class: 'gd-link' });
  #showsAll = false;
  #again: () => void = () => undefined;

  constructor() {
    this.element.append(this.#table, this.#more);
    this.#more.addEventListener('click', () => {
      this.#showsAll = !this.#showsAll;
      this.#again();
    });
  }

  /** @param quantity - what the learning rate is multiplied with, such as `gradient`; absent where only changes are known */
  update(rows: readonly StepArithmetic[], step: number, quantity: string | undefined): void {
    this.#again = () => {
      this.update(rows, step, quantity);
    };
    const shown = this.#showsAll ? rows : rows.slice(0, shownAtFirst);
    this.#caption.textContent =
      step === 0 ? 'Where the parameters start' : `What step ${step} did to each parameter`;
    this.#head.replaceChildren(headRow(quantity));
    this.#body.replaceChildren(...shown.map((row) => bodyRow(row, quantity !== undefined)));
    this.#more.hidden = rows.length <= shownAtFirst;
    this.#more.textContent = this.#showsAll ? 'Fewer parameters' : `All ${rows.length} parameters`;
  }
}

function headRow(quantity: string | undefined): HTMLTableRowElement {
  const name = (text: string): HTMLElement => element('th', { scope: 'col' }, text);
  const sign = (): HTMLElement => element('td', { class: 'gd-sign' });
  const product = quantity === undefined ? [name('change')] : [name('learning rate'), sign(), name(quantity)];
  return element('tr', {}, name('parameter'), name('before'), sign(), ...product, sign(), name('after'));
}

function bodyRow(row: StepArithmetic, isProduct: boolean): HTMLTableRowElement {
  const number = (text = ''): HTMLElement => element('td', { class: 'gd-number' }, text);
  const sign = (text = ''): HTMLElement => element('td', { class: 'gd-sign' }, text);
  const isKnown = row.before !== undefined;
  const product = isProduct
    ? [number(row.rate), sign(isKnown ? '×' : ''), number(row.quantity)]
    : [number(row.quantity)];
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, row.parameter),
    number(row.before),
    sign(row.sign),
    ...product,
    sign(isKnown ? '=' : ''),
    number(row.after),
  );
}
