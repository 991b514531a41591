import type { Run } from '../kernel/index.ts';
import { element } from './dom.ts';
import { formatNumber } from './numbers.ts';

const mostRows = 500;
const digits = 7;

/** The record of a run as a table, made only when it is asked for. */
export class NumbersTable {
  readonly element = element('div', {
    class: 'gd-numbers',
    role: 'region',
    'aria-label': 'Numbers of the run',
    tabindex: 0,
    hidden: true,
  });
  #run: Run | undefined;

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(): void {
    this.element.hidden = !this.element.hidden;
    this.#fill();
  }

  update(run: Run | undefined): void {
    if (run === this.#run) return;
    this.#run = run;
    this.#fill();
  }

  #fill(): void {
    const run = this.#run;
    if (!this.isOpen || run === undefined) {
      this.element.replaceChildren();
      return;
    }
    const stride = Math.max(1, Math.ceil(run.steps.length / mostRows));
    const entries = [...run.steps.keys()].filter(
      (entry) => entry % stride === 0 || entry === run.steps.length - 1,
    );
    const columns = columnsOf(run);
    const head = element('tr', {}, ...columns.map(({ name }) => element('th', { scope: 'col' }, name)));
    const rows = entries.map((entry) =>
      element('tr', {}, ...columns.map(({ values }) => element('td', {}, cell(values[entry])))),
    );
    const caption =
      stride === 1
        ? `Every step${run.label === '' ? '' : ` of ${run.label}`}`
        : `Every ${stride}th record; the CSV has them all`;
    this.element.replaceChildren(
      element(
        'table',
        {},
        element('caption', {}, caption),
        element('thead', {}, head),
        element('tbody', {}, ...rows),
      ),
    );
  }
}

function columnsOf(run: Run): { name: string; values: ArrayLike<number> }[] {
  return [
    { name: 'step', values: run.steps },
    { name: 'loss', values: run.loss },
    ...(run.batchLoss === undefined ? [] : [{ name: 'batch loss', values: run.batchLoss }]),
    ...(run.validationLoss === undefined ? [] : [{ name: 'validation loss', values: run.validationLoss }]),
    { name: 'learning rate', values: run.learningRate },
    { name: 'gradient norm', values: run.gradientNorm },
    ...Object.entries(run.parameters).map(([name, values]) => ({ name, values })),
  ];
}

function cell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : formatNumber(value, digits);
}
