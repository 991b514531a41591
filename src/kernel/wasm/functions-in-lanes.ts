import { expSteps } from '../exponential.ts';
import { logSteps } from '../logarithm.ts';
import type { Unary } from '../operations.ts';
import { get, lanes, memoryAt, plain } from './encoding.ts';
import type { LaneWriter, Lanes } from './lane-writer.ts';

/** Where the memory has the tables of `exp`: 128 powers of two, then 128 remainders. */
export const powersAt = 0;
export const remaindersAt = 1024;

/** The functions that have code in lanes; the rest stays in JavaScript. */
export function hasLanes(name: Unary): boolean {
  return !['sin', 'cos', 'tan'].includes(name);
}

/** The special functions on two lanes: the same arithmetic in the same order as those in JavaScript. */
export function functionInLanes(writer: LaneWriter, name: Unary, x: Lanes): Lanes {
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

function exp(writer: LaneWriter, x: Lanes): Lanes {
  const isQuick = within(writer, x, -708, 709);
  return writer.quickOr('exp', x, isQuick, () => {
    const { k, power, remainder, exponentBits } = reduce(writer, x);
    const mantissa = add(writer, power, multiply(writer, power, growth(writer, x, k, remainder)));
    return multiply(writer, mantissa, scale(writer, exponentBits));
  });
}

function tanh(writer: LaneWriter, x: Lanes): Lanes {
  const size = writer.value('f64x2.abs', [x]);
  const isFar = writer.value('f64x2.ge', [size, writer.constant(1e-9)]);
  const isNear = writer.value('f64x2.lt', [size, writer.constant(20)]);
  return writer.quickOr('tanh', x, writer.value('v128.and', [isFar, isNear]), () => {
    const argument = multiply(writer, writer.constant(-2), size);
    const { k, power: fraction, remainder, exponentBits } = reduce(writer, argument);
    const power = multiply(writer, fraction, scale(writer, exponentBits));
    const rest = multiply(writer, power, growth(writer, argument, k, remainder));
    const fall = add(writer, subtract(writer, power, one(writer)), rest);
    const y = divide(writer, negate(writer, fall), add(writer, writer.constant(2), fall));
    return writer.select(writer.value('f64x2.lt', [x, writer.constant(0)]), negate(writer, y), y);
  });
}

/** x = (k / 128) ln 2 + r: k, what the tables have for it, and 2^(k >> 7) as the upper bits of a double. */
function reduce(writer: LaneWriter, x: Lanes) {
  const rounder = writer.constant(expSteps.rounder);
  const shifted = add(writer, multiply(writer, x, writer.constant(expSteps.stepsPerUnit)), rounder);
  const k = subtract(writer, shifted, rounder);
  const whole = writer.value('i64x2.sub', [shifted, rounder]);
  const place = writer.value('v128.and', [whole, writer.whole64(127n)]);
  const at = writer.value('i64x2.shl', [place], shift(3));
  return {
    k,
    power: gather(writer, at, powersAt),
    remainder: gather(writer, at, remaindersAt),
    exponentBits: writer.value('i64x2.shl', [writer.value('i64x2.sub', [whole, place])], shift(45)),
  };
}

/** The doubles in memory at the two addresses, beyond `offset`. */
function gather(writer: LaneWriter, addresses: Lanes, offset: number): Lanes {
  const address = (lane: number) => [
    ...get(addresses),
    ...lanes('i64x2.extract_lane', lane),
    plain['i32.wrap_i64'],
  ];
  return writer.keep(`gather ${addresses} ${offset}`, [
    ...address(1),
    ...address(0),
    ...lanes('v128.load64_zero', ...memoryAt(3, offset)),
    ...lanes('v128.load64_lane', ...memoryAt(3, offset), 1),
  ]);
}

/** As in `exponential.ts`. */
function growth(writer: LaneWriter, x: Lanes, k: Lanes, remainder: Lanes): Lanes {
  const { step, stepRest, taylor } = expSteps;
  const times = (left: Lanes, right: number) => multiply(writer, left, writer.constant(right));
  const r = subtract(writer, subtract(writer, x, times(k, step)), times(k, stepRest));
  const square = multiply(writer, r, r);
  const tail = multiply(writer, square, add(writer, writer.constant(taylor[0]), times(r, taylor[1])));
  const end = add(writer, writer.constant(taylor[2]), times(r, taylor[3]));
  const sum = add(writer, add(writer, remainder, r), tail);
  return add(writer, sum, multiply(writer, multiply(writer, square, square), end));
}

/** The power of two whose exponent, moved to the place that doubles have it in, is `exponentBits`. */
function scale(writer: LaneWriter, exponentBits: Lanes): Lanes {
  return writer.value('i64x2.add', [exponentBits, one(writer)]);
}

function log(writer: LaneWriter, x: Lanes): Lanes {
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
    const rounder = writer.constant(expSteps.rounder);
    const k = subtract(writer, writer.value('i64x2.add', [exponent, rounder]), rounder);
    const sum = multiply(writer, s, add(writer, add(writer, half, even), odd));
    const low = add(writer, sum, multiply(writer, k, writer.constant(log2Low)));
    const rest = subtract(writer, subtract(writer, half, low), f);
    return subtract(writer, multiply(writer, k, writer.constant(log2High)), rest);
  });
}

function log1p(writer: LaneWriter, x: Lanes): Lanes {
  const sum = add(writer, one(writer), x);
  const isSame = writer.value('f64x2.eq', [sum, one(writer)]);
  const isInfinite = writer.value('f64x2.eq', [x, writer.constant(Infinity)]);
  const product = multiply(writer, log(writer, sum), x);
  const quotient = divide(writer, product, subtract(writer, sum, one(writer)));
  return writer.select(isSame, x, writer.select(isInfinite, x, quotient));
}

/** coefficients[0] + w (coefficients[1] + w (...)). */
function polynomial(writer: LaneWriter, w: Lanes, coefficients: readonly number[]): Lanes {
  const [first = 0, ...others] = coefficients;
  if (others.length === 0) return writer.constant(first);
  return add(writer, writer.constant(first), multiply(writer, w, polynomial(writer, w, others)));
}

function within(writer: LaneWriter, x: Lanes, low: number, high: number): Lanes {
  const isAbove = writer.value('f64x2.ge', [x, writer.constant(low)]);
  return writer.value('v128.and', [isAbove, writer.value('f64x2.lt', [x, writer.constant(high)])]);
}

function shift(places: number): number[] {
  return [plain['i32.const'], places];
}

function one(writer: LaneWriter): Lanes {
  return writer.constant(1);
}

function add(writer: LaneWriter, left: Lanes, right: Lanes): Lanes {
  return writer.arithmetic.add(left, right);
}

function subtract(writer: LaneWriter, left: Lanes, right: Lanes): Lanes {
  return writer.arithmetic.subtract(left, right);
}

function multiply(writer: LaneWriter, left: Lanes, right: Lanes): Lanes {
  return writer.arithmetic.multiply(left, right);
}

function divide(writer: LaneWriter, left: Lanes, right: Lanes): Lanes {
  return writer.arithmetic.divide(left, right);
}

function negate(writer: LaneWriter, value: Lanes): Lanes {
  return writer.arithmetic.negate(value);
}
