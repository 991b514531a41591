import type { Curve, CurveField, NotFinite } from '../kernel/index.ts';
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
  readonly steps: number[] = [];
  readonly values: number[] = [];

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
    while (length > 0 && gone(this.steps[length - 1] ?? -Infinity)) length--;
    if (length === before) return false;
    this.steps.length = length;
    this.values.length = length;
    return true;
  }
}

/** The series of one curve. */
export type CurveParts = Partial<Record<CurveField, Series>>;

/** Joins the series of a curve step by step, in time linear in their lengths. */
export function* joinSeries(name: string, parts: CurveParts): Slices<Curve> {
  const most = fields.reduce((sum, field) => sum + (parts[field]?.length ?? 0), 0);
  const steps = new Float64Array(most);
  const loss = new Column('loss', parts.loss ?? new Series(), most);
  const others = fields.flatMap((field) => {
    const series = parts[field];
    return field === 'loss' || !series?.length ? [] : [new Column(field, series, most)];
  });
  const columns = [loss, ...others];
  const notFinite: NotFinite[] = [];
  let length = 0;
  for (;;) {
    let step = Infinity;
    for (const column of columns) step = Math.min(step, column.nextStep);
    if (step === Infinity) break;
    for (const column of columns) column.take(step, length, notFinite);
    steps[length++] = step;
    if (length % stepsInASlice === 0) yield;
  }
  return {
    name,
    steps: steps.slice(0, length),
    loss: loss.values.slice(0, length),
    ...Object.fromEntries(others.map((column) => [column.field, column.values.slice(0, length)])),
    notFinite,
  };
}

/** A series on its way into a curve, with NaN at the steps that it does not have. */
class Column {
  readonly field: CurveField;
  readonly values: Float64Array;
  readonly #series: Series;
  #next = 0;

  constructor(field: CurveField, series: Series, entries: number) {
    this.field = field;
    this.values = new Float64Array(entries).fill(NaN);
    this.#series = series;
  }

  get nextStep(): number {
    return this.#series.steps[this.#next] ?? Infinity;
  }

  take(step: number, entry: number, notFinite: NotFinite[]): void {
    if (this.nextStep !== step) return;
    const value = this.#series.values[this.#next++] ?? NaN;
    this.values[entry] = value;
    if (!Number.isFinite(value)) notFinite.push({ step, field: this.field, value });
  }
}
