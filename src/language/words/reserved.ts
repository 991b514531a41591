import { definitionOf } from './terms.ts';
import type { ReservedWord, Word } from './word.ts';

const bowl = ['parameters x = 8, y = 3', 'loss = x^2 + 2 * y^2', 'learning_rate = 0.1', 'steps = 40'];
const points = [
  'data = table(x: [1, 2, 3, 4], y: [2, 4, 5, 9])',
  'parameters w = 0, b = 0',
  'prediction = w * x + b',
  'loss = mse(prediction, y)',
  'learning_rate = 0.05',
];

function cell(...lines: readonly string[]): string {
  return lines.join('\n');
}

const clipped = cell(
  ...bowl,
  'for each step:',
  '    gradient  = where(gradient_norm > 1, gradient / gradient_norm, gradient)     # clipping',
  '    parameter = parameter - learning_rate * gradient',
);

const decayed = cell(...bowl.slice(0, 2), 'learning_rate = 0.4 * (1 - (step - 1) / steps)', 'steps = 40');

/** The words that begin a statement other than `name = value`. */
export const keywords: readonly Word[] = [
  {
    name: 'parameters',
    signature: 'parameters name = start, ...',
    documentation:
      'The parameters: the knobs of the model, the numbers that training changes, each with the value it starts at. A start is a number, a formula that is one number, a draw (`normal`, `uniform`), or a list of starts for a sweep.',
    example: cell(
      'parameters x = [-2, 2], y = 1',
      'loss = (x^2 - 1)^2 + 0.3 * x + y^2',
      'learning_rate = 0.05',
      'steps = 60',
    ),
  },
  {
    name: 'for each step:',
    signature: 'for each step:',
    documentation:
      'The loop of gradient descent, spelled out: the indented lines run at every step, once for each parameter. Left out, the update is that of `optimizer`. A name assigned here, other than `parameter` and `gradient`, is a memory that every parameter has for itself; it starts at 0, or at the constant of the same name above the block.',
    example: cell(
      ...bowl,
      'for each step:',
      '    gradient  = slope(loss)                             # one partial derivative for each parameter',
      '    parameter = parameter - learning_rate * gradient    # the nudge',
    ),
  },
  {
    name: 'check',
    signature: 'check comparison',
    documentation:
      'An exercise: a comparison that is judged when the run has ended, and shown as passed or not. A comment on its line is its label. In a sweep every run must pass.',
    example: cell(...points, 'steps = 60', 'check loss < 0.5                            # a close fit'),
  },
];

/** The names that a line of `for each step:` may assign besides memories. */
export const updateTargets: ReadonlySet<string> = new Set(['parameter', 'gradient']);

/** Names with a value of their own, each with the places where formulas may use it. */
export const reserved: readonly ReservedWord[] = [
  {
    name: 'pi',
    signature: 'pi',
    places: [],
    documentation: 'The ratio of a circle to its diameter, 3.14159...',
    example: cell(
      'parameters x = 2',
      'loss = 1 - cos(2 * pi * x) + x^2',
      'learning_rate = 0.01',
      'steps = 60',
    ),
  },
  {
    name: 'parameter',
    signature: 'parameter',
    places: ['update'],
    documentation:
      'The parameter that the line is run for: `for each step:` runs once for each of them. What is assigned to it is its value after the step.',
    example: cell(...bowl, 'for each step:', '    parameter = parameter - learning_rate * gradient'),
  },
  {
    name: 'gradient',
    signature: 'gradient',
    places: ['update'],
    documentation: `The gradient: ${definitionOf('gradient')}. At every step it begins as \`slope(loss)\`, and it may be changed, for instance clipped.`,
    example: clipped,
  },
  {
    name: 'gradient_norm',
    signature: 'gradient_norm',
    places: ['update'],
    documentation:
      'The length of the whole gradient, over all parameters: the root of the sum of their squares.',
    example: clipped,
  },
  {
    name: 'step',
    signature: 'step',
    places: ['update', 'schedule'],
    documentation: 'Which update this is: 1 for the first.',
    example: decayed,
  },
  {
    name: 'epoch',
    signature: 'epoch',
    places: ['update', 'schedule'],
    documentation: `Which epoch this is: 1 for the first. An epoch is ${definitionOf('epoch')}; with full batches it is one step.`,
    example: cell(...points.slice(0, 4), 'learning_rate = 0.05 / epoch', 'batch_size = 2', 'epochs = 10'),
  },
  {
    name: 'diverged',
    signature: 'diverged',
    places: ['check'],
    documentation:
      '1 where the run met a number that is not finite, else 0. A run that diverged passes only checks that mention it.',
    example: cell(
      'parameters x = 1',
      'loss = x^4',
      'learning_rate = 10',
      'steps = 60',
      'check diverged == 1',
    ),
  },
  {
    name: 'steps_taken',
    signature: 'steps_taken',
    places: ['check'],
    documentation: 'How many updates the run made.',
    example: cell(
      'parameters x = 8, y = 3',
      'loss = 1 + x^2 + 2 * y^2',
      ...bowl.slice(2),
      'patience = 3',
      'check steps_taken < 40',
    ),
  },
  {
    name: 'epochs_taken',
    signature: 'epochs_taken',
    places: ['check'],
    documentation: 'How many passes through the training examples the run made.',
    example: cell(...points, 'batch_size = 2', 'epochs = 10', 'check epochs_taken == 10'),
  },
  {
    name: 'validation_loss',
    signature: 'validation_loss',
    places: ['check'],
    documentation: 'The loss on the rows that `validation` kept from training, at the end of the run.',
    example: cell(...points, 'steps = 60', 'validation = 0.25', 'check validation_loss < 10'),
  },
];
