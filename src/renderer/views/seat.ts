import type { Place } from '../curve.ts';
import { element } from '../dom.ts';

/** The place of one picture: its title, its controls, and what lies under the pointer. */
export class Seat {
  readonly title: string;
  readonly element: HTMLElement;
  /** Controls that belong to this picture alone. */
  readonly controls = element('span', { class: 'gd-view-controls' });
  readonly #reading = element('span', { class: 'gd-reading', 'aria-hidden': 'true' });
  #held: HTMLElement = element('div', { class: 'gd-plot' });
  #description = '';
  #key = '';

  constructor(name: string, title: string) {
    this.title = title;
    const label = element('span', { class: 'gd-view-title' }, title);
    const head = element('div', { class: 'gd-view-head' }, label, this.controls, this.#reading);
    this.element = element(
      'div',
      { class: `gd-view gd-view-${name}`, role: 'group', 'aria-label': title },
      head,
      this.#held,
    );
  }

  /** Seats a picture in the room that is kept for it. @param read - what lies at a pixel of the picture, in words */
  hold(picture: HTMLElement, read: (at: Place) => string): void {
    this.#held.replaceWith(picture);
    this.#held = picture;
    picture.setAttribute('aria-label', this.#description);
    picture.onpointermove = (event) => {
      const { left, top } = picture.getBoundingClientRect();
      this.#reading.textContent = read({ x: event.clientX - left, y: event.clientY - top });
    };
    picture.onpointerleave = () => {
      this.#reading.textContent = this.#key;
    };
  }

  /** Says what the picture's marks mean, while no pointer asks for something else. */
  explain(key: string): void {
    const isShown = this.#reading.textContent === this.#key;
    this.#key = key;
    if (!isShown) return;
    this.#reading.textContent = key;
    if (this.#reading.scrollWidth > this.#reading.clientWidth) this.#key = this.#reading.textContent = '';
  }

  /** Says what the picture shows, for those who do not see it. */
  describe(description: string): void {
    this.#description = description;
    this.#held.setAttribute('aria-label', description);
  }
}
