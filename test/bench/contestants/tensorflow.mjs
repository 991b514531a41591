import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gridSize, gridWindow, orderOf, stepsPerFullLoss } from '../tasks.ts';

const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');

/** A contestant on one of the backends: idiomatic TensorFlow.js, float32, automatic differentiation. */
export function onBackend(backend) {
  return async (task, data) => {
    wasm.setWasmPaths(
      fileURLToPath(new URL('../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)),
    );
    await tf.setBackend(backend);
    await tf.ready();
    const x = tf.tensor1d(Float32Array.from(data.x));
    const y = tf.tensor1d(Float32Array.from(data.y));
    const solve = { linear, batches, landscape, decay, rosenbrock }[task.kind];
    return (units) => () => ({ units, result: solve(task, data, x, y, units) });
  };
}

function number(tensor) {
  const [value] = tensor.dataSync();
  tensor.dispose();
  return value;
}

function descend(first, second, rate, units, lossOf) {
  const a = tf.variable(tf.scalar(first));
  const b = tf.variable(tf.scalar(second));
  const optimizer = tf.train.sgd(rate);
  const history = [];
  for (let step = 0; step < units; step++) {
    history.push(number(optimizer.minimize(() => lossOf(a, b), true, [a, b])));
  }
  const result = [number(tf.tidy(() => lossOf(a, b))), a.dataSync()[0], b.dataSync()[0]];
  tf.dispose([a, b]);
  return result;
}

function meanSquare(w, b, x, y) {
  return tf.mean(tf.square(tf.sub(tf.add(tf.mul(w, x), b), y)));
}

function linear({ rate }, data, x, y, units) {
  return descend(0, 0, rate, units, (w, b) => meanSquare(w, b, x, y));
}

function batches(task, data, x, y, units) {
  const steps = Math.ceil(task.rows / task.batchSize);
  const cadence = stepsPerFullLoss(task);
  const w = tf.variable(tf.scalar(0));
  const b = tf.variable(tf.scalar(0));
  const optimizer = tf.train.sgd(task.rate);
  const history = [];
  let loss = number(tf.tidy(() => meanSquare(w, b, x, y)));
  for (let epoch = 0; epoch < units; epoch++) {
    const order = orderOf(data, epoch);
    for (let step = 1; step <= steps; step++) {
      const rows = order.subarray((step - 1) * task.batchSize, step * task.batchSize);
      const batchLoss = optimizer.minimize(
        () => {
          const chosen = tf.tensor1d(rows, 'int32');
          return meanSquare(w, b, tf.gather(x, chosen), tf.gather(y, chosen));
        },
        true,
        [w, b],
      );
      history.push(number(batchLoss));
      if (step % cadence === 0 || step === steps) loss = number(tf.tidy(() => meanSquare(w, b, x, y)));
    }
  }
  const result = [loss, w.dataSync()[0], b.dataSync()[0]];
  tf.dispose([w, b]);
  return result;
}

function landscape(task, data, x, y, units) {
  const loss = new Float32Array(units * gridSize);
  const w = tf.linspace(gridWindow.w.low, gridWindow.w.high, gridSize).expandDims(1);
  for (let row = 0; row < units; row++) {
    const b = gridWindow.b.low + ((gridWindow.b.high - gridWindow.b.low) * row) / (gridSize - 1);
    const line = tf.tidy(() => tf.mean(tf.square(tf.sub(tf.add(tf.mul(w, x), b), y)), 1));
    loss.set(line.dataSync(), row * gridSize);
    line.dispose();
  }
  w.dispose();
  return [loss[0], loss[gridSize - 1], loss[3 * gridSize + 57]];
}

function decay({ rate }, data, x, y, units) {
  return descend(1, 0.1, rate, units, (a, k) =>
    tf.mean(tf.square(tf.sub(tf.mul(a, tf.exp(tf.neg(tf.mul(k, x)))), y))),
  );
}

function rosenbrock({ rate }, data, x, y, units) {
  return descend(-1.2, 1, rate, units, (p, q) =>
    tf.add(tf.square(tf.sub(1, p)), tf.mul(100, tf.square(tf.sub(q, tf.square(p))))),
  );
}
