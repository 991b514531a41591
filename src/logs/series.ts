import type { Curve, CurveField, NotFinite } from '../kernel/index.ts';
import { NumberList } from './number-list.ts';
import type { Slices } from './slices.ts';

const fields = [
  'loss',
  'validationLoss',
  'gradientNorm',
  'learningRate',
] as const satisfies readonly CurveField[];

/** How many steps are joined between two chances to give way. */
const stepsInASlice = 8192;

/** The values of one field by step. Steps rise strictly. */
export class Series {
  readonly steps = new NumberList();
  readonly values = new NumberList();

  get length(): number {
    return this.steps.length;
  }

  /**
   * Records a value. A step that is not after the last one means that the run was resumed from an earlier point:
   * what was recorded at that step and after it gives way to the later record.
   * @returns whether earlier values gave way
   */
  put(step: number, value: number): boolean {
    const wentBack = this.#cut((last) => last >= step);
    this.steps.push(step);
    this.values.push(value);
    return wentBack;
  }

  /** Forgets what was recorded after a step. */
  forgetAfter(step: number): void {
    this.#cut((last) => last > step);
  }

  #cut(gone: (step: number) => boolean): boolean {
    let length = this.steps.length;
    const before = length;
    while (length > 0 && gone(this.steps.at(length - 1))) length--;
    if (length === before) return false;
    this.steps.cut(length);
    this.values.cut(length);
    return true;
  }
}

/** The series of one curve. */
export type CurveParts = Partial<Record<CurveField, Series>>;

/** Joins the series of a curve step by step, in time linear in their lengths. */
export function* joinSeries(name: string, parts: CurveParts): Slices<Curve> {
  const filled = fields.flatMap((field) => (parts[field]?.length ? [parts[field]] : []));
  const steps = yield* stepsOf(filled);
  const loss = yield* columnOf('loss', parts.loss ?? new Series(), steps);
  const others: Partial<Record<CurveField, Float64Array>> = {};
  const notFinite = [loss.notFinite];
  for (const field of fields) {
    const series = parts[field];
    if (field === 'loss' || !series?.length) continue;
    const column = yield* columnOf(field, series, steps);
    others[field] = column.values;
    notFinite.push(column.notFinite);
  }
  return { name, steps, loss: loss.values, ...others, notFinite: yield* inOrderOfSteps(notFinite) };
}

/** All steps of some series, rising. */
function* stepsOf(all: readonly Series[]): Slices<Float64Array> {
  let union = new NumberList();
  for (const { steps } of all) union = union.length === 0 ? steps : yield* merge(union, steps);
  return union.toArray();
}

/** Two rising lists as one, without repeats. */
function* merge(a: NumberList, b: NumberList): Slices<NumberList> {
  const merged = new NumberList();
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const nextA = i < a.length ? a.at(i) : Infinity;
    const nextB = j < b.length ? b.at(j) : Infinity;
    if (nextA <= nextB) i++;
    if (nextB <= nextA) j++;
    merged.push(Math.min(nextA, nextB));
    if (merged.length % stepsInASlice === 0) yield;
  }
  return merged;
}

/** The values of a series at the steps of its curve, NaN where it has none, and those of its own that are not finite. */
function* columnOf(
  field: CurveField,
  series: Series,
  steps: Float64Array,
): Slices<{ readonly values: Float64Array; readonly notFinite: NotFinite[] }> {
  const values = new Float64Array(steps.length).fill(NaN);
  const notFinite: NotFinite[] = [];
  for (let entry = 0, next = 0; next < series.length; entry++) {
    const step = series.steps.at(next);
    if (steps[entry] === step) {
      const value = series.values.at(next++);
      values[entry] = value;
      if (!Number.isFinite(value)) notFinite.push({ step, field, value });
    }
    if (entry % stepsInASlice === 0) yield;
  }
  return { values, notFinite };
}

/** The values of several fields, each in the order of its steps, as one list in that order. */
function* inOrderOfSteps(lists: readonly (readonly NotFinite[])[]): Slices<NotFinite[]> {
  const places = lists.map((list) => ({ list, next: 0 }));
  const ordered: NotFinite[] = [];
  for (;;) {
    let least: { value: NotFinite; place: { next: number } } | undefined;
    for (const place of places) {
      const value = place.list[place.next];
      if (value && (!least || value.step < least.value.step)) least = { value, place };
    }
    if (!least) return ordered;
    least.place.next++;
    if (ordered.push(least.value) % stepsInASlice === 0) yield;
  }
}
