import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Run } from '../../src/kernel/index.ts';
import type { LandscapeGrid, RunPayload } from '../../src/output/index.ts';

const file = join(import.meta.dirname, '..', '..', 'notebooks', 'houses.csv');
const rows = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number));
const size = Float64Array.from(rows, ([sqft = NaN]) => sqft / 1000);
const cost = Float64Array.from(rows, ([, , , price = NaN]) => price / 1000);

/** A line fitted to the houses by plain gradient descent, written out by hand. */
export function housesRun(rate: number, steps: number, label = ''): Run {
  const w = new Float64Array(steps + 1);
  const b = new Float64Array(steps + 1);
  const norm = new Float64Array(steps + 1);
  for (let step = 0; step <= steps; step += 1) {
    const [slopeW, slopeB] = slope(w[step] ?? 0, b[step] ?? 0);
    norm[step] = Math.hypot(slopeW, slopeB);
    if (step === steps) break;
    w[step + 1] = (w[step] ?? 0) - rate * slopeW;
    b[step + 1] = (b[step] ?? 0) - rate * slopeB;
  }
  const loss = w.map((each, step) => meanSquare(each, b[step] ?? 0));
  const point = (step: number): Run['start'] => ({
    step,
    loss: loss[step] ?? NaN,
    parameters: { w: w[step] ?? NaN, b: b[step] ?? NaN },
  });
  return {
    label,
    settings: {
      learningRate: rate,
      optimizer: 'sgd',
      steps,
      batchSize: size.length,
      seed: 0,
      precision: 'float64',
    },
    outcome: 'finished',
    steps: Int32Array.from(w, (_, step) => step),
    loss,
    learningRate: new Float64Array(steps + 1).fill(rate),
    gradientNorm: norm,
    parameters: { w, b },
    stepsTaken: steps,
    stepsPerEpoch: 1,
    start: point(0),
    final: point(steps),
    checks: [],
  };
}

/** What the figure gets for runs on the houses when it cannot run them by itself. */
export function housesPayload(runs: readonly Run[], more: Partial<RunPayload> = {}): RunPayload {
  const line = (step: number): Float64Array =>
    size.map(
      (each) => (runs[0]?.parameters['w']?.[step] ?? 0) * each + (runs[0]?.parameters['b']?.[step] ?? 0),
    );
  return {
    version: 1,
    cell: 'cell-1',
    source: 'learning_rate = 0.1',
    state: 'complete',
    runs,
    landscape: landscape(60),
    fit: {
      x: size,
      xLabel: 'size',
      truth: cost,
      atStart: line(0),
      atEnd: line((runs[0]?.loss.length ?? 1) - 1),
    },
    ...more,
  };
}

function landscape(points: number): LandscapeGrid {
  const between = (low: number, high: number): Float64Array =>
    Float64Array.from({ length: points }, (_, index) => low + (index * (high - low)) / (points - 1));
  const [xs, ys] = [between(-50, 300), between(-100, 150)];
  const loss = [...ys].flatMap((b) => [...xs].map((w) => meanSquare(w, b)));
  return { x: 'w', y: 'b', xs, ys, loss: Float64Array.from(loss) };
}

function meanSquare(w: number, b: number): number {
  return size.reduce((sum, each, row) => sum + (w * each + b - (cost[row] ?? 0)) ** 2, 0) / size.length;
}

function slope(w: number, b: number): [number, number] {
  let [slopeW, slopeB] = [0, 0];
  size.forEach((each, row) => {
    const miss = w * each + b - (cost[row] ?? 0);
    slopeW += (2 * miss * each) / size.length;
    slopeB += (2 * miss) / size.length;
  });
  return [slopeW, slopeB];
}
