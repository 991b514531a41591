import type { Curve, NotFinite } from '../curve.ts';
import type { Sliced } from '../slices.ts';
import { pointsOf, type Points } from './curve-points.ts';
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
/** So many values are passed over between two chances to give way. */
const valuesInASlice = 16_384;

/**
 * Where a curve stopped being finite for good. A loss scaler skips updates with infinite gradients, and a resumed run
 * begins again: values that are not finite count only where no lasting series of finite records follows. A loss of
 * exactly 0 beside a gradient that is not finite is not finite itself.
 */
export function* breakdownOf(curve: Curve): Sliced<Breakdown | undefined> {
  for (const field of ['loss', 'gradientNorm', 'validationLoss'] as const) {
    const own = yield* brokenOf(curve, field);
    const end = own.at(-1);
    if (end === undefined) continue;
    const points = yield* pointsOf(curve, field);
    if (hasRecovered(points, end.step, field === 'loss')) continue;
    const first = yield* firstOfSeries(own, end, points.steps);
    const before = yield* lossBefore(curve, first.step);
    const growth =
      steadyGrowth(before) ?? steadyGrowth(yield* fieldBefore(curve, 'gradientNorm', first.step));
    return { first, before, ...(growth === undefined ? {} : { growth }) };
  }
  return undefined;
}

function* brokenOf({ notFinite }: Curve, field: NotFinite['field']): Sliced<NotFinite[]> {
  const own: NotFinite[] = [];
  for (const [index, each] of notFinite.entries()) {
    if (each.field === field) own.push(each);
    if (index % valuesInASlice === 0) yield;
  }
  return own;
}

function hasRecovered({ steps, values }: Points, since: number, zeroIsBroken: boolean): boolean {
  let finite = 0;
  for (let index = steps.length - 1; index >= 0 && (steps[index] ?? NaN) > since; index--) {
    if (!(zeroIsBroken && values[index] === 0)) finite++;
    if (finite === enoughToRecover) return true;
  }
  return false;
}

/** The first of the values that no lasting series of finite ones parts from the last. */
function* firstOfSeries(
  broken: readonly NotFinite[],
  last: NotFinite,
  finite: Float64Array,
): Sliced<NotFinite> {
  let first = last;
  let at = finite.length - 1;
  for (let index = broken.length - 1; index >= 0; index--) {
    const each = broken[index] ?? last;
    while (at >= 0 && (finite[at] ?? NaN) >= first.step) at--;
    const next = at;
    while (at >= 0 && (finite[at] ?? NaN) > each.step) at--;
    if (next - at >= enoughToRecover) break;
    first = each;
    if (index % valuesInASlice === 0) yield;
  }
  return first;
}

function* lossBefore(curve: Curve, step: number): Sliced<Float64Array> {
  const loss = yield* fieldBefore(curve, 'loss', step);
  return loss.length > 0 ? loss : yield* fieldBefore(curve, 'validationLoss', step);
}

function* fieldBefore(
  curve: Curve,
  field: 'loss' | 'validationLoss' | 'gradientNorm',
  step: number,
): Sliced<Float64Array> {
  const { steps, values } = yield* pointsOf(curve, field);
  const end = steps.findIndex((each) => each >= step);
  return end < 0 ? values : values.subarray(0, end);
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
