import type { Curve, NotFinite } from './curve.ts';
import { finishUnlessAborted, type Sliced } from './slices.ts';

/** So many values that are not finite are kept: more than a picture can show apart. */
const mostNotFinite = 2000;
/** So many values are passed over between two chances to give way. */
const valuesInASlice = 65_536;

const optionalColumns = ['validationLoss', 'gradientNorm', 'learningRate'] as const;

/**
 * A curve with about `entries` entries: the first, the last, the first at which something was not finite, and of equal
 * parts of the rest those with the least and the greatest value of each column, so that no spike is lost. Gives way to
 * others about every 10 ms.
 * @throws the signal's reason where it ends the work
 */
export async function thinCurve<T extends Curve>(
  curve: T,
  entries: number,
  signal?: AbortSignal,
): Promise<T> {
  return finishUnlessAborted(() => thin(curve, entries), signal);
}

function* thin<T extends Curve>(curve: T, entries: number): Sliced<T> {
  const notFinite = thinNotFinite(curve.notFinite);
  yield;
  if (curve.steps.length <= entries) return { ...curve, notFinite };
  const kept = yield* entriesToKeep(curve, entries);
  const pick = (column: Float64Array) => Float64Array.from(kept, (entry) => column[entry] ?? NaN);
  const others: Partial<Record<(typeof optionalColumns)[number], Float64Array>> = {};
  for (const field of optionalColumns) {
    const column = curve[field];
    if (column !== undefined) others[field] = pick(column);
  }
  return { ...curve, ...others, steps: pick(curve.steps), loss: pick(curve.loss), notFinite };
}

function* entriesToKeep(curve: Curve, entries: number): Sliced<number[]> {
  const { length } = curve.steps;
  const columns = [curve.loss, ...optionalColumns.map((field) => curve[field])].filter(
    (column) => column !== undefined,
  );
  const parts = Math.max(1, Math.floor(entries / (2 * columns.length)));
  const firstBad = entryAt(curve.steps, curve.notFinite[0]?.step);
  const kept: number[] = [];
  for (let part = 0, passed = 0; part < parts; part++) {
    const begin = Math.floor((length * part) / parts);
    const end = Math.floor((length * (part + 1)) / parts);
    const extremes = columns.flatMap((column) => extremesOf(column, begin, end));
    if (part === 0) extremes.push(0);
    if (part === parts - 1) extremes.push(length - 1);
    if (firstBad >= begin && firstBad < end) extremes.push(firstBad);
    kept.push(...[...new Set(extremes)].sort((a, b) => a - b));
    passed += (end - begin) * columns.length;
    if (passed < valuesInASlice) continue;
    passed = 0;
    yield;
  }
  return kept;
}

/** The entries with the least and the greatest value; none where nothing was recorded. */
function extremesOf(values: Float64Array, begin: number, end: number): number[] {
  let least = -1;
  let greatest = -1;
  for (let entry = begin; entry < end; entry++) {
    const value = values[entry] ?? NaN;
    if (Number.isNaN(value)) continue;
    if (least < 0 || value < (values[least] ?? NaN)) least = entry;
    if (greatest < 0 || value > (values[greatest] ?? NaN)) greatest = entry;
  }
  return least < 0 ? [] : [least, greatest];
}

function entryAt(steps: Float64Array, step: number | undefined): number {
  return step === undefined ? -1 : steps.indexOf(step);
}

/** The first of each field, and of the rest every second or third and so on. */
function thinNotFinite(all: readonly NotFinite[]): readonly NotFinite[] {
  if (all.length <= mostNotFinite) return all;
  const stride = Math.ceil(all.length / mostNotFinite);
  const seen = new Set<NotFinite['field']>();
  return all.filter((each, index) => {
    const isFirst = !seen.has(each.field);
    seen.add(each.field);
    return isFirst || index % stride === 0 || index === all.length - 1;
  });
}
