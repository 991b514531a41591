import type { ProgressNotice } from '../output/index.ts';
import { element } from './dom.ts';
import { countOf, stepText } from './numbers.ts';

/** How far a long run has come. */
export class Progress {
  readonly #bar = element('progress', { class: 'gd-bar', 'aria-label': 'Done' });
  readonly #text = element('span', { class: 'gd-note' });
  readonly element = element('div', { class: 'gd-progress', hidden: true }, this.#bar, this.#text);

  update(notice: ProgressNotice): void {
    const done = notice.runs.reduce((sum, run) => sum + run.stepsTaken, 0);
    const left = notice.secondsLeft === undefined ? '' : `, about ${timeLeft(notice.secondsLeft)} left`;
    const text = `${stepText(done)} of ${countOf(notice.stepsTotal, 'step')}${left}`;
    this.tell(done, notice.stepsTotal, text);
  }

  /** Shows how much of something is done, in words too. */
  tell(done: number, total: number, text: string): void {
    this.element.hidden = false;
    this.#bar.max = total;
    this.#bar.value = done;
    this.#text.textContent = text;
  }

  /** Shows that a run has begun, of which nothing more is known yet. */
  begin(): void {
    this.element.hidden = false;
    this.#bar.removeAttribute('value');
    this.#text.textContent = 'Running …';
  }

  hide(): void {
    this.element.hidden = true;
  }
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
