import type { Curve, NotFinite } from '../curve.ts';
import type { Sliced } from '../slices.ts';
import { pointsOf, type Points } from './curve-points.ts';
import { median } from './statistics.ts';

/** The value that ended a curve: it never became finite again, or hardly. */
export interface Breakdown {
  readonly first: NotFinite;
  /** The loss records before it. */
  readonly before: Float64Array;
  /** How the loss, or else the gradient, grew before it. */
  readonly growth?: Growth;
}

/** How a field rose from record to record, up to the last finite one. */
export interface Growth {
  readonly field: LoggedField;
  readonly from: number;
  readonly to: number;
  /** By what factor from record to record in the end. */
  readonly factor: number;
}

type LoggedField = 'loss' | 'validationLoss' | 'gradientNorm';

/** Finite records after which a value that was not finite counts as passed. */
const enoughToRecover = 5;
/** A growth is so many rises at least, to more than so many times the level before; gradients shake more than losses. */
const fewestRises = 3;
const muchHigher = { loss: 3, validationLoss: 3, gradientNorm: 10 } as const;
/** So many of its last factors tell how fast it is in the end. */
const lastFactors = 9;
/** One move that makes up so much of a growth, in logarithms, is a jump. */
const jumpShare = 0.75;
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
    const { field: lossField, values: before } = yield* lossBefore(curve, first.step);
    const growth =
      growthOf(lossField, before) ??
      growthOf('gradientNorm', yield* fieldBefore(curve, 'gradientNorm', first.step));
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

function* lossBefore(curve: Curve, step: number): Sliced<{ field: LoggedField; values: Float64Array }> {
  const loss = yield* fieldBefore(curve, 'loss', step);
  if (loss.length > 0) return { field: 'loss', values: loss };
  return { field: 'validationLoss', values: yield* fieldBefore(curve, 'validationLoss', step) };
}

function* fieldBefore(curve: Curve, field: LoggedField, step: number): Sliced<Float64Array> {
  const { steps, values } = yield* pointsOf(curve, field);
  const end = steps.findIndex((each) => each >= step);
  return end < 0 ? values : values.subarray(0, end);
}

/** The growth with which the values end, record after record; undefined where there is none or one sudden jump. */
function growthOf(field: LoggedField, values: Float64Array): Growth | undefined {
  const isRise = (before = NaN, after = NaN) => before > 0 && after > before;
  let begin = Math.max(0, values.length - 1);
  while (isRise(values[begin - 1], values[begin])) begin--;
  const grown = values.subarray(begin);
  const factors = grown.subarray(1).map((value, index) => value / (grown[index] ?? NaN));
  const [from = NaN] = grown;
  const to = grown.at(-1) ?? NaN;
  if (factors.length < fewestRises || !(to > muchHigher[field] * from)) return undefined;
  const steepest = factors.reduce((most, factor) => Math.max(most, factor));
  if (Math.log(steepest) > jumpShare * (Math.log(to) - Math.log(from))) return undefined;
  return { field, from, to, factor: median(factors.subarray(-lastFactors)) };
}
