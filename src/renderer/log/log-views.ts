import { element } from '../dom.ts';
import type { Plotly } from '../plotly.ts';
import { Seat } from '../views/seat.ts';
import { wholePicture } from '../views/whole-picture.ts';
import type { Picture } from '../views/whole-picture.ts';
import { describePicture, pictureOf, placeOf } from './log-pictures.ts';
import { quantities, quantityNames, readingOf } from './log-pictures.ts';
import type { LogPicture, Quantity } from './log-pictures.ts';
import { selectedCurve } from './log-scene.ts';
import type { LogScene } from './log-scene.ts';
import { LogView } from './log-view.ts';

/** The pictures of a log above each other, with one cursor through all of them. */
export class LogViews {
  readonly element = element('div', { class: 'gd-log-views' });
  readonly #seats: ReadonlyMap<Quantity, Seat>;
  readonly #point: (step: number) => void;
  readonly #views = new Map<Quantity, LogView>();
  #present: readonly Quantity[] = [];
  #scene: LogScene | undefined;

  /** @param point - called with the step under the pointer */
  constructor(point: (step: number) => void) {
    this.#point = point;
    this.#seats = new Map(
      quantities.map((quantity) => [quantity, new Seat(quantity.toLowerCase(), quantityNames[quantity])]),
    );
  }

  /** Controls that belong to the picture of the loss. */
  get lossControls(): HTMLElement | undefined {
    return this.#seats.get('loss')?.controls;
  }

  /** Takes the room that the pictures will need. */
  lay(present: readonly Quantity[]): void {
    if (present.join() === this.#present.join()) return;
    this.#present = present;
    this.element.replaceChildren(...this.#seatsPresent().map((seat) => seat.element));
  }

  start(plotly: Plotly): void {
    if (this.#views.size > 0) return;
    for (const [quantity, seat] of this.#seats) {
      const view = new LogView(plotly);
      this.#views.set(quantity, view);
      seat.hold(view.plot.element, (at) => {
        const step = view.stepAt(at);
        if (Number.isFinite(step)) this.#point(step);
        return this.#scene === undefined ? '' : headOf(this.#scene, quantity);
      });
    }
  }

  draw(scene: LogScene): void {
    this.#scene = scene;
    const drawn = this.#drawn(scene);
    const left = Math.max(0, ...drawn.map(({ view, picture }) => view.roomFor(picture)));
    this.element.parentElement?.style.setProperty('--gd-left', `${left}px`);
    for (const [index, { quantity, view, picture }] of drawn.entries()) {
      const isAbove = index < drawn.length - 1;
      view.draw(picture, scene.theme, { left, isAbove, hasLabels: quantity === 'loss' });
    }
    for (const quantity of this.#present)
      this.#seats.get(quantity)?.describe(describePicture(scene, quantity));
    this.move(scene);
  }

  /** Moves the cursor, and says what is under it. */
  move(scene: LogScene): void {
    this.#scene = scene;
    const step = selectedCurve(scene)?.steps[scene.entry] ?? NaN;
    for (const quantity of this.#present) {
      this.#views.get(quantity)?.move(step, scene.theme);
      this.#seats.get(quantity)?.explain(headOf(scene, quantity));
    }
  }

  /** All pictures as one. */
  async picture(): Promise<Picture | undefined> {
    if (this.#scene === undefined) return undefined;
    const pairs = this.#present.flatMap((quantity) => {
      const [seat, view] = [this.#seats.get(quantity), this.#views.get(quantity)];
      return seat === undefined || view === undefined ? [] : [[seat, view.plot] as const];
    });
    return wholePicture(this.element, pairs, this.#scene.theme);
  }

  free(): void {
    for (const view of this.#views.values()) view.free();
    this.#views.clear();
    this.element.remove();
  }

  #seatsPresent(): Seat[] {
    return this.#present.flatMap((quantity) => this.#seats.get(quantity) ?? []);
  }

  #drawn(scene: LogScene): { quantity: Quantity; view: LogView; picture: LogPicture }[] {
    return this.#present.flatMap((quantity) => {
      const view = this.#views.get(quantity);
      if (view === undefined) return [];
      return [{ quantity, view, picture: pictureOf(scene, quantity, view.plot.element.clientWidth) }];
    });
  }
}

/** What stands above a picture; the first one says where the cursor is. */
function headOf(scene: LogScene, quantity: Quantity): string {
  const reading = readingOf(scene, quantity);
  return quantity === 'loss' ? `${placeOf(scene)}  ${reading}` : reading;
}
