import type { CurveField, NotFinite } from '../../kernel/index.ts';
import type { JudgedCurve } from '../../output/index.ts';
import type { LossScale } from '../scene.ts';
import type { Theme } from '../theme.ts';

/** Everything that the figure of a log shows at one moment, but for the colours. */
export interface LogContent {
  readonly curves: readonly JudgedCurve[];
  readonly selected: number;
  /** The entry of the selected curve at which the cursor stands. */
  readonly entry: number;
  readonly lossScale: LossScale;
}

export interface LogScene extends LogContent {
  readonly theme: Theme;
}

export function selectedCurve({ curves, selected }: LogContent): JudgedCurve | undefined {
  return curves[selected];
}

/** The values of a field; none where the curve does not have it. */
export function valuesOf(curve: JudgedCurve, field: CurveField): Float64Array {
  return curve[field] ?? new Float64Array();
}

/** What was recorded at an entry, or else the latest before it; undefined where nothing was. */
export function valueAt(curve: JudgedCurve, field: CurveField, entry: number): number | undefined {
  const values = valuesOf(curve, field);
  const step = curve.steps[entry] ?? NaN;
  const broken = lastBroken(curve.notFinite, field, step);
  for (let index = Math.min(entry, values.length - 1); index >= 0; index -= 1) {
    if (broken !== undefined && broken.step >= (curve.steps[index] ?? NaN)) return broken.value;
    const value = values[index] ?? NaN;
    if (!Number.isNaN(value)) return value;
  }
  return broken?.value;
}

/** The last value of a field up to a step that is not finite. */
function lastBroken(all: readonly NotFinite[], field: CurveField, step: number): NotFinite | undefined {
  return all.findLast((each) => each.field === field && each.step <= step);
}

/** The step from which on nothing was finite for good; undefined for a curve that did not break. */
export function brokenFrom({ diagnosis }: JudgedCurve): number | undefined {
  return diagnosis.condition === 'not-finite' ? diagnosis.moments?.[0]?.step : undefined;
}

/**
 * The values of a field that a picture draws. Hugging Face's Trainer writes a loss of 0 where it was NaN: after a
 * curve has broken a loss of exactly 0 is none.
 */
export function drawnValues(curve: JudgedCurve, field: CurveField): Float64Array {
  const values = valuesOf(curve, field);
  const from = brokenFrom(curve);
  if (field !== 'loss' || from === undefined) return values;
  return values.map((value, entry) => (isHollow(curve, value, entry) ? NaN : value));
}

/** The steps at which a field has a value that is not finite, or a loss of 0 in its place; rising. */
export function brokenSteps(curve: JudgedCurve, field: CurveField): number[] {
  const broken = curve.notFinite.filter((each) => each.field === field).map(({ step }) => step);
  if (field !== 'loss') return broken;
  const hollow = curve.steps.filter((_, entry) => isHollow(curve, curve.loss[entry] ?? NaN, entry));
  return [...broken, ...hollow].sort((a, b) => a - b);
}

function isHollow(curve: JudgedCurve, loss: number, entry: number): boolean {
  return loss === 0 && (curve.steps[entry] ?? NaN) >= (brokenFrom(curve) ?? Infinity);
}

/** Whether all that is drawn of some fields can stand on a logarithmic scale. */
export function canBeLogarithmic(curves: readonly JudgedCurve[], fields: readonly CurveField[]): boolean {
  return curves.every((curve) =>
    fields.every((field) => drawnValues(curve, field).every((value) => !(value <= 0))),
  );
}
