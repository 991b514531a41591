import { powerOfTwo } from './exponential.ts';

/**
 * log and log1p as pure arithmetic: the method and coefficients of FreeBSD's `e_log.c` (Sun Microsystems, 1993).
 * x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), and log(1 + f) = f - f^2 / 2 + s (f^2 / 2 + R(s^2))
 * with s = f / (2 + f).
 */

const log2High = 0.6931471803691238;
const log2Low = 1.9082149292705877e-10;
/** The upper half of sqrt(1/2), less 1 in the exponent's place. */
const halfRoot = 0x3fe6a09e;
/** The coefficients of R, by turns for even and odd powers of s^2. */
const odd1 = 0.6666666666666735;
const odd2 = 0.2857142874366239;
const odd3 = 0.1818357216161805;
const odd4 = 0.14798198605116586;
const even1 = 0.3999999999940942;
const even2 = 0.22222198432149784;
const even3 = 0.15313837699209373;
const smallestNormal = 2.2250738585072014e-308;
const bits = new DataView(new ArrayBuffer(8));

/** What the method is made of, for those who write it for other machines. */
export const logSteps = {
  ...{ log2High, log2Low, halfRoot },
  evens: [even1, even2, even3],
  odds: [odd1, odd2, odd3, odd4],
} as const;

/** The natural logarithm, correct to 1 unit in the last place; NaN below 0. */
export function log(x: number): number {
  return x >= smallestNormal && x < Infinity ? logOfNormal(x, 0) : logFarOut(x);
}

/**
 * log(1 + x), without the loss of digits for small x, correct to 3 units in the last place up to 1e300 (its product
 * overflows beyond 2e305); -Infinity at -1, NaN below. Kahan's formula, which divides out what 1 + x has rounded.
 */
export function log1p(x: number): number {
  const sum = 1 + x;
  return sum === 1 || x === Infinity ? x : (log(sum) * x) / (sum - 1);
}

/** log(x) + shift * log(2). */
function logOfNormal(x: number, shift: number): number {
  bits.setFloat64(0, x);
  const exponent = (bits.getInt32(0) - halfRoot) >> 20;
  const f = x * powerOfTwo(-exponent) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (even1 + w * (even2 + w * even3));
  const odd = z * (odd1 + w * (odd2 + w * (odd3 + w * odd4)));
  const half = 0.5 * f * f;
  const k = exponent + shift;
  return k * log2High - (half - (s * (half + even + odd) + k * log2Low) - f);
}

function logFarOut(x: number): number {
  if (x > 0 && x < 1) return logOfNormal(x * powerOfTwo(54), -54);
  return x === 0 ? -Infinity : x > 0 ? x : NaN;
}
