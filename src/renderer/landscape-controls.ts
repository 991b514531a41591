import { element, setAttributes } from './dom.ts';
import type { Axes } from './session.ts';
import { hasWebGl } from './views/surface.ts';

/** Which parameters the landscape is drawn over, and whether as a map or as a surface. */
export class LandscapeControls {
  readonly element = element('span', { class: 'gd-landscape-controls' });
  readonly #across = element('select', { class: 'gd-select', 'aria-label': 'Parameter across' });
  readonly #up = element('select', { class: 'gd-select', 'aria-label': 'Parameter upwards' });
  readonly #axes = element('span', { class: 'gd-axes' }, this.#across, '×', this.#up);
  readonly #surface = element('button', { type: 'button', class: 'gd-link', 'aria-pressed': 'false' }, '3-D');
  readonly #note = element('span', { class: 'gd-note', role: 'status' });
  #choices = '';

  constructor(chooseAxes: (axes: Axes) => void, showSurface: (on: boolean) => void) {
    this.element.append(this.#axes, this.#surface, this.#note);
    for (const select of [this.#across, this.#up]) {
      select.addEventListener('change', () => {
        this.#keepApart(select);
        chooseAxes({ x: this.#across.value, y: this.#up.value });
      });
    }
    this.#surface.addEventListener('click', () => {
      const on = this.#surface.getAttribute('aria-pressed') !== 'true';
      if (on && !hasWebGl()) {
        this.#note.textContent =
          'A surface needs WebGL, which this window does not have. The map shows the same.';
        return;
      }
      setAttributes(this.#surface, { 'aria-pressed': String(on) });
      showSurface(on);
    });
  }

  /** @param choices - the parameters to choose from, empty where there is nothing to choose */
  update(choices: readonly string[], axes: { readonly x: string; readonly y?: string } | undefined): void {
    this.#axes.hidden = choices.length === 0;
    this.#surface.hidden = axes?.y === undefined;
    const key = JSON.stringify(choices);
    if (key !== this.#choices) {
      this.#choices = key;
      for (const select of [this.#across, this.#up]) {
        select.replaceChildren(...choices.map((name) => element('option', { value: name }, name)));
      }
    }
    if (axes === undefined) return;
    this.#across.value = axes.x;
    this.#up.value = axes.y ?? '';
  }

  /** A parameter cannot be both axes: choosing the other one's swaps them. */
  #keepApart(changed: HTMLSelectElement): void {
    const other = changed === this.#across ? this.#up : this.#across;
    if (other.value !== changed.value) return;
    const free = [...other.options].find(({ value }) => value !== changed.value);
    if (free !== undefined) other.value = free.value;
  }
}
