import type { Curve, NotFinite } from '../../../src/kernel/index.ts';

/** A curve of so many records, `every` steps apart, from what its values are by index. */
export function curveOf(
  records: number,
  values: {
    readonly loss?: (index: number) => number;
    readonly validationLoss?: (index: number) => number;
    readonly gradientNorm?: (index: number) => number;
    readonly learningRate?: (index: number) => number;
  },
  every = 1,
): Curve {
  const column = (value: ((index: number) => number) | undefined) =>
    Float64Array.from({ length: records }, (_, index) => value?.(index) ?? NaN);
  const steps = Float64Array.from({ length: records }, (_, index) => (index + 1) * every);
  const fields = ['loss', 'validationLoss', 'gradientNorm', 'learningRate'] as const;
  const notFinite: NotFinite[] = [];
  steps.forEach((step, index) => {
    for (const field of fields) {
      const value = values[field]?.(index);
      if (value !== undefined && !Number.isFinite(value)) {
        notFinite.push({ step, field, value });
      }
    }
  });
  return {
    name: 'loss',
    steps,
    loss: column(values.loss),
    ...(values.validationLoss && { validationLoss: column(values.validationLoss) }),
    ...(values.gradientNorm && { gradientNorm: column(values.gradientNorm) }),
    ...(values.learningRate && { learningRate: column(values.learningRate) }),
    notFinite,
  };
}

/** Repeatable noise of deviation 1, near enough to normal: the sum of 12 numbers of a linear congruential generator. */
export function noise(seed: number): (index: number) => number {
  const values: number[] = [];
  let state = (seed * 2654435761 + 12345) >>> 0;
  return (index) => {
    while (values.length <= index) {
      let sum = -6;
      for (let draw = 0; draw < 12; draw++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        sum += state / 2 ** 32;
      }
      values.push(sum);
    }
    return values[index] ?? 0;
  };
}
