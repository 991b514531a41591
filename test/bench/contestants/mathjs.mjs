import { compile, derivative } from 'mathjs';
import { gridSize, gridWindow, orderOf, stepsPerFullLoss } from '../tasks.ts';

/** math.js as one would use it: the loss of an example and its symbolic derivatives, compiled, row by row. */
export function contestant(task, data) {
  const solve = { linear, batches, landscape, decay, rosenbrock }[task.kind];
  return (units) => () => ({ units, result: solve(task, data, units) });
}

const square = '(w * x + b - y)^2';

/** Value and derivatives of an expression by two of its names. */
function compiled(text, names) {
  return [text, ...names.map((name) => derivative(text, name))].map((part) =>
    typeof part === 'string' ? compile(part) : part.compile(),
  );
}

function meanOf(expression, scope, { x, y }) {
  let sum = 0;
  for (let row = 0; row < x.length; row++) {
    scope.x = x[row];
    scope.y = y[row];
    sum += expression.evaluate(scope);
  }
  return sum / x.length;
}

function descend(text, start, rate, data, units) {
  const names = Object.keys(start);
  const parts = compiled(text, names);
  const scope = { ...start };
  const history = [];
  for (let step = 0; step < units; step++) {
    const [loss, ...slopes] = parts.map((part) => meanOf(part, scope, data));
    history.push(loss);
    names.forEach((name, index) => (scope[name] -= rate * slopes[index]));
  }
  return [meanOf(parts[0], scope, data), ...names.map((name) => scope[name])];
}

function linear({ rate }, data, units) {
  return descend(square, { w: 0, b: 0 }, rate, data, units);
}

function decay({ rate }, data, units) {
  return descend('(a * exp(-k * x) - y)^2', { a: 1, k: 0.1 }, rate, data, units);
}

function batches(task, data, units) {
  const [value, slopeW, slopeB] = compiled(square, ['w', 'b']);
  const steps = Math.ceil(task.rows / task.batchSize);
  const cadence = stepsPerFullLoss(task);
  const scope = { w: 0, b: 0, x: 0, y: 0 };
  const history = [];
  let loss = meanOf(value, scope, data);
  for (let epoch = 0; epoch < units; epoch++) {
    const order = orderOf(data, epoch);
    for (let step = 1; step <= steps; step++) {
      const rows = order.subarray((step - 1) * task.batchSize, step * task.batchSize);
      const batch = {
        x: Float64Array.from(rows, (row) => data.x[row]),
        y: Float64Array.from(rows, (row) => data.y[row]),
      };
      const [batchLoss, byW, byB] = [value, slopeW, slopeB].map((part) => meanOf(part, scope, batch));
      history.push(batchLoss);
      scope.w -= task.rate * byW;
      scope.b -= task.rate * byB;
      if (step % cadence === 0 || step === steps) loss = meanOf(value, scope, data);
    }
  }
  return [loss, scope.w, scope.b];
}

function landscape(task, data, units) {
  const value = compile(square);
  const loss = new Float64Array(units * gridSize);
  const at = ({ low, high }, index) => low + ((high - low) * index) / (gridSize - 1);
  for (let row = 0; row < units; row++) {
    for (let column = 0; column < gridSize; column++) {
      const scope = { w: at(gridWindow.w, column), b: at(gridWindow.b, row), x: 0, y: 0 };
      loss[row * gridSize + column] = meanOf(value, scope, data);
    }
  }
  return [loss[0], loss[gridSize - 1], loss[3 * gridSize + 57]];
}

function rosenbrock({ rate }, data, units) {
  const [value, slopeP, slopeQ] = compiled('(1 - p)^2 + 100 * (q - p^2)^2', ['p', 'q']);
  const scope = { p: -1.2, q: 1 };
  const history = [];
  for (let step = 0; step < units; step++) {
    history.push(value.evaluate(scope));
    const [byP, byQ] = [slopeP.evaluate(scope), slopeQ.evaluate(scope)];
    scope.p -= rate * byP;
    scope.q -= rate * byQ;
  }
  return [value.evaluate(scope), scope.p, scope.q];
}
