/**
 * exp and tanh as pure arithmetic. The method is table-driven (Tang, ACM TOMS 15(2), 1989): x = (k / 128) ln 2 + r
 * with k whole, so that exp(x) = 2^(k / 128) exp(r). The first factor is a table of 128 powers of two and a shift
 * of the exponent; the second, with |r| < 0.0028, is five terms of the Taylor series. There is no division in it,
 * and it takes about half the time of the engine's `Math.exp`, which leaves the loop for a call into C++.
 */

const stepsPerUnit = 184.6649652337873;
/** ln 2 / 128 in two pieces, the first so short that its product with k is exact. */
const step = 0.005415212347998022;
const stepRest = 1.2655086083325438e-13;
/** Adding and taking away 1.5 * 2^52 rounds to the nearest whole number. */
const rounder = 6755399441055744;

/** 1/2!, 1/3!, 1/4! and 1/5!. */
const taylor2 = 0.5;
const taylor3 = 0.16666666666666666;
const taylor4 = 0.041666666666666664;
const taylor5 = 0.008333333333333333;

/** Within it no result overflows or is subnormal. */
const quickest = 708;

const smallestExponent = -1074;
const exponents = 2098;
/** All numbers are in one buffer, so that engines look only once whether it is still there. */
const buffer = new ArrayBuffer(8 * (128 + 128 + exponents + 9));
const powers = new Float64Array(buffer, 0, 128);
const remainders = new Float64Array(buffer, 8 * 128, 128);
const scales = new Float64Array(buffer, 8 * 256, exponents);
/**
 * 0: steps per unit, 1: the rounder, 2 and 3: the step in two pieces, 4 to 7: the Taylor series, 8: the limit. Engines
 * use a number in memory as it is, but make one that stands in the code anew each time, by two instructions.
 */
const numbers = new Float64Array(buffer, 8 * (256 + exponents), 9) as Float64Array &
  Readonly<Record<0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8, number>>;
fillPowers();
scales.forEach((_, index) => (scales[index] = wholePower(index + smallestExponent)));
numbers.set([stepsPerUnit, rounder, step, stepRest, taylor2, taylor3, taylor4, taylor5, quickest]);

/** What the method is made of, for those who write it for other machines. */
export const expSteps = {
  ...{ stepsPerUnit, step, stepRest, rounder, powers, remainders },
  taylor: [taylor2, taylor3, taylor4, taylor5],
} as const;

/** e to the power `x`, correct to 0.51 units in the last place. */
export function exp(x: number): number {
  if (Math.abs(x) > numbers[8]) return expFarOut(x);
  const k = nearest(x);
  const power = powers[k & 127] ?? 0;
  const scale = scales[(k >> 7) - smallestExponent] ?? 0;
  return (power + power * growth(x, k)) * scale;
}

function expFarOut(x: number): number {
  if (!(x > -746 && x < 710)) return x > 0 ? Infinity : 0;
  const k = nearest(x);
  const power = powers[k & 127] ?? 0;
  const half = k >> 8;
  return (power + power * growth(x, k)) * powerOfTwo(half) * powerOfTwo((k >> 7) - half);
}

/** The hyperbolic tangent, correct to 4 units in the last place. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 1e-9) return x;
  if (!(size < 20)) return x > 0 ? 1 : x < 0 ? -1 : x;
  const k = nearest(-2 * size);
  const power = (powers[k & 127] ?? 0) * powerOfTwo(k >> 7);
  // exp(-2 |x|) - 1 without cancellation.
  const fall = power - 1 + power * growth(-2 * size, k);
  const y = -fall / (2 + fall);
  return x < 0 ? -y : y;
}

/** The whole number k of steps next to `x`. */
function nearest(x: number): number {
  return x * numbers[0] + numbers[1] - numbers[1];
}

/** exp(x) / powers[k & 127] / 2^(k >> 7) - 1. */
function growth(x: number, k: number): number {
  const remainder = remainders[k & 127] ?? 0;
  const r = x - k * numbers[2] - k * numbers[3];
  const square = r * r;
  const tail = square * (r * numbers[5] + numbers[4]);
  const end = r * numbers[7] + numbers[6];
  return remainder + r + tail + square * square * end;
}

/** 2^exponent for a whole exponent from -1074 to 1023. */
export function powerOfTwo(exponent: number): number {
  return scales[exponent - smallestExponent] ?? 0;
}

function wholePower(exponent: number): number {
  let power = 1;
  for (let times = Math.abs(exponent); times > 0; times--) power *= exponent < 0 ? 0.5 : 2;
  return power;
}

/** Sets 2^(j / 128) as the nearest double, and what the double misses, relative to it. */
function fillPowers(): void {
  const bits = 200n;
  const unit = wholePower(-200);
  let root = 2n << bits;
  for (let squareRoots = 0; squareRoots < 7; squareRoots++) root = squareRoot(root << bits);
  let exact = 1n << bits;
  for (let j = 0; j < powers.length; j++) {
    const nearestDouble = Number(exact) * unit;
    powers[j] = nearestDouble;
    const rest = exact - BigInt(nearestDouble * 2 ** 52) * (1n << (bits - 52n));
    remainders[j] = (Number(rest) * unit) / nearestDouble;
    exact = (exact * root) >> bits;
  }
}

/** The whole square root by Newton's method. */
function squareRoot(value: bigint): bigint {
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
