import { expSteps } from '../exponential.ts';
import { logSteps } from '../logarithm.ts';
import type { Unary } from '../operations.ts';
import { lanes, memoryAt, whole } from './encoding.ts';
import type { LaneLocal, LaneWriter } from './lane-writer.ts';

/** The first bytes of the memory: the table of `exp`, then the numbers that the functions are made of, each twice. */
const numbersAt = 16 * expSteps.powers.length;
const numbers = [
  ...[expSteps.stepsPerUnit, expSteps.rounder, expSteps.step, expSteps.stepRest, ...expSteps.taylor],
  ...[logSteps.log2High, logSteps.log2Low, ...logSteps.evens, ...logSteps.odds],
];
export const tablesEnd = numbersAt + 16 * numbers.length;

/**
 * Writes what the functions find in memory. The table of `exp` has 2^(j / 128) beside its remainder; from the bits of
 * the power j / 128 is taken in the exponent's place, so that adding k / 128 there gives 2^(k / 128) for all k that end
 * in j.
 */
export function writeTables(memory: ArrayBuffer): void {
  const table = new Float64Array(memory, 0, tablesEnd / 8);
  const bits = new BigInt64Array(memory, 0, tablesEnd / 8);
  expSteps.powers.forEach((power, j) => {
    table.set([power, expSteps.remainders[j] ?? 0], 2 * j);
    bits[2 * j] = (bits[2 * j] ?? 0n) - (BigInt(j) << 45n);
  });
  table.set(
    numbers.flatMap((value) => [value, value]),
    numbersAt / 8,
  );
}

const lowerOfBoth = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const upperOfBoth = [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31];

/** The functions that have code in lanes; the rest stays in JavaScript. */
export function hasLanes(name: Unary): boolean {
  return !['sin', 'cos', 'tan'].includes(name);
}

/** The special functions on two lanes: the same arithmetic in the same order as those in JavaScript. */
export function functionInLanes(writer: LaneWriter, name: Unary, x: LaneLocal): LaneLocal {
  switch (name) {
    case 'exp':
      return exp(writer, x);
    case 'log':
      return log(writer, x);
    case 'log1p':
      return log1p(writer, x);
    case 'tanh':
      return tanh(writer, x);
    case 'sigmoid':
      return divide(writer, one(writer), add(writer, one(writer), exp(writer, negate(writer, x))));
    case 'softplus': {
      const isLarge = writer.value('f64x2.gt', [x, writer.constant(20)]);
      return writer.select(isLarge, x, log1p(writer, exp(writer, x)));
    }
    default:
      throw new Error(`${name} has no code in lanes.`);
  }
}

function exp(writer: LaneWriter, x: LaneLocal): LaneLocal {
  const size = writer.value('f64x2.abs', [x]);
  return writer.quickOr('exp', x, writer.value('f64x2.lt', [size, writer.constant(708)]), () => {
    const { k, power, remainder } = reduce(writer, x);
    return add(writer, power, multiply(writer, power, growth(writer, x, k, remainder)));
  });
}

function tanh(writer: LaneWriter, x: LaneLocal): LaneLocal {
  const size = writer.value('f64x2.abs', [x]);
  // From 20 on it is 1, as it is at 20.
  const within = writer.value('f64x2.pmin', [size, writer.constant(20)]);
  const argument = multiply(writer, writer.constant(-2), within);
  const { k, power, remainder } = reduce(writer, argument);
  const rest = multiply(writer, power, growth(writer, argument, k, remainder));
  const fall = add(writer, subtract(writer, power, one(writer)), rest);
  const y = divide(writer, negate(writer, fall), add(writer, writer.constant(2), fall));
  const sign = writer.value('v128.and', [x, writer.constant(-0)]);
  const isTiny = writer.value('f64x2.lt', [size, writer.constant(1e-9)]);
  return writer.select(isTiny, x, writer.value('v128.or', [y, sign]));
}

/** x = (k / 128) ln 2 + r: k, 2^(k / 128), and what the table's double for that misses. */
function reduce(writer: LaneWriter, x: LaneLocal) {
  const rounder = () => number(writer, expSteps.rounder);
  const shifted = add(writer, multiply(writer, x, number(writer, expSteps.stepsPerUnit)), rounder());
  const k = subtract(writer, shifted, rounder());
  const bytes = writer.value('i64x2.shl', [shifted], shift(4));
  const at = writer.value('v128.and', [bytes, writer.whole64(127n << 4n)]);
  const [lower, upper] = [entry(writer, at, 0), entry(writer, at, 1)];
  const pair = (name: string, order: readonly number[]) =>
    writer.keep(`${name} ${lower} ${upper}`, (vector) => [
      ...writer.get(lower, vector),
      ...writer.get(upper, vector),
      ...lanes('i8x16.shuffle', ...order),
    ]);
  const fraction = pair('powers', lowerOfBoth);
  const power = writer.value('i64x2.add', [fraction, writer.value('i64x2.shl', [shifted], shift(45))]);
  return { k, power, remainder: pair('remainders', upperOfBoth) };
}

