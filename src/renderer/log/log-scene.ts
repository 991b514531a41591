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

/** Whether every finite loss of the curves can stand on a logarithmic scale. */
export function canLossesBeLogarithmic(curves: readonly JudgedCurve[]): boolean {
  return curves.every(({ loss, validationLoss }) => isPositive(loss) && isPositive(validationLoss));
}

export function isPositive(values: Float64Array | undefined): boolean {
  return values?.every((value) => !(value <= 0)) ?? true;
}
