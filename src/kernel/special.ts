import cos from '@stdlib/math-base-special-cos';
import pow from '@stdlib/math-base-special-pow';
import sin from '@stdlib/math-base-special-sin';
import tan from '@stdlib/math-base-special-tan';
import { exp, tanh } from './exponential.ts';
import { log, log1p } from './logarithm.ts';

/**
 * The special functions of the language. All are pure arithmetic (no `Math.exp` and its like, whose last bits
 * differ between engines), so that the same cell gives the same bits everywhere.
 *
 * `pow(0, 0)` is 1, a negative base to a fraction is NaN, and so is whatever has a NaN in it.
 */
export const special = { exp, log, log1p, sin, cos, tan, tanh, pow, sigmoid, softplus } as const;

/** 1 / (1 + exp(-x)); never overflows: 0 and 1 at the ends. */
function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

/** log(1 + exp(x)), and x itself above 20, as PyTorch's `softplus` has it. */
function softplus(x: number): number {
  return x > 20 ? x : log1p(exp(x));
}
