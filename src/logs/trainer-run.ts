import type { CurveField } from '../kernel/index.ts';
import { CurveStore } from './curve-store.ts';
import type { LoggedCurve } from './format.ts';
import { Series } from './series.ts';
import type { Slices } from './slices.ts';
import type { TrainerRecord } from './trainer-record.ts';

const fields = [
  'loss',
  'validationLoss',
  'gradientNorm',
  'learningRate',
] as const satisfies readonly CurveField[];

/** How many records are put in place between two chances to give way. */
const recordsInASlice = 4096;

/** Where the records of a training stand: a step for each, by the number of the record. */
interface Axis {
  readonly unit: LoggedCurve['stepUnit'];
  readonly steps: readonly number[];
}

/**
 * The records of one training. What is printed of them does not name the step, only the epoch, and that rounded. Then
 * the progress bar tells it, which is drawn again right after each record, unless the output was buffered and the
 * bars came apart from the records; then the training records are counted.
 */
export class TrainerRun {
  /** The values by the number of their record. */
  readonly #values = fields.map((field) => ({ field, series: new Series() }));
  readonly #training: boolean[] = [];
  /** The step that a record names; NaN where it names none. */
  readonly #named: number[] = [];
  /** The number of training records up to a record, not counting those that a resumed run replaced. */
  readonly #counted: number[] = [];
  /** The bar that belongs to a record: the first one after it, or else the last one before it; NaN for none. */
  readonly #done: number[] = [];
  readonly #total: number[] = [];
  /** The epochs of the training records that were counted. */
  readonly #epochs: number[] = [];
  #lastNamed = -Infinity;
  #bar = { done: NaN, total: NaN };
  #barDue = false;

  /** Whether a record can only be of another training, which began after this one had ended. */
  isBegunAgainBy(record: TrainerRecord): boolean {
    if (!isTraining(record)) return false;
    return (
      (record.step ?? Infinity) < this.#lastNamed || (record.epoch ?? Infinity) < (this.#epochs.at(-1) ?? 0)
    );
  }

  take(record: TrainerRecord): void {
    const number = this.#training.length;
    for (const { field, series } of this.#values) {
      const value = record[field];
      if (value !== undefined) series.put(number, value);
    }
    const training = isTraining(record);
    if (training) this.#count(record.epoch);
    if (training && record.step !== undefined) this.#lastNamed = record.step;
    this.#training.push(training);
    this.#named.push(record.step ?? NaN);
    this.#counted.push(this.#epochs.length);
    this.#done.push(this.#bar.done);
    this.#total.push(this.#bar.total);
    this.#bar = { done: NaN, total: NaN };
    this.#barDue = true;
  }

  takeBar(done: number, total: number): void {
    this.#bar = { done, total };
    if (!this.#barDue) return;
    this.#barDue = false;
    this.#done[this.#done.length - 1] = done;
    this.#total[this.#total.length - 1] = total;
  }

  *curves(name: string): Slices<LoggedCurve[]> {
    const axis = yield* this.#axis();
    const store = new CurveStore();
    const columns = this.#values.map(({ field, series }) => ({
      series,
      next: 0,
      column: store.add(name, { field, loss: '', rank: 0 }),
    }));
    for (let number = 0; number < this.#training.length; number++) {
      const step = axis.steps[number] ?? 0;
      for (const each of columns) {
        if (each.series.steps[each.next] !== number) continue;
        store.put(each.column, step, each.series.values[each.next++] ?? NaN);
      }
      if (number % recordsInASlice === 0) yield;
    }
    return yield* store.curves({ framework: 'hugging-face', stepUnit: axis.unit });
  }

  /** A record whose epoch is not after those before it replaces them, as it does where steps are named. */
  #count(epoch: number | undefined): void {
    const last = this.#epochs.at(-1) ?? -Infinity;
    if (epoch !== undefined && epoch < last) {
      while ((this.#epochs.at(-1) ?? -Infinity) >= epoch) this.#epochs.pop();
    }
    this.#epochs.push(epoch ?? last);
  }

  *#axis(): Slices<Axis> {
    const named = yield* this.#axisOf((number) => this.#named[number]);
    if (named) return named;
    const total = this.#total[this.#training.indexOf(true)];
    const barred = yield* this.#axisOf((number) =>
      this.#total[number] === total ? this.#done[number] : NaN,
    );
    return barred?.parts ? barred : { unit: 'record', steps: this.#counted };
  }

  /**
   * An axis on which every training record has a step; an evaluation without one stands at the training record
   * before it. Undefined where a training record has none. `parts` tells whether no two of them in a row have the same.
   */
  *#axisOf(
    stepOf: (number: number) => number | undefined,
  ): Slices<(Axis & { readonly parts: boolean }) | undefined> {
    const steps: number[] = [];
    let parts = true;
    let last: number | undefined;
    for (let number = 0; number < this.#training.length; number++) {
      const step = stepOf(number) ?? NaN;
      steps.push(Number.isNaN(step) ? (last ?? 0) : step);
      if (this.#training[number]) {
        if (Number.isNaN(step)) return undefined;
        parts &&= step !== last;
        last = step;
      }
      if (number % recordsInASlice === 0) yield;
    }
    return { unit: 'step', steps, parts };
  }
}

function isTraining(record: TrainerRecord): boolean {
  return (
    record.loss !== undefined || (record.learningRate !== undefined && record.validationLoss === undefined)
  );
}
