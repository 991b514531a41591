/** Functions in fixed-point whole numbers of 1300 places: an exact measure for what doubles come to. */

const places = 1300;
const one = 1n << BigInt(places);

export function toFixedPoint(value: number): bigint {
  let whole = value;
  let shift = 0;
  for (; !Number.isInteger(whole); shift++) whole *= 2;
  return (BigInt(whole) * one) >> BigInt(shift);
}

/** How far `value` is off, in units in the last place that a double equal to `exact` has. */
export function unitsOff(value: number, exact: bigint): number {
  const length = (exact < 0n ? -exact : exact).toString(2).length;
  const unit = 1n << BigInt(Math.max(length - 53, places - 1074));
  return Math.abs(Number((1000n * (toFixedPoint(value) - exact)) / unit)) / 1000;
}

/** e to the power of a fixed-point number: Taylor's series after halving twelve times. */
export function exactExp(x: bigint): bigint {
  const reduced = x >> 12n;
  let term = one;
  let sum = one;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = (term * reduced) / (n * one);
    sum += term;
  }
  for (let squarings = 0; squarings < 12; squarings++) sum = (sum * sum) / one;
  return sum;
}

export function exactTanh(x: bigint): bigint {
  const square = exactExp(2n * x);
  return ((square - one) * one) / (square + one);
}

/** The natural logarithm: Halley's method on the exponential, from a guess that is right to a few digits. */
export function exactLog(x: bigint, guess: number): bigint {
  let log = toFixedPoint(guess);
  for (let time = 0; time < 4; time++) {
    const power = exactExp(log);
    log += (2n * (x - power) * one) / (x + power);
  }
  return log;
}

export function exactLog1p(x: bigint, guess: number): bigint {
  return exactLog(one + x, guess);
}
