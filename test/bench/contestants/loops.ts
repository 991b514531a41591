import { randomStream } from '../../../src/kernel/random.ts';
import type { Contestant } from '../serve.ts';
import { gridSize, gridWindow, seed, stepsPerFullLoss, type Data, type Task } from '../tasks.ts';

type Solve = (task: Task, data: Data, units: number) => number[];

/** Loops as one would write them by hand, with a record of loss, length of the gradient and parameters. */
const solutions: Record<Task['kind'], Solve> = {
  linear({ rows, rate }, { x, y }, units) {
    const history = historyOf(4 * (units + 1));
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
      const byW = (2 * slopeW) / rows;
      const byB = (2 * slopeB) / rows;
      if (!record(history, 4 * step, loss, byW, byB, w, b) || step === units) break;
      w -= rate * byW;
      b -= rate * byB;
    }
    return [loss, w, b];
  },

  batches(task, { x, y }, units) {
    const { rows, rate, batchSize } = task;
    const cadence = stepsPerFullLoss(task);
    const stepsPerEpoch = Math.ceil(rows / batchSize);
    const history = historyOf(5 * (units * stepsPerEpoch + 1));
    const [shuffledX, shuffledY] = [x.slice(), y.slice()];
    const stream = randomStream(seed, 'shuffle');
    let w = 0;
    let b = 0;
    let loss = meanSquare(x, y, w, b);
    let entry = 0;
    for (let epoch = 0; epoch < units; epoch++) {
      stream.shuffle([shuffledX, shuffledY], 0, rows);
      for (let step = 1; step <= stepsPerEpoch; step++) {
        const end = Math.min(step * batchSize, rows);
        const count = end - (step - 1) * batchSize;
        let sum = 0;
        let slopeW = 0;
        let slopeB = 0;
        for (let row = (step - 1) * batchSize; row < end; row++) {
          const at = shuffledX[row] ?? 0;
          const error = w * at + b - (shuffledY[row] ?? 0);
          sum += error * error;
          slopeW += error * at;
          slopeB += error;
        }
        const byW = (2 * slopeW) / count;
        const byB = (2 * slopeB) / count;
        w -= rate * byW;
        b -= rate * byB;
        if (step % cadence === 0 || step === stepsPerEpoch) loss = meanSquare(x, y, w, b);
        history[5 * entry + 4] = loss;
        if (!record(history, 5 * entry++, sum / count, byW, byB, w, b)) break;
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
    const history = historyOf(4 * (units + 1));
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
      const byA = (2 * slopeA) / rows;
      const byK = (2 * slopeK) / rows;
      if (!record(history, 4 * step, loss, byA, byK, a, k) || step === units) break;
      a -= rate * byA;
      k -= rate * byK;
    }
    return [loss, a, k];
  },

  rosenbrock({ rate }, _, units) {
    const history = historyOf(4 * (units + 1));
    let x = -1.2;
    let y = 1;
    let loss = 0;
    for (let step = 0; step <= units; step++) {
      const left = 1 - x;
      const rise = y - x * x;
      loss = left * left + 100 * rise * rise;
      const byX = -2 * left - 400 * x * rise;
      const byY = 200 * rise;
      if (!record(history, 4 * step, loss, byX, byY, x, y) || step === units) break;
      x -= rate * byX;
      y -= rate * byY;
    }
    return [loss, x, y];
  },
};

let used = new Float64Array();

/** Memory for a record; the same in every run, as C's is. */
function historyOf(numbers: number): Float64Array {
  if (used.length !== numbers) used = new Float64Array(numbers);
  return used;
}

/** Records an entry at `place`; says whether all of it is finite. */
function record(
  history: Float64Array,
  place: number,
  loss: number,
  byFirst: number,
  bySecond: number,
  first: number,
  second: number,
): boolean {
  const length = Math.sqrt(byFirst * byFirst + bySecond * bySecond);
  history[place] = loss;
  history[place + 1] = length;
  history[place + 2] = first;
  history[place + 3] = second;
  return (loss + length + first + second) * 0 === 0;
}

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
