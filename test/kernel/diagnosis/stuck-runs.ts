import { run, type LabelledRun } from './labelled-run.ts';

const saturated = (parameters: string) => `data = table(x: [1, 2, 3, 4], y: [0, 0, 1, 1])
parameters ${parameters}
loss = mse(sigmoid(w * x + b), y)
`;
const houseClasses = (parameters: string) => `data = "houses.csv"
size = sqft / 1000
truth = price > 220000
parameters ${parameters}
prediction = sigmoid(w * size + b)
loss = mse(prediction, truth)
`;
const tea = (
  parameters: string,
) => `data = table(sugar: [-3, -2, -1, 0, 1, 2, 3], liking: [-1, -0.9, -0.7, 0.1, 0.8, 0.9, 1])
parameters ${parameters}
loss = mse(tanh(w * sugar + b), liking)
`;
const rawClasses = `data = "houses.csv"
truth = price > 220000
parameters w = 0, b = 0
prediction = sigmoid(w * sqft + b)
loss = binary_cross_entropy(prediction, truth)
`;

/** Runs on ground so flat that they do not get on, by their start or by their rate. */
export const stuckRuns: readonly LabelledRun[] = [
  ...[
    'w = -12, b = 20',
    'w = 20, b = 0',
    'w = -20, b = 0',
    'w = 5, b = 10',
    'w = 0, b = 40',
    'w = 8, b = -60',
  ].map((starts) =>
    run('plateau', undefined, `a sigmoid at ${starts}`, saturated(starts), 'learning_rate = 1\nsteps = 100'),
  ),
  ...['w = -20, b = 10', 'w = -30, b = 0'].map((starts) =>
    run('plateau', undefined, `houses at ${starts}`, houseClasses(starts), 'learning_rate = 2\nsteps = 100'),
  ),
  run('plateau', undefined, 'a tanh', tea('w = -8, b = 3'), 'learning_rate = 0.5\nsteps = 60'),
  run(
    'plateau',
    undefined,
    'a relu below 0',
    'data = table(x: [-2, -1, 0, 1, 2], y: [0, 0, 0, 1, 2])\nparameters w = -1, b = -3\nloss = mse(relu(w * x + b), y)\n',
    'learning_rate = 0.1\nsteps = 60',
  ),
  run(
    'plateau',
    'learning-rate',
    'a tanh thrown far',
    tea('w = 0, b = 0'),
    'learning_rate = 200\nsteps = 60',
  ),
  run(
    'exploding',
    'learning-rate',
    'a sigmoid thrown far',
    saturated('w = 0, b = 0'),
    'learning_rate = 50\nsteps = 100',
  ),
  run('exploding', 'feature-scale', 'raw feet thrown far', rawClasses, 'learning_rate = 0.1\nsteps = 100'),
];
