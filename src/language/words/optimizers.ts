import type { OptimizerName } from '../../kernel/index.ts';
import { definitionOf } from './terms.ts';
import type { OptimizerWord } from './word.ts';

function optimizer(
  name: OptimizerName,
  learningRate: string,
  documentation: string,
  update: readonly string[],
): OptimizerWord {
  const example = [
    '# a ravine: steep in y, nearly flat in x',
    'parameters x = 10, y = 1',
    'loss = 0.005 * x^2 + 0.5 * y^2',
    `optimizer = ${name}`,
    `learning_rate = ${learningRate}`,
    'steps = 100',
  ].join('\n');
  return { name, signature: `optimizer = ${name}`, documentation, example, update };
}

/**
 * The named optimizers, each the update that it stands for. Definitions and defaults are those of PyTorch's
 * `torch.optim` (SGD with dampening 0, Adagrad, RMSprop, Adam), without weight decay.
 */
export const optimizers: readonly OptimizerWord[] = [
  optimizer(
    'sgd',
    '1.9',
    `Gradient descent as it is: ${definitionOf('gradient descent')}. With minibatches it is called stochastic gradient descent, whence the name.`,
    ['parameter = parameter - learning_rate * gradient'],
  ),
  optimizer(
    'momentum',
    '0.5',
    'Gradient descent with momentum (heavy ball): a velocity sums up the past gradients, each step fading them to 0.9. It gathers speed along a valley and evens out the zigzag across it.',
    ['velocity  = 0.9 * velocity + gradient', 'parameter = parameter - learning_rate * velocity'],
  ),
  optimizer(
    'nesterov',
    '0.5',
    "Nesterov's momentum: as `momentum`, but the step looks ahead to where the velocity will carry it, so that it overshoots less.",
    [
      'velocity  = 0.9 * velocity + gradient',
      'parameter = parameter - learning_rate * (gradient + 0.9 * velocity)',
    ],
  ),
  optimizer(
    'adagrad',
    '2',
    'Adagrad: every parameter has its own step size, which shrinks as the squares of its gradients add up. Good for features of very different scale; in the end the steps become tiny.',
    [
      'sum_of_squares = sum_of_squares + gradient^2',
      'parameter      = parameter - learning_rate * gradient / (sqrt(sum_of_squares) + 1e-10)',
    ],
  ),
  optimizer(
    'rmsprop',
    '0.1',
    'RMSprop: as Adagrad, but with a fading mean of the squared gradients (0.99 a step) in place of their sum, so that the steps do not die out.',
    [
      'mean_square = 0.99 * mean_square + (1 - 0.99) * gradient^2',
      'parameter   = parameter - learning_rate * gradient / (sqrt(mean_square) + 1e-8)',
    ],
  ),
  optimizer(
    'adam',
    '0.5',
    'Adam: momentum and RMSprop together. It divides a fading mean of the gradients (0.9) by the root of a fading mean of their squares (0.999), both corrected for having started at 0.',
    [
      'first_moment  = 0.9 * first_moment + (1 - 0.9) * gradient',
      'second_moment = 0.999 * second_moment + (1 - 0.999) * gradient^2',
      'direction     = first_moment / (1 - 0.9^step)',
      'scale         = sqrt(second_moment / (1 - 0.999^step)) + 1e-8',
      'parameter     = parameter - learning_rate * direction / scale',
    ],
  ),
];
