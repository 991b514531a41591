import type { Run } from '../../src/kernel/index.ts';

/** A run of `loss = (w - 1)^2` with as many steps as there are losses after the first. */
export function sampleRun(loss: readonly number[], changes: Partial<Run> = {}): Run {
  const w = Float64Array.from(loss, (value) => 1 - Math.sqrt(value));
  const stepsTaken = loss.length - 1;
  return {
    label: '',
    settings: {
      learningRate: 0.1,
      optimizer: 'sgd',
      steps: stepsTaken,
      batchSize: 1,
      seed: 0,
      precision: 'float64',
    },
    outcome: 'finished',
    steps: Int32Array.from(loss.keys()),
    loss: Float64Array.from(loss),
    learningRate: new Float64Array(loss.length).fill(0.1),
    gradientNorm: Float64Array.from(loss, (value) => 2 * Math.sqrt(value)),
    parameters: record({ w }),
    stepsTaken,
    stepsPerEpoch: 1,
    start: { step: 0, loss: loss[0] ?? NaN, parameters: record({ w: w[0] ?? NaN }) },
    final: { step: stepsTaken, loss: loss.at(-1) ?? NaN, parameters: record({ w: w.at(-1) ?? NaN }) },
    checks: [],
    ...changes,
  };
}

/** The same properties in an object without a prototype. */
export function record<T>(properties: Record<string, T>): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, properties);
}
