import { defaultDevice, init, jit, numpy as np, valueAndGrad } from '@jax-js/jax';
import { gridSize, gridWindow, orderOf, stepsPerFullLoss } from '../tasks.ts';

/** Idiomatic jax-js on its WebAssembly device, float64: one compiled step, automatic differentiation. */
export async function contestant(task, data) {
  await init();
  defaultDevice('wasm');
  const solve = { linear, batches, landscape, decay, rosenbrock }[task.kind];
  return (units) => () => ({ units, result: solve(task, data, units) });
}

const float64 = { dtype: np.float64 };

function number(array) {
  return array.dataSync()[0];
}

/** The compiled step of a loss of two parameters and columns: both parameters after it, and the loss before it. */
function stepOf(lossOf, rate) {
  return jit((a, b, ...columns) => {
    const [loss, [slopeA, slopeB]] = valueAndGrad(lossOf, { argnums: [0, 1] })(a.ref, b.ref, ...columns);
    return [a.sub(slopeA.mul(rate)), b.sub(slopeB.mul(rate)), loss];
  });
}

const steps = new Map();

/** A step or a loss that is compiled once for all runs. */
function once(name, make) {
  if (!steps.has(name)) steps.set(name, make());
  return steps.get(name);
}

function descend(first, second, columns, units, lossOf, rate) {
  const step = once('step', () => stepOf(lossOf, rate));
  const lossNow = once('loss', () => jit(lossOf));
  const held = columns.map((column) => np.array(column));
  const history = [];
  let a = np.array(first, float64);
  let b = np.array(second, float64);
  let loss;
  for (let count = 0; count < units; count++) {
    [a, b, loss] = step(a, b, ...held.map((column) => column.ref));
    history.push(number(loss));
  }
  const last = number(lossNow(a.ref, b.ref, ...held));
  return [last, number(a), number(b)];
}

function meanSquare(w, b, x, y) {
  return np.square(w.mul(x).add(b).sub(y)).mean();
}

function linear({ rate }, { x, y }, units) {
  return descend(0, 0, [x, y], units, meanSquare, rate);
}

function batches(task, data, units) {
  const step = once('step', () => stepOf(meanSquare, task.rate));
  const lossNow = once('loss', () => jit(meanSquare));
  const count = Math.ceil(task.rows / task.batchSize);
  const cadence = stepsPerFullLoss(task);
  const x = np.array(data.x);
  const y = np.array(data.y);
  const history = [];
  let w = np.array(0, float64);
  let b = np.array(0, float64);
  let full = number(lossNow(w.ref, b.ref, x.ref, y.ref));
  for (let epoch = 0; epoch < units; epoch++) {
    const order = orderOf(data, epoch);
    for (let index = 1; index <= count; index++) {
      const rows = order.subarray((index - 1) * task.batchSize, index * task.batchSize);
      // Gathering on the host is faster here than indexing with an array.
      const batchX = np.array(Float64Array.from(rows, (row) => data.x[row]));
      const batchY = np.array(Float64Array.from(rows, (row) => data.y[row]));
      let loss;
      [w, b, loss] = step(w, b, batchX, batchY);
      history.push(number(loss));
      if (index % cadence === 0 || index === count) full = number(lossNow(w.ref, b.ref, x.ref, y.ref));
    }
  }
  x.dispose();
  y.dispose();
  return [full, number(w), number(b)];
}

function landscape(task, { x, y }, units) {
  const line = once('line', () => jit((w, b, atX, atY) => np.square(w.mul(atX).add(b).sub(atY)).mean(1)));
  const loss = new Float64Array(units * gridSize);
  const heldX = np.array(x);
  const heldY = np.array(y);
  const { low, high } = gridWindow.w;
  const w = np.array(
    Float64Array.from({ length: gridSize }, (_, index) => low + ((high - low) * index) / (gridSize - 1)),
  );
  const column = w.reshape([gridSize, 1]);
  for (let row = 0; row < units; row++) {
    const b = gridWindow.b.low + ((gridWindow.b.high - gridWindow.b.low) * row) / (gridSize - 1);
    loss.set(line(column.ref, np.array(b, float64), heldX.ref, heldY.ref).dataSync(), row * gridSize);
  }
  for (const array of [heldX, heldY, column]) array.dispose();
  return [loss[0], loss[gridSize - 1], loss[3 * gridSize + 57]];
}

function decay({ rate }, { x, y }, units) {
  const lossOf = (a, k, atX, atY) => np.square(a.mul(np.exp(k.mul(atX).neg())).sub(atY)).mean();
  return descend(1, 0.1, [x, y], units, lossOf, rate);
}

function rosenbrock({ rate }, data, units) {
  const lossOf = (p, q) => np.square(p.ref.mul(-1).add(1)).add(np.square(q.sub(np.square(p))).mul(100));
  return descend(-1.2, 1, [], units, lossOf, rate);
}