/** The power and remainder in memory at the address that one of the lanes has. */
function entry(writer: LaneWriter, at: LaneLocal, lane: number): LaneLocal {
  return writer.keep(`entry ${at} ${lane}`, (vector) => [
    ...writer.get(at, vector),
    ...lanes('i32x4.extract_lane', 2 * lane),
    ...lanes('v128.load', ...memoryAt(4)),
  ]);
}

/** As in `exponential.ts`. */
function growth(writer: LaneWriter, x: LaneLocal, k: LaneLocal, remainder: LaneLocal): LaneLocal {
  const { step, stepRest, taylor } = expSteps;
  const times = (left: LaneLocal, right: number) => multiply(writer, left, number(writer, right));
  const r = subtract(writer, subtract(writer, x, times(k, step)), times(k, stepRest));
  const square = multiply(writer, r, r);
  const tail = multiply(writer, square, add(writer, number(writer, taylor[0]), times(r, taylor[1])));
  const end = add(writer, number(writer, taylor[2]), times(r, taylor[3]));
  const sum = add(writer, add(writer, remainder, r), tail);
  return add(writer, sum, multiply(writer, multiply(writer, square, square), end));
}

function log(writer: LaneWriter, x: LaneLocal): LaneLocal {
  const isQuick = within(writer, x, 2 ** -1022, 2 ** 1022);
  return writer.quickOr('log', x, isQuick, () => {
    const { halfRoot, log2High, log2Low, evens, odds } = logSteps;
    const above = writer.value('i64x2.sub', [x, writer.whole64(BigInt(halfRoot) << 32n)]);
    const exponent = writer.value('i64x2.shr_s', [above], shift(52));
    const down = writer.value('i64x2.sub', [one(writer), writer.value('i64x2.shl', [exponent], shift(52))]);
    const f = subtract(writer, multiply(writer, x, down), one(writer));
    const s = divide(writer, f, add(writer, writer.constant(2), f));
    const z = multiply(writer, s, s);
    const w = multiply(writer, z, z);
    const even = multiply(writer, w, polynomial(writer, w, evens));
    const odd = multiply(writer, z, polynomial(writer, w, odds));
    const half = multiply(writer, multiply(writer, writer.constant(0.5), f), f);
    const rounder = number(writer, expSteps.rounder);
    const k = subtract(writer, writer.value('i64x2.add', [exponent, rounder]), rounder);
    const sum = multiply(writer, s, add(writer, add(writer, half, even), odd));
    const low = add(writer, sum, multiply(writer, k, number(writer, log2Low)));
    const rest = subtract(writer, subtract(writer, half, low), f);
    return subtract(writer, multiply(writer, k, number(writer, log2High)), rest);
  });
}

function log1p(writer: LaneWriter, x: LaneLocal): LaneLocal {
  const sum = add(writer, one(writer), x);
  const isSame = writer.value('f64x2.eq', [sum, one(writer)]);
  const isInfinite = writer.value('f64x2.eq', [x, writer.constant(Infinity)]);
  const product = multiply(writer, log(writer, sum), x);
  const quotient = divide(writer, product, subtract(writer, sum, one(writer)));
  return writer.select(isSame, x, writer.select(isInfinite, x, quotient));
}

/** coefficients[0] + w (coefficients[1] + w (...)). */
function polynomial(writer: LaneWriter, w: LaneLocal, coefficients: readonly number[]): LaneLocal {
  const [first = 0, ...others] = coefficients;
  if (others.length === 0) return number(writer, first);
  return add(writer, number(writer, first), multiply(writer, w, polynomial(writer, w, others)));
}

function within(writer: LaneWriter, x: LaneLocal, low: number, high: number): LaneLocal {
  const isAbove = writer.value('f64x2.ge', [x, writer.constant(low)]);
  return writer.value('v128.and', [isAbove, writer.value('f64x2.lt', [x, writer.constant(high)])]);
}

/** One of the `numbers`. */
function number(writer: LaneWriter, value: number): LaneLocal {
  return writer.constantAt(numbersAt + 16 * numbers.indexOf(value));
}

function shift(places: number): number[] {
  return whole(places);
}

function one(writer: LaneWriter): LaneLocal {
  return writer.constant(1);
}

function add(writer: LaneWriter, left: LaneLocal, right: LaneLocal): LaneLocal {
  return writer.arithmetic.add(left, right);
}

function subtract(writer: LaneWriter, left: LaneLocal, right: LaneLocal): LaneLocal {
  return writer.arithmetic.subtract(left, right);
}

function multiply(writer: LaneWriter, left: LaneLocal, right: LaneLocal): LaneLocal {
  return writer.arithmetic.multiply(left, right);
}

function divide(writer: LaneWriter, left: LaneLocal, right: LaneLocal): LaneLocal {
  return writer.arithmetic.divide(left, right);
}

function negate(writer: LaneWriter, value: LaneLocal): LaneLocal {
  return writer.arithmetic.negate(value);
}
