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

const { powers, remainders } = fractionalPowers();
const smallestExponent = -1074;
const scales = Float64Array.from({ length: 2098 }, (_, index) => wholePower(index + smallestExponent));

/** What the method is made of, for those who write it for other machines. */
export const expSteps = {
  ...{ stepsPerUnit, step, stepRest, rounder, powers, remainders },
  taylor: [taylor2, taylor3, taylor4, taylor5],
} as const;

/** e to the power `x`, correct to 0.51 units in the last place. */
export function exp(x: number): number {
  if (!(x > -746 && x < 710)) return x > 0 ? Infinity : x < 0 ? 0 : x;
  const k = x * stepsPerUnit + rounder - rounder;
  const power = powers[k & 127] ?? 0;
  const mantissa = power + power * growth(x, k);
  const exponent = k >> 7;
  if (exponent >= -1022 && exponent < 1024) return mantissa * powerOfTwo(exponent);
  const half = exponent >> 1;
  return mantissa * powerOfTwo(half) * powerOfTwo(exponent - half);
}

/** The hyperbolic tangent, correct to 2 units in the last place. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 1e-9) return x;
  if (!(size < 20)) return x > 0 ? 1 : x < 0 ? -1 : x;
  const k = -2 * size * stepsPerUnit + rounder - rounder;
  const power = (powers[k & 127] ?? 0) * powerOfTwo(k >> 7);
  // exp(-2 |x|) - 1 without cancellation.
  const fall = power - 1 + power * growth(-2 * size, k);
  const y = -fall / (2 + fall);
  return x < 0 ? -y : y;
}

/** exp(x) / powers[k & 127] / 2^(k >> 7) - 1. */
function growth(x: number, k: number): number {
  const r = x - k * step - k * stepRest;
  const square = r * r;
  const tail = square * (taylor2 + r * taylor3);
  return (remainders[k & 127] ?? 0) + r + tail + square * square * (taylor4 + r * taylor5);
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

/** 2^(j / 128) as the nearest double, and what the double misses, relative to it. */
function fractionalPowers(): { powers: Float64Array; remainders: Float64Array } {
  const bits = 200n;
  const unit = wholePower(-200);
  let root = 2n << bits;
  for (let squareRoots = 0; squareRoots < 7; squareRoots++) root = squareRoot(root << bits);
  const powers = new Float64Array(128);
  const remainders = new Float64Array(128);
  let exact = 1n << bits;
  for (let j = 0; j < 128; j++) {
    const nearest = Number(exact) * unit;
    powers[j] = nearest;
    remainders[j] = (Number(exact - BigInt(nearest * 2 ** 52) * (1n << (bits - 52n))) * unit) / nearest;
    exact = (exact * root) >> bits;
  }
  return { powers, remainders };
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
