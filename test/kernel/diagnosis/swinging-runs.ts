import { run, type LabelledRun } from './labelled-run.ts';
import { bowl, line, ravine, rawFeet, withMomentum } from './models.ts';

const years = `data = table(year: [2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008], cost: [10, 12, 13, 15, 18, 19, 21, 24])
parameters w = 0, b = 0
prediction = w * year + b
loss = mse(prediction, cost)
`;
const nearlyConstant = `data = table(t: [1.01, 1.02, 1.03, 1.04, 1.05, 1.06], cost: [10, 12, 13, 15, 18, 19])
parameters w = 0, b = 0
prediction = w * t + b
loss = mse(prediction, cost)
`;
const tensOfFeet = `data = "houses.csv"
cost = price / 1000
parameters w = 0, b = 0
prediction = w * (sqft / 10) + b
loss = mse(prediction, cost)
`;
const rosenbrock = `parameters x = -1.2, y = 1
loss = (1 - x)^2 + 100 * (y - x^2)^2
`;

const scale = (condition: 'oscillating' | 'crawling', name: string, ...cell: readonly string[]) =>
  run(condition, 'feature-scale', name, ...cell);

/** Runs in valleys that the scale of a feature makes long. */
const stretchedRuns: readonly LabelledRun[] = [
  scale('oscillating', 'raw square feet just below the limit', rawFeet, 'learning_rate = 2.9e-7\nsteps = 60'),
  scale('oscillating', 'raw square feet at the limit', rawFeet, 'learning_rate = 2.98e-7\nsteps = 60'),
  scale(
    'oscillating',
    'raw square feet with momentum',
    rawFeet,
    'optimizer = momentum\nlearning_rate = 2.9e-7\nsteps = 60',
  ),
  scale('oscillating', 'years just below the limit', years, 'learning_rate = 2.48e-7\nsteps = 100'),
  scale('crawling', 'years', years, 'learning_rate = 2e-7\nsteps = 100'),
  scale('crawling', 'a feature that hardly varies', nearlyConstant, 'learning_rate = 0.4\nsteps = 100'),
  scale('crawling', 'a feature too small', line.replace('1000', '1e6'), 'learning_rate = 0.5\nsteps = 100'),
  scale('crawling', 'a factor between', tensOfFeet, 'learning_rate = 2.5e-5\nsteps = 60'),
  scale('crawling', 'raw square feet for long', rawFeet, 'learning_rate = 2.9e-7\nsteps = 600'),
];

const swings = (name: string, ...cell: readonly string[]) => run('oscillating', 'momentum', name, ...cell);

/** Runs that their momentum carries to and fro, and those that had swung long enough. */
const momentumRuns: readonly LabelledRun[] = [
  ...[0.2, 0.3, 0.4, 0.44].map((rate) =>
    swings(`heavy ball at ${rate}`, line, `optimizer = momentum\nlearning_rate = ${rate}\nsteps = 60`),
  ),
  swings('heavy ball in a ravine', ravine, 'optimizer = momentum\nlearning_rate = 3\nsteps = 60'),
  swings('a velocity that hardly fades', ravine, 'learning_rate = 0.5\nsteps = 100\n', withMomentum('0.99')),
  swings('Nesterov just below its limit', line, 'optimizer = nesterov\nlearning_rate = 0.16\nsteps = 60'),
  ...[0.001, 0.005, 0.01, 0.05, 0.1].map((rate) =>
    run(
      'healthy',
      undefined,
      `heavy ball at ${rate}`,
      line,
      `optimizer = momentum\nlearning_rate = ${rate}\nsteps = 60`,
    ),
  ),
  ...[0.05, 0.2, 0.4].map((rate) =>
    run(
      'settled',
      undefined,
      `heavy ball at ${rate}, for long`,
      line,
      `optimizer = momentum\nlearning_rate = ${rate}\nsteps = 200`,
    ),
  ),
];

/** Optimizers that scale their steps, around rates that are too large for them. */
const adaptiveRuns: readonly LabelledRun[] = [
  ...[500, 2000, 10_000].map((rate) =>
    run(
      'oscillating',
      'learning-rate',
      `Adam at ${rate}`,
      line,
      `optimizer = adam\nlearning_rate = ${rate}\nsteps = 60`,
    ),
  ),
  run(
    'oscillating',
    'learning-rate',
    'Adam thrown above its start',
    ravine,
    'optimizer = adam\nlearning_rate = 100\nsteps = 60',
  ),
  run('healthy', undefined, 'Adam at 5', line, 'optimizer = adam\nlearning_rate = 5\nsteps = 60'),
  run('healthy', undefined, 'Adam at 100', line, 'optimizer = adam\nlearning_rate = 100\nsteps = 60'),
  run(
    'settled',
    undefined,
    'Adam at 200, for long',
    line,
    'optimizer = adam\nlearning_rate = 200\nsteps = 200',
  ),
  run(
    'settled',
    undefined,
    'Adam over a hill',
    'parameters x = 0, y = -3\nloss = (x^2 + y - 11)^2 + (x + y^2 - 7)^2\noptimizer = adam\nlearning_rate = 0.5\nsteps = 100',
  ),
  run(
    'spikes',
    'learning-rate',
    'RMSprop kicked',
    line,
    'optimizer = rmsprop\nlearning_rate = 20\nsteps = 200',
  ),
  run(
    'spikes',
    'learning-rate',
    'RMSprop still up',
    line,
    'optimizer = rmsprop\nlearning_rate = 50\nsteps = 200',
  ),
  run(
    'spikes',
    'learning-rate',
    'RMSprop in a ravine',
    ravine,
    'optimizer = rmsprop\nlearning_rate = 0.3\nsteps = 200',
  ),
  ...[1, 10].map((rate) =>
    run(
      'settled',
      undefined,
      `RMSprop at ${rate}, as good as 0`,
      ravine,
      `optimizer = rmsprop\nlearning_rate = ${rate}\nsteps = 200`,
    ),
  ),
  run(
    'oscillating',
    'learning-rate',
    'RMSprop along the valley of Rosenbrock',
    rosenbrock,
    'optimizer = rmsprop\nlearning_rate = 0.01\nsteps = 1000',
  ),
  run('settled', undefined, 'Adagrad', bowl, 'optimizer = adagrad\nlearning_rate = 5\nsteps = 100'),
];

/** Runs that jump from side to side or swing, why, and others like them that are well. */
export const swingingRuns: readonly LabelledRun[] = [...stretchedRuns, ...momentumRuns, ...adaptiveRuns];
