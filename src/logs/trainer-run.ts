import type { CurveField } from '../kernel/index.ts';
import { CurveStore } from './curve-store.ts';
import type { LoggedCurve } from './format.ts';
import { NumberList } from './number-list.ts';
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
  readonly steps: NumberList;
}

/**
 * The records of one training. What is printed of them does not name the step, only the epoch, and that rounded. Then
 * the progress bar tells it, which is drawn again right after each record, unless the output was buffered and the
 * bars came apart from the records; then the training records are counted.
 */
export class TrainerRun {
  /** The values by the number of their record. */
  readonly #values = fields.map((field) => ({ field, series: new Series() }));
  /** 1 for a training record, 0 for an evaluation. */
  readonly #training = new NumberList();
  /** The step that a record names; NaN where it names none. */
  readonly #named = new NumberList();
  /** The number of training records up to a record, not counting those that a resumed run replaced. */
  readonly #counted = new NumberList();
  /** The bar that belongs to a record: the first one after it, or else the last one before it; NaN for none. */
  readonly #done = new NumberList();
  readonly #total = new NumberList();
  /** The epochs of the training records that were counted. */
  readonly #epochs = new NumberList();
  #firstTraining = -1;
  #lastNamed = -Infinity;
  #bar = { done: NaN, total: NaN };
  #barDue = false;

  /** Whether a record can only be of another training, which began after this one had ended. */
  isBegunAgainBy(record: TrainerRecord): boolean {
    if (!isTraining(record)) return false;
    return (record.step ?? Infinity) < this.#lastNamed || (record.epoch ?? Infinity) < (this.#lastEpoch ?? 0);
  }

  take(record: TrainerRecord): void {
    const number = this.#training.length;
    for (const { field, series } of this.#values) {
      const value = record[field];
      if (value !== undefined) series.put(number, value);
    }
    const training = isTraining(record);
    if (training && this.#firstTraining < 0) this.#firstTraining = number;
    if (training) this.#count(record.epoch);
    if (training && record.step !== undefined) this.#lastNamed = record.step;
    this.#training.push(training ? 1 : 0);
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
    this.#done.cut(this.#done.length - 1);
    this.#done.push(done);
    this.#total.cut(this.#total.length - 1);
    this.#total.push(total);
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
      const step = axis.steps.at(number);
      for (const each of columns) {
        if (each.series.steps.at(each.next) !== number) continue;
        store.put(each.column, step, each.series.values.at(each.next++));
      }
      if (number % recordsInASlice === 0) yield;
    }
    return yield* store.curves({ framework: 'hugging-face', stepUnit: axis.unit });
  }

  /** A record whose epoch is not after those before it replaces them, as it does where steps are named. */
  #count(epoch: number | undefined): void {
    const last = this.#lastEpoch ?? -Infinity;
    if (epoch !== undefined && epoch < last) {
      while ((this.#lastEpoch ?? -Infinity) >= epoch) this.#epochs.cut(this.#epochs.length - 1);
    }
    this.#epochs.push(epoch ?? last);
  }

  get #lastEpoch(): number | undefined {
    return this.#epochs.length === 0 ? undefined : this.#epochs.at(this.#epochs.length - 1);
  }

  *#axis(): Slices<Axis> {
    const named = yield* this.#axisOf((number) => this.#named.at(number));
    if (named) return named;
    const total = this.#total.at(this.#firstTraining);
    const barred = yield* this.#axisOf((number) =>
      this.#total.at(number) === total ? this.#done.at(number) : NaN,
    );
    return barred?.parts ? barred : { unit: 'record', steps: this.#counted };
  }

  /**
   * An axis on which every training record has a step; an evaluation without one stands at the training record
   * before it. Undefined where a training record has none. `parts` tells whether no two of them in a row have the same.
   */
  *#axisOf(stepOf: (number: number) => number): Slices<(Axis & { readonly parts: boolean }) | undefined> {
    const steps = new NumberList();
    let parts = true;
    let last: number | undefined;
    for (let number = 0; number < this.#training.length; number++) {
      const step = stepOf(number);
      steps.push(Number.isNaN(step) ? (last ?? 0) : step);
      if (this.#training.at(number) === 1) {
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
