import type { Curve, NotFinite } from '../curve.ts';
import { pointsOf } from './curve-points.ts';
import { median } from './statistics.ts';

/** The value that ended a curve: it never became finite again, or hardly. */
export interface Breakdown {
  readonly first: NotFinite;
  /** The loss records before it. */
  readonly before: Float64Array;
  /** How the loss, or else the gradient, grew from record to record in the end, where it did so steadily. */
  readonly growth?: number;
}

/** Finite records after which a value that was not finite counts as passed. */
const enoughToRecover = 5;

/**
 * Where a curve stopped being finite for good. A loss scaler skips updates with infinite gradients, and a resumed run
 * begins again: values that are not finite count only where no lasting series of finite records follows. A loss of
 * exactly 0 beside a gradient that is not finite is not finite itself.
 */
export function breakdownOf(curve: Curve): Breakdown | undefined {
  const broken = curve.notFinite.filter(({ field }) => field !== 'learningRate');
  for (const field of ['loss', 'gradientNorm', 'validationLoss'] as const) {
    const own = broken.filter((each) => each.field === field);
    const end = own.at(-1);
    if (end === undefined) continue;
    const points = pointsOf(curve, field);
    const after = points.steps.filter(
      (step, index) => step > end.step && !(field === 'loss' && points.values[index] === 0),
    );
    if (after.length >= enoughToRecover) continue;
    const first = firstOfSeries(own, end, points.steps);
    const before = lossBefore(curve, first.step);
    const growth = steadyGrowth(before) ?? steadyGrowth(fieldBefore(curve, 'gradientNorm', first.step));
    return { first, before, ...(growth === undefined ? {} : { growth }) };
  }
  return undefined;
}

/** The first of the values that no lasting series of finite ones parts from the last. */
function firstOfSeries(broken: readonly NotFinite[], last: NotFinite, finite: Float64Array): NotFinite {
  let first = last;
  for (const each of broken.toReversed()) {
    const { step } = each;
    const between = finite.filter((at) => at > step && at < first.step).length;
    if (between >= enoughToRecover) break;
    first = each;
  }
  return first;
}

function lossBefore(curve: Curve, step: number): Float64Array {
  const loss = fieldBefore(curve, 'loss', step);
  return loss.length > 0 ? loss : fieldBefore(curve, 'validationLoss', step);
}

function fieldBefore(
  curve: Curve,
  field: 'loss' | 'validationLoss' | 'gradientNorm',
  step: number,
): Float64Array {
  const { steps, values } = pointsOf(curve, field);
  return values.filter((_, index) => (steps[index] ?? NaN) < step);
}

/**
 * The factor from record to record, where at least the last three moves rise and rise by four fifths of the moves
 * of the last ten records, to more than three times the level before.
 */
export function steadyGrowth(values: Float64Array): number | undefined {
  const end = values.subarray(Math.max(0, values.length - 10));
  const ratios = Array.from(end.subarray(1), (value, index) => value / (end[index] ?? NaN));
  const lastRise = ratios.findLastIndex((ratio) => !(ratio > 1));
  const rising = ratios.slice(lastRise + 1);
  if (rising.length < 3) return undefined;
  const from = end[lastRise + 1] ?? NaN;
  const to = end.at(-1) ?? NaN;
  return to > 3 * from && from > 0 ? median(rising) : undefined;
}
