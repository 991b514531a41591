import { element } from '../dom.ts';
import { placeOf, quantities, readingOf } from './log-pictures.ts';
import { selectedCurve } from './log-scene.ts';
import type { LogContent } from './log-scene.ts';

/** A slider through the records of a curve: the cursor of the pictures for the keyboard, and what it says in words. */
export class LogCursor {
  readonly #slider = element('input', {
    type: 'range',
    class: 'gd-scrub',
    min: 0,
    step: 1,
    'aria-label': 'Record',
  });
  readonly element = element('div', { class: 'gd-log-cursor' }, this.#slider);

  constructor(move: (entry: number) => void) {
    this.#slider.addEventListener('input', () => {
      move(this.#slider.valueAsNumber);
    });
  }

  update(content: LogContent): void {
    const curve = selectedCurve(content);
    const last = (curve?.steps.length ?? 0) - 1;
    this.element.hidden = last < 1;
    this.#slider.max = String(Math.max(0, last));
    this.#slider.value = String(content.entry);
    const readings = quantities
      .map((quantity) => readingOf(content, quantity))
      .filter((reading) => reading !== '');
    this.#slider.setAttribute(
      'aria-valuetext',
      [placeOf(content), ...readings].join(', ').replaceAll('  ', ', '),
    );
  }
}
