import { randomStream } from '../../../src/kernel/random.ts';
import type { Contestant } from '../serve.ts';
import { gridSize, gridWindow, seed, stepsPerFullLoss, type Data, type Task } from '../tasks.ts';

type Solve = (task: Task, data: Data, units: number) => number[];

/** Loops as one would write them by hand, each with a record of loss and parameters at every step. */
const solutions: Record<Task['kind'], Solve> = {
  linear({ rows, rate }, { x, y }, units) {
    const history = new Float64Array(3 * (units + 1));
    let w = 0;
    let b = 0;
    let loss = 0;
    for (let step = 0; step <= units; step++) {
      let sum = 0;
      let slopeW = 0;
      let slopeB = 0;
      for (let row = 0; row < rows; row++) {
        const at = x[row] ?? 0;
        const error = w * at + b - (y[row] ?? 0);
        sum += error * error;
        slopeW += error * at;
        slopeB += error;
      }
      loss = sum / rows;
      history[3 * step] = loss;
      history[3 * step + 1] = w;
      history[3 * step + 2] = b;
      if (step === units) break;
      w -= (rate * 2 * slopeW) / rows;
      b -= (rate * 2 * slopeB) / rows;
    }
    return [loss, w, b];
  },

  batches(task, { x, y }, units) {
    const { rows, rate, batchSize } = task;
    const cadence = stepsPerFullLoss(task);
    const stepsPerEpoch = Math.ceil(rows / batchSize);
    const history = new Float64Array(4 * (units * stepsPerEpoch + 1));
    const order = Int32Array.from({ length: rows }, (_, row) => row);
    const stream = randomStream(seed, 'shuffle');
    let w = 0;
    let b = 0;
    let loss = meanSquare(x, y, w, b);
    let entry = 0;
    for (let epoch = 0; epoch < units; epoch++) {
      stream.shuffle(order);
      for (let step = 1; step <= stepsPerEpoch; step++) {
        const end = Math.min(step * batchSize, rows);
        const count = end - (step - 1) * batchSize;
        let sum = 0;
        let slopeW = 0;
        let slopeB = 0;
        for (let place = (step - 1) * batchSize; place < end; place++) {
          const row = order[place] ?? 0;
          const at = x[row] ?? 0;
          const error = w * at + b - (y[row] ?? 0);
          sum += error * error;
          slopeW += error * at;
          slopeB += error;
        }
        w -= (rate * 2 * slopeW) / count;
        b -= (rate * 2 * slopeB) / count;
        if (step % cadence === 0 || step === stepsPerEpoch) loss = meanSquare(x, y, w, b);
        history[entry++] = sum / count;
        history[entry++] = loss;
        history[entry++] = w;
        history[entry++] = b;
      }
    }
    return [loss, w, b];
  },

  landscape(_, { x, y }, units) {
    const loss = new Float64Array(units * gridSize);
    for (let row = 0; row < units; row++) {
      const b = gridAt(gridWindow.b, row);
      for (let column = 0; column < gridSize; column++) {
        loss[row * gridSize + column] = meanSquare(x, y, gridAt(gridWindow.w, column), b);
      }
    }
    return [loss[0] ?? 0, loss[gridSize - 1] ?? 0, loss[3 * gridSize + 57] ?? 0];
  },

  decay({ rows, rate }, { x, y }, units) {
    const history = new Float64Array(3 * (units + 1));
    let a = 1;
    let k = 0.1;
    let loss = 0;
    for (let step = 0; step <= units; step++) {
      let sum = 0;
      let slopeA = 0;
      let slopeK = 0;
      for (let row = 0; row < rows; row++) {
        const at = x[row] ?? 0;
        const fall = Math.exp(-k * at);
        const error = a * fall - (y[row] ?? 0);
        sum += error * error;
        slopeA += error * fall;
        slopeK -= error * a * at * fall;
      }
      loss = sum / rows;
      history[3 * step] = loss;
      history[3 * step + 1] = a;
      history[3 * step + 2] = k;
      if (step === units) break;
      a -= (rate * 2 * slopeA) / rows;
      k -= (rate * 2 * slopeK) / rows;
    }
    return [loss, a, k];
  },

  rosenbrock({ rate }, _, units) {
    const history = new Float64Array(3 * (units + 1));
    let x = -1.2;
    let y = 1;
    let loss = 0;
    for (let step = 0; step <= units; step++) {
      const left = 1 - x;
      const rise = y - x * x;
      loss = left * left + 100 * rise * rise;
      history[3 * step] = loss;
      history[3 * step + 1] = x;
      history[3 * step + 2] = y;
      if (step === units) break;
      x -= rate * (-2 * left - 400 * x * rise);
      y -= rate * 200 * rise;
    }
    return [loss, x, y];
  },
};

function meanSquare(x: Float64Array, y: Float64Array, w: number, b: number): number {
  let sum = 0;
  for (let row = 0; row < x.length; row++) {
    const error = w * (x[row] ?? 0) + b - (y[row] ?? 0);
    sum += error * error;
  }
  return sum / x.length;
}

function gridAt({ low, high }: { low: number; high: number }, index: number): number {
  return low + ((high - low) * index) / (gridSize - 1);
}

export const contestant: Contestant = (task, data) => (units) => () => ({
  units,
  result: solutions[task.kind](task, data, units),
});
