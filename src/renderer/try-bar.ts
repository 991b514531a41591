import type { ByParameter, Run } from '../kernel/index.ts';
import { isSchedule } from './changes.ts';
import { element } from './dom.ts';
import { RateControl } from './rate-control.ts';
import type { RateMarks } from './rate-scale.ts';
import { selectedRun } from './scene.ts';
import type { Content } from './scene.ts';
import { StartControl } from './start-control.ts';
import type { Trial } from './trial.ts';

export interface TryHandlers {
  readonly rate: (rate: number, settled: boolean) => void;
  readonly start: (start: ByParameter<number>) => void;
  readonly write: (() => void) | undefined;
  readonly reset: () => void;
}

const mostStartFields = 2;

/** What can be tried without editing the cell: another learning rate, another start; and writing it down. */
export class TryBar {
  readonly element = element('div', { class: 'gd-try', role: 'group', 'aria-label': 'Try it' });
  readonly #rate: RateControl;
  readonly #start: StartControl;
  readonly #write = element('button', { type: 'button', class: 'gd-button' }, 'Write into cell');
  readonly #reset = element('button', { type: 'button', class: 'gd-button gd-secondary' }, 'Reset');
  readonly #busy = element('span', { class: 'gd-note', role: 'status' });

  constructor(handlers: TryHandlers) {
    this.#rate = new RateControl(handlers.rate);
    this.#start = new StartControl(handlers.start);
    this.#write.hidden = handlers.write === undefined;
    this.#write.addEventListener('click', () => handlers.write?.());
    this.#reset.addEventListener('click', handlers.reset);
    const buttons = element('div', { class: 'gd-try-buttons' }, this.#write, this.#reset, this.#busy);
    this.element.append(this.#rate.element, this.#start.element, buttons);
  }

  update(content: Content, trial: Trial | undefined, marks: RateMarks): void {
    const run = selectedRun(content);
    this.element.hidden = trial === undefined || run === undefined;
    if (trial === undefined || run === undefined) return;
    const rate = trial.rateOf(content.selected);
    this.#rate.element.hidden = !(rate > 0);
    if (rate > 0) {
      const rates = trial.originals.map((each) => each.settings.learningRate);
      this.#rate.update({ rate, rates, marks, note: rateNote(trial, content.selected) });
    }
    this.#start.update(run.start.parameters, startFields(content, run));
    this.#write.disabled = !trial.isChanged;
    this.#reset.disabled = !trial.isChanged;
    this.#busy.textContent = trial.isBusy ? 'Running again …' : '';
  }
}

/** What the slider does where it is more than setting the one number of the cell. */
function rateNote(trial: Trial, run: number): string {
  const { experiment } = trial.laboratory;
  if (isSchedule(experiment, run)) return 'Scales the whole schedule; this is its highest rate.';
  if (experiment.optimizer === undefined)
    return 'Sets the learning rate of the update that this cell spells out.';
  return '';
}

/** The start that the landscape shows, else the first parameters. */
function startFields({ landscape }: Content, run: Run): string[] {
  const shown = [landscape?.x, landscape?.y].filter((name) => name !== undefined);
  return shown.length > 0 ? shown : Object.keys(run.parameters).slice(0, mostStartFields);
}
