import { element, setAttributes } from './dom.ts';
import { formatNumber, sourceNumber } from './numbers.ts';
import { rateAt, rateScale, shareOf } from './rate-scale.ts';
import type { RateMarks } from './rate-scale.ts';
import type { Scale } from './scale.ts';

const sliderSteps = 400;

export interface RateState {
  /** The rate that is tried now. */
  readonly rate: number;
  /** Every rate of the cell, for the slider's range. */
  readonly rates: readonly number[];
  readonly marks: RateMarks;
  /** What the slider does, where it is more than setting a number. */
  readonly note: string;
}

/** The learning rate as a slider, a number, and two marks that can be clicked. */
export class RateControl {
  readonly element = element('div', { class: 'gd-rate', role: 'group', 'aria-label': 'Learning rate' });
  readonly #change: (rate: number, settled: boolean) => void;
  readonly #slider = element('input', {
    type: 'range',
    class: 'gd-slider',
    min: 0,
    max: sliderSteps,
    step: 1,
    'aria-label': 'Learning rate, on a logarithmic scale',
  });
  readonly #field = element('input', {
    type: 'text',
    inputmode: 'decimal',
    class: 'gd-field',
    'aria-label': 'Learning rate',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  readonly #recommended = new Mark('best');
  readonly #limit = new Mark('limit');
  readonly #track: HTMLElement;
  readonly #note = element('span', { class: 'gd-note' });
  #scale: Scale = { kind: 'log', low: 0.001, high: 1 };
  #state: RateState | undefined;

  /** @param change - called with a rate while it moves, and once more with `settled` when it is let go */
  constructor(change: (rate: number, settled: boolean) => void) {
    this.#change = change;
    const [best, limit] = [this.#recommended, this.#limit];
    const words = element('div', { class: 'gd-rate-words' }, best.words, limit.words);
    this.#track = element('div', { class: 'gd-track' }, this.#slider, best.tick, limit.tick, words);
    const label = element('span', { class: 'gd-label' }, 'Learning rate');
    this.element.append(label, this.#track, this.#field, this.#note);
    this.#slider.addEventListener('input', () => {
      this.#change(rateAt(this.#scale, this.#slider.valueAsNumber / sliderSteps), false);
    });
    this.#slider.addEventListener('change', () => {
      this.#change(rateAt(this.#scale, this.#slider.valueAsNumber / sliderSteps), true);
    });
    this.#field.addEventListener('change', () => {
      this.#takeField();
    });
    best.button.addEventListener('click', () => {
      this.#takeMark(this.#state?.marks.recommended);
    });
    limit.button.addEventListener('click', () => {
      this.#takeMark(this.#state?.marks.limit);
    });
  }

  update(state: RateState): void {
    const { rate, rates, marks, note } = state;
    this.#state = state;
    this.#scale = rateScale(rates, marks);
    const share = shareOf(this.#scale, rate);
    this.#slider.valueAsNumber = Math.round(share * sliderSteps);
    const relation =
      marks.limit === undefined ? '' : rate > marks.limit ? ', above the limit' : ', below the limit';
    setAttributes(this.#slider, { 'aria-valuetext': formatNumber(rate) + relation });
    if (document.activeElement !== this.#field) this.#field.value = sourceNumber(rate, 6);
    const [best, limit] = [marks.recommended, marks.limit].map((each) => this.#shareOf(each));
    this.#recommended.update(best, marks.recommended, 'best');
    this.#limit.update(limit, marks.limit, marks.isUpperBound === true ? 'limit ≤' : 'limit');
    this.#track.style.setProperty('--gd-limit', String(limit ?? 1));
    const middle = ((best ?? limit ?? 0) + (limit ?? best ?? 1)) / 2;
    this.#track.style.setProperty('--gd-middle', String(middle));
    this.#note.textContent = note;
    this.#note.hidden = note === '';
  }

  #shareOf(rate: number | undefined): number | undefined {
    return rate === undefined ? undefined : shareOf(this.#scale, rate);
  }

  #takeMark(rate: number | undefined): void {
    if (rate !== undefined) this.#change(rate, true);
  }

  /** Takes a number as a cell spells it; anything else gives the field back its number. */
  #takeField(): void {
    const rate = Number(this.#field.value.replaceAll('_', ''));
    if (rate > 0 && Number.isFinite(rate)) this.#change(rate, true);
    else this.#field.value = sourceNumber(this.#state?.rate ?? NaN, 6);
  }
}

/** A rate that means something: a tick on the slider, and words beneath it that set it. */
class Mark {
  readonly tick: HTMLElement;
  readonly button = element('button', { type: 'button', class: 'gd-mark' });
  readonly words = element('span', {}, this.button);

  constructor(kind: 'best' | 'limit') {
    this.tick = element('span', { class: `gd-tick gd-tick-${kind}`, 'aria-hidden': 'true' });
  }

  update(share: number | undefined, rate: number | undefined, name: string): void {
    this.tick.hidden = share === undefined;
    this.button.hidden = rate === undefined;
    if (share === undefined || rate === undefined) return;
    this.tick.style.setProperty('--gd-share', String(share));
    this.button.textContent = `${name} ${formatNumber(rate)}`;
    this.button.title = `Set the learning rate to ${formatNumber(rate)}`;
  }
}
