import { mostSteps, optimizerNames } from '../../kernel/index.ts';
import { definitionOf } from './terms.ts';
import type { Setting } from './word.ts';

const houses = ['data = "houses.csv"', 'size = sqft / 1000', 'cost = price / 1000'];
const start = 'parameters w = 0, b = 0';
const model = ['prediction = w * size + b', 'loss = mean((prediction - cost)^2)'];
const greatestSeed = 2 ** 32 - 1;

/** The settings that take whole numbers. */
export type WholeSetting = 'steps' | 'epochs' | 'batch_size' | 'seed' | 'patience';

/** The least and the greatest whole number that a setting takes. */
export const wholeRanges: Readonly<Record<WholeSetting, readonly [least: number, most: number]>> = {
  steps: [0, mostSteps],
  epochs: [0, mostSteps],
  batch_size: [1, mostSteps],
  seed: [0, greatestSeed],
  patience: [1, mostSteps],
};

function cell(...lines: readonly string[]): string {
  return lines.join('\n');
}

function houseCell(...lines: readonly string[]): string {
  return cell(...houses, start, ...model, ...lines);
}

/** The names with a meaning: each is set once in a cell, by `name = value`. */
export const settings: readonly Setting[] = [
  {
    name: 'data',
    signature: 'data = "file.csv"',
    whenLeftOut: 'no data: the loss is a function of the parameters alone',
    suggestion: '"houses.csv"',
    sweeps: false,
    documentation:
      'The examples to learn from: a CSV file beside or below the notebook, or a small table written here. Its columns become names; a column whose name has spaces or clashes with another is written in backticks.',
    example: cell(
      'data = table(size: [1, 1.5, 2, 2.5], price: [150, 230, 280, 370])',
      start,
      'prediction = w * size + b',
      'loss = mse(prediction, price)',
      'learning_rate = 0.1',
      'steps = 60',
    ),
  },
  {
    name: 'loss',
    signature: 'loss = formula',
    whenLeftOut: 'required',
    suggestion: 'mean((prediction - ${1:truth})^2)',
    sweeps: true,
    documentation: `The loss function: it ${definitionOf('loss function')}. Training looks for the parameters that make it smallest.`,
    example: houseCell('learning_rate = 0.1', 'steps = 60'),
  },
  {
    name: 'prediction',
    signature: 'prediction = formula',
    whenLeftOut: 'no fit is drawn',
    suggestion: 'w * ${1:x} + b',
    sweeps: true,
    documentation:
      'The forward pass: what the model, with its present parameters, says for every example. The figure draws it against the truth.',
    example: houseCell('learning_rate = 0.1', 'steps = 0'),
  },
  {
    name: 'truth',
    signature: 'truth = formula',
    whenLeftOut: 'what `prediction` is compared with in `loss`',
    suggestion: '${1:cost}',
    sweeps: true,
    documentation:
      'What the prediction should have been, for every example. It is seldom needed: left out, it is what `loss` subtracts from `prediction`.',
    example: cell(
      ...houses,
      start,
      'truth = cost > 220                          # is the house expensive?',
      'prediction = sigmoid(w * (size - 1.5) + b)',
      'loss = binary_cross_entropy(prediction, truth)',
      'learning_rate = 5',
      'steps = 100',
    ),
  },
  {
    name: 'learning_rate',
    signature: 'learning_rate = number or schedule',
    whenLeftOut: 'required when `steps` is not 0',
    suggestion: '${1:0.1}',
    places: ['update'],
    sweeps: true,
    documentation: `The learning rate: ${definitionOf('learning rate')}. Too small, and training crawls; too large, and it jumps across the valley, bounces, or flies off to infinity. It may be a schedule, a formula of \`step\`, \`epoch\`, \`steps\`, \`epochs\` and \`batch_size\`.`,
    example: houseCell(
      'learning_rate = [0.001, 0.1, 0.24]          # crawls, learns, explodes',
      'steps = 60',
    ),
  },
  {
    name: 'optimizer',
    signature: 'optimizer = name',
    whenLeftOut: '`sgd`',
    suggestion: '${1|sgd,momentum,nesterov,adagrad,rmsprop,adam|}',
    words: optimizerNames,
    sweeps: true,
    documentation:
      'How the gradient becomes a step, by name. Each name stands for an update that `for each step:` can spell out; definitions and defaults are those of PyTorch.',
    example: cell(
      'parameters x = 10, y = 1',
      'loss = 0.005 * x^2 + 0.5 * y^2',
      'optimizer     = [sgd, momentum, nesterov, adagrad, rmsprop, adam]',
      'learning_rate = [1.9, 0.5, 0.5, 2, 0.1, 0.5]',
      'steps = 100',
    ),
  },
  {
    name: 'steps',
    signature: 'steps = whole number',
    whenLeftOut: '100, or `epochs = 3` where `batch_size` is set',
    suggestion: '${1:60}',
    places: ['schedule', 'update'],
    sweeps: true,
    documentation:
      'How many updates the run makes. `steps = 0` makes none: it shows the start and the landscape around it. In a schedule it is their number.',
    example: houseCell('learning_rate = 0.1', 'steps = [20, 60]'),
  },
  {
    name: 'epochs',
    signature: 'epochs = whole number',
    whenLeftOut: '3 where `batch_size` is set, else `steps = 100`',
    suggestion: '${1:3}',
    places: ['schedule', 'update'],
    sweeps: true,
    documentation: `How many epochs the run makes. An epoch is ${definitionOf('epoch')}: with minibatches as many updates as there are batches. It stands in place of \`steps\`.`,
    example: houseCell('learning_rate = 0.01', 'batch_size = 8', 'epochs = 3'),
  },
  {
    name: 'batch_size',
    signature: 'batch_size = whole number, or all',
    words: ['all'],
    whenLeftOut: '`all`',
    suggestion: '${1:8}',
    places: ['schedule', 'update'],
    sweeps: true,
    documentation: `How many examples a minibatch has: ${definitionOf('minibatch')}. The examples are shuffled at the start of every epoch and walked through in such groups; the last group may be smaller. The estimate is noisy and cheap; \`all\` is exact.`,
    example: houseCell('learning_rate = 0.01', 'batch_size = [1, 8, 32, all]', 'epochs = 3'),
  },
  {
    name: 'seed',
    signature: 'seed = whole number',
    whenLeftOut: '`0`',
    suggestion: '${1:0}',
    sweeps: true,
    documentation:
      'The number from which all chance of the cell comes: drawn starts, the shuffle of the minibatches, the rows kept for validation. The same seed gives the same run for ever.',
    example: houseCell('learning_rate = 0.05', 'batch_size = 8', 'epochs = 3', 'seed = [0, 1, 2, 3]'),
  },
  {
    name: 'precision',
    signature: 'precision = float64 or float32',
    words: ['float64', 'float32'],
    whenLeftOut: '`float64`',
    suggestion: '${1|float64,float32|}',
    sweeps: true,
    documentation:
      'How many digits numbers have while the cell runs: `float64` about 16, up to 1.8e308; `float32` about 7, up to 3.4e38, as most large models are trained.',
    example: cell(
      'data = "houses.csv"',
      start,
      'prediction = w * sqft + b',
      'loss = mse(prediction, price / 1000)',
      'learning_rate = 2e-4                        # far too much for raw square feet',
      'steps = 60',
      'precision = [float64, float32]',
    ),
  },
  {
    name: 'patience',
    signature: 'patience = whole number',
    whenLeftOut: 'run to the end',
    suggestion: '${1:10}',
    sweeps: true,
    documentation:
      'Stops the run when the loss (that of validation, where there is one) has not become better by more than a ten-thousandth of its best for so many steps, or epochs with minibatches. The last parameters are kept.',
    example: houseCell('learning_rate = 0.1', 'steps = 300', 'patience = 10'),
  },
  {
    name: 'validation',
    signature: 'validation = share of the rows',
    whenLeftOut: 'no rows are kept back',
    suggestion: '${1:0.2}',
    sweeps: true,
    documentation:
      'The share of the rows that training never sees, such as `0.2`. The loss on them tells whether the model has learnt something general or only these examples. The `seed` decides which rows they are.',
    example: houseCell('learning_rate = 0.1', 'steps = 60', 'validation = 0.2'),
  },
  {
    name: 'landscape',
    signature: 'landscape = [parameter: low..high, parameter: low..high]',
    whenLeftOut: 'the first two parameters, with a window that shows start, path and minimum',
    suggestion: '[${1:w}, ${2:b}]',
    sweeps: false,
    documentation:
      'The parameters that the map of the loss has as its axes, and the window it shows. One parameter alone draws a curve.',
    example: houseCell('learning_rate = 0.1', 'steps = 60', 'landscape = [w: -50..300, b: -100..150]'),
  },
  {
    name: 'training_log',
    signature: 'training_log = "file"',
    whenLeftOut: '',
    suggestion: '"${1:trainer_state.json}"',
    sweeps: false,
    documentation:
      'In place of an experiment: the curves of a run that was made elsewhere, read from its log, and what they show. The logs of the Hugging Face Trainer, Lightning, Keras, TensorBoard, nanoGPT and llm.c are told by their content; the figure follows the file as it grows. Nothing else stands in the cell.',
    example: 'training_log = "trainer_state.json"',
  },
];

/** The settings that are formulas as well as settings: other formulas may use their names. */
export const formulaSettings: ReadonlySet<string> = new Set(['loss', 'prediction', 'truth']);
