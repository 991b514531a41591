import { element, setAttributes } from './dom.ts';
import { icon } from './icons.ts';
import type { IconName } from './icons.ts';
import { countOf, formatNumber, stepText } from './numbers.ts';
import { playedTo, speeds } from './playback.ts';
import { lastEntry, lossAt } from './record.ts';
import { selectedRun } from './scene.ts';
import type { Content } from './scene.ts';

const scrubKeys = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End', ' ']);

/** The controls that move all pictures through the steps of the selected run. */
export class Timeline {
  readonly element = element('div', { class: 'gd-timeline', role: 'group', 'aria-label': 'Timeline' });
  readonly #moveTo: (entry: number) => void;
  readonly #play: HTMLButtonElement;
  readonly #scrub = element('input', {
    type: 'range',
    min: 0,
    step: 1,
    class: 'gd-scrub',
    'aria-label': 'Step',
  });
  readonly #reading = element('span', { class: 'gd-step' });
  readonly #speed = element(
    'select',
    { class: 'gd-select', 'aria-label': 'Speed', title: 'Speed' },
    ...speeds.map((speed) => element('option', { value: speed, selected: speed === 1 }, `${speed}×`)),
  );
  #entry = 0;
  #last = 0;
  #frame = 0;

  /** @param moveTo - called with the entry of the selected run's record that is to be shown */
  constructor(moveTo: (entry: number) => void) {
    this.#moveTo = moveTo;
    this.#play = button('play', 'Play', 'Space', () => {
      this.#toggle();
    });
    this.element.append(
      element(
        'div',
        { class: 'gd-buttons' },
        button('first', 'First step', 'Home', () => {
          this.#go(0);
        }),
        button('back', 'One step back', '←', () => {
          this.#go(this.#entry - 1);
        }),
        this.#play,
        button('forward', 'One step forward', '→', () => {
          this.#go(this.#entry + 1);
        }),
        button('last', 'Last step', 'End', () => {
          this.#go(this.#last);
        }),
      ),
      this.#scrub,
      this.#reading,
      this.#speed,
    );
    this.#scrub.addEventListener('input', () => {
      this.#go(this.#scrub.valueAsNumber);
    });
    this.#speed.addEventListener('change', () => {
      if (this.playing) this.#start();
    });
  }

  get playing(): boolean {
    return this.#frame !== 0;
  }

  /** Shows where the selected run stands. */
  update(content: Content): void {
    const run = selectedRun(content);
    if (run === undefined) return;
    this.#entry = content.entry;
    this.#last = lastEntry(run);
    this.element.hidden = this.#last === 0;
    const step = stepText(run.steps[content.entry] ?? 0);
    const of = countOf(run.steps.at(-1) ?? 0, 'step');
    setAttributes(this.#scrub, {
      max: this.#last,
      'aria-valuetext': `step ${step} of ${of}, loss ${formatNumber(lossAt(run, content.entry))}`,
    });
    this.#scrub.valueAsNumber = content.entry;
    this.#reading.textContent = `step ${step} of ${stepText(run.steps.at(-1) ?? 0)}`;
  }

  /** Acts on a key pressed anywhere in the figure but in a field. */
  handleKey(event: KeyboardEvent): void {
    if (!scrubKeys.has(event.key) || this.element.hidden || event.shiftKey) return;
    const { target } = event;
    const takesKeys = target instanceof HTMLInputElement && target !== this.#scrub;
    if (takesKeys || target instanceof HTMLSelectElement) return;
    if (event.key === ' ' && target instanceof HTMLButtonElement) return;
    event.preventDefault();
    if (event.key === ' ') this.#toggle();
    else if (event.key === 'Home') this.#go(0);
    else if (event.key === 'End') this.#go(this.#last);
    else this.#go(this.#entry + (event.key === 'ArrowLeft' ? -1 : 1));
  }

  pause(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    showIcon(this.#play, 'play', 'Play', 'Space');
  }

  #go(entry: number): void {
    this.pause();
    this.#show(entry);
  }

  #show(entry: number): void {
    const inside = Math.min(this.#last, Math.max(0, entry));
    if (inside !== this.#entry) this.#moveTo(inside);
  }

  #toggle(): void {
    if (this.playing) {
      this.pause();
      return;
    }
    if (this.#entry >= this.#last) this.#show(0);
    this.#start();
  }

  #start(): void {
    cancelAnimationFrame(this.#frame);
    showIcon(this.#play, 'pause', 'Pause', 'Space');
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const speed = Number(this.#speed.value);
    const from = this.#entry >= this.#last ? 0 : this.#entry;
    const began = performance.now();
    const advance = (now: number): void => {
      const entry = playedTo(Math.max(0, now - began) / 1000, from, this.#last, speed, calm);
      this.#show(entry);
      if (entry >= this.#last) this.pause();
      else this.#frame = requestAnimationFrame(advance);
    };
    this.#frame = requestAnimationFrame(advance);
  }
}

function button(name: IconName, label: string, key: string, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'gd-icon-button' });
  showIcon(made, name, label, key);
  made.addEventListener('click', act);
  return made;
}

function showIcon(target: HTMLButtonElement, name: IconName, label: string, key: string): void {
  if (target.getAttribute('aria-label') === label) return;
  setAttributes(target, { 'aria-label': label, title: `${label} (${key})`, 'data-action': name });
  target.replaceChildren(icon(name));
}
