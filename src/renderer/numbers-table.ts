import type { Run } from '../kernel/index.ts';
import { element } from './dom.ts';
import { formatNumber } from './numbers.ts';

const mostRows = 500;
const digits = 7;

/** What a table of numbers has. */
export interface Numbers {
  /** What it is of, for its caption; empty where there is nothing to tell apart. */
  readonly label: string;
  /** Columns of one length. */
  readonly columns: readonly { readonly name: string; readonly cells: (entry: number) => string }[];
  readonly length: number;
}

/** The record of a run or of a curve as a table, made only when it is asked for. */
export class NumbersTable {
  readonly element = element('div', {
    class: 'gd-numbers',
    role: 'region',
    'aria-label': 'Numbers of the run',
    tabindex: 0,
    hidden: true,
  });
  #of: object | undefined;
  #numbers: (() => Numbers) | undefined;

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(): void {
    this.element.hidden = !this.element.hidden;
    this.#fill();
  }

  update(run: Run | undefined): void {
    this.show(run, () => numbersOf(run));
  }

  /** @param of - what the numbers are of: for the same they are the same */
  show(of: object | undefined, numbers: () => Numbers): void {
    if (of === this.#of) return;
    this.#of = of;
    this.#numbers = of && numbers;
    this.#fill();
  }

  #fill(): void {
    if (!this.isOpen || this.#numbers === undefined) {
      this.element.replaceChildren();
      return;
    }
    const { label, columns, length } = this.#numbers();
    const stride = Math.max(1, Math.ceil(length / mostRows));
    const entries = Array.from({ length }, (_, entry) => entry).filter(
      (entry) => entry % stride === 0 || entry === length - 1,
    );
    const head = element('tr', {}, ...columns.map(({ name }) => element('th', { scope: 'col' }, name)));
    const rows = entries.map((entry) =>
      element('tr', {}, ...columns.map(({ cells }) => element('td', {}, cells(entry)))),
    );
    const caption =
      stride === 1
        ? `Every step${label === '' ? '' : ` of ${label}`}`
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

function numbersOf(run: Run | undefined): Numbers {
  if (run === undefined) return { label: '', columns: [], length: 0 };
  const columns = columnsOf(run).map(({ name, values }) => ({
    name,
    cells: (entry: number) => cell(values[entry]),
  }));
  return { label: run.label, columns, length: run.steps.length };
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

/** A number of a table; empty where there is none. */
export function cell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : formatNumber(value, digits);
}
