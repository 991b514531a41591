import type { FunctionParameter, FunctionShape, FunctionWord } from './word.ts';

const points = 'data = table(x: [1, 2, 3, 4], y: [2, 4, 5, 9])';
const line = ['parameters w = 0, b = 0', 'prediction = w * x + b'];
const descent = ['learning_rate = 0.05', 'steps = 60'];

const value: FunctionParameter = { name: 'x', documentation: 'A number, or one value an example.' };
const values: FunctionParameter = { name: 'values', documentation: 'One value an example.' };
const prediction: FunctionParameter = { name: 'prediction', documentation: 'What the model says.' };
const truth: FunctionParameter = { name: 'truth', documentation: 'What it should have said.' };

function word(
  shape: FunctionShape,
  name: string,
  parameters: readonly FunctionParameter[],
  documentation: string,
  example: readonly string[],
  more: { required?: number; variadic?: boolean; aliasOf?: string } = {},
): FunctionWord {
  const { required = parameters.length, variadic = false } = more;
  const names = parameters.map((parameter) => parameter.name).join(', ');
  return {
    name,
    shape,
    parameters,
    required,
    variadic,
    signature: `${name}(${names}${variadic ? ', ...' : ''})`,
    documentation,
    example: example.join('\n'),
    ...(more.aliasOf === undefined ? {} : { aliasOf: more.aliasOf }),
  };
}

/** A function that makes one number out of one value an example. */
function reduction(name: string, documentation: string, example: readonly string[]): FunctionWord {
  return word('reduction', name, [values], documentation, example);
}

/** A curve in one parameter, descended from a start. */
function curve(loss: string, start = '3'): string[] {
  return [`parameters x = ${start}`, `loss = ${loss}`, 'learning_rate = 0.1', 'steps = 60'];
}

function elementwise(name: string, documentation: string, example: readonly string[]): FunctionWord {
  return word('elementwise', name, [value], documentation, example);
}

const reductions: readonly FunctionWord[] = [
  reduction(
    'mean',
    'The average over the examples: of one value an example it makes one number. Of one number it is that number.',
    [points, ...line, 'loss = mean((prediction - y)^2)', ...descent],
  ),
  reduction(
    'sum',
    'The sum over the examples. Unlike `mean` it grows with the number of examples, and so does its gradient: a learning rate that suits one data set does not suit one twice as long.',
    [points, ...line, 'loss = sum((prediction - y)^2)', 'learning_rate = 0.01', 'steps = 60'],
  ),
  reduction(
    'std',
    "The standard deviation over the examples, as NumPy's: the root of the mean squared distance from the mean. Of one number it is 0.",
    [
      points,
      'size = (x - mean(x)) / std(x)               # standardised',
      'parameters w = 0, b = 0',
      'loss = mse(w * size + b, y)',
      'learning_rate = 0.3',
      'steps = 20',
    ],
  ),
  reduction('count', 'How many examples there are. Of one number it is 1.', [
    points,
    ...line,
    'loss = sum((prediction - y)^2) / count(y)   # the mean, spelled out',
    ...descent,
  ]),
];

function extreme(name: 'min' | 'max', which: string, example: readonly string[]): FunctionWord {
  const documentation = `With one argument the ${which} value over the examples; with two or more the ${which} of them, for every example. Where several are equal, they share the derivative equally.`;
  const parameters = [value, { name: 'y', documentation: 'Another number, or one value an example.' }];
  return word('extreme', name, parameters, documentation, example, { required: 1, variadic: true });
}

const extremes: readonly FunctionWord[] = [
  extreme('min', 'least', [
    ...curve('x^2').slice(0, 2),
    'learning_rate = 0.4 * min(1, step / 20)     # warm-up',
    'steps = 40',
  ]),
  extreme('max', 'greatest', curve('max(x, -x, 0.5)')),
];

const elementwiseFunctions: readonly FunctionWord[] = [
  elementwise('abs', 'The absolute value, without its sign. Its derivative at 0 is 0.', curve('abs(x)')),
  elementwise(
    'exp',
    'e to the power of the argument. Above about 709 the result is infinite.',
    curve('exp(x) - 2 * x', '2'),
  ),
  elementwise(
    'log',
    'The natural logarithm. Of 0 it is minus infinity, of a negative number not a number (NaN): a usual way for a loss to break.',
    curve('x - log(x)'),
  ),
  elementwise(
    'sqrt',
    'The square root. Of a negative number it is not a number (NaN); its slope at 0 is infinite.',
    curve('sqrt(1 + x^2)'),
  ),
  elementwise('sin', 'The sine of an angle in radians.', curve('sin(x) + 0.1 * x^2')),
  elementwise('cos', 'The cosine of an angle in radians.', curve('cos(x) + 0.1 * x^2')),
  elementwise('tan', 'The tangent of an angle in radians.', curve('tan(x)^2', '1')),
  elementwise(
    'tanh',
    'The hyperbolic tangent: squeezes every number into the range from -1 to 1. The classic bend of a small neural network.',
    [
      'data = table(x: [-2, -1, 0, 1, 2], y: [-1, -0.9, 0.1, 0.9, 1])',
      'parameters w = 0.1, b = 0',
      'prediction = tanh(w * x + b)',
      'loss = mse(prediction, y)',
      'learning_rate = 0.5',
      'steps = 100',
    ],
  ),
  elementwise(
    'sigmoid',
    '1 / (1 + exp(-x)): squeezes every number into the range from 0 to 1, so that it can be read as a probability.',
    [
      'data = table(x: [1, 2, 3, 4], y: [0, 0, 1, 1])',
      'parameters w = 0, b = 0',
      'prediction = sigmoid(w * x + b)',
      'loss = binary_cross_entropy(prediction, y)',
      'learning_rate = 1',
      'steps = 60',
    ],
  ),
  elementwise(
    'relu',
    'The number itself where it is positive, else 0. Its derivative at 0 is 0. The usual bend of large neural networks.',
    [
      points,
      'parameters w = 1, b = 0',
      'prediction = relu(w * x + b)',
      'loss = mse(prediction, y)',
      ...descent,
    ],
  ),
  elementwise(
    'softplus',
    'log(1 + exp(x)): a `relu` with a rounded corner. Above 20 it is x itself.',
    curve('softplus(x) - 0.5 * x'),
  ),
  word(
    'elementwise',
    'where',
    [
      { name: 'condition', documentation: 'A comparison, or any number: 0 is no, all else is yes.' },
      { name: 'a', documentation: 'The value where the condition holds.' },
      { name: 'b', documentation: 'The value where it does not.' },
    ],
    'One of two values, for every example. Only the chosen one is evaluated and differentiated, so that the other may be infinite.',
    curve('where(x < 0, x^2, 3 * x^2)'),
  ),
];

const losses: readonly FunctionWord[] = [
  word(
    'loss',
    'mse',
    [prediction, truth],
    'Mean squared error: the mean of `(prediction - truth)^2`. Squaring makes over and under both count, and punishes big misses harder than small ones.',
    [points, ...line, 'loss = mse(prediction, y)', ...descent],
  ),
  word(
    'loss',
    'mae',
    [prediction, truth],
    'Mean absolute error: the mean of `abs(prediction - truth)`. A big miss counts no more than its size, so that one outlier cannot pull the whole line.',
    [points, ...line, 'loss = mae(prediction, y)', ...descent],
  ),
  word(
    'loss',
    'huber',
    [
      prediction,
      truth,
      { name: 'delta', documentation: 'From which miss on it is straight; 1 if left out.' },
    ],
    'Huber loss: squared (and halved) for misses below `delta`, straight above. Smooth at the bottom as `mse`, calm about outliers as `mae`.',
    [points, ...line, 'loss = huber(prediction, y, 2)', ...descent],
    { required: 2 },
  ),
  ...(['binary_cross_entropy', 'cross_entropy'] as const).map((name) =>
    word(
      'loss',
      name,
      [
        { name: 'probability', documentation: 'The probability that the model gives to a yes, from 0 to 1.' },
        { name: 'truth', documentation: '1 for yes, 0 for no.' },
      ],
      name === 'cross_entropy'
        ? 'Another name of `binary_cross_entropy`.'
        : 'How surprised one is by the truth, given the probability that the model gave to it: the mean of `-log(probability)` where the truth is yes, and of `-log(1 - probability)` where it is no. Logarithms are kept above -100; a probability outside 0 to 1 gives not a number (NaN).',
      [
        'data = table(x: [1, 2, 3, 4], y: [0, 0, 1, 1])',
        'parameters w = 0, b = 0',
        `loss = ${name}(sigmoid(w * x + b), y)`,
        'learning_rate = 1',
        'steps = 60',
      ],
      name === 'cross_entropy' ? { aliasOf: 'binary_cross_entropy' } : {},
    ),
  ),
];

const others: readonly FunctionWord[] = [
  word(
    'slope',
    'slope',
    [{ name: 'loss', documentation: 'Always `loss`.' }],
    'The gradient of the loss: for each parameter the partial derivative, how fast the loss grows when this parameter alone grows. It stands in `for each step:` only.',
    [
      ...curve('x^2').slice(0, 2),
      'learning_rate = 0.1',
      'steps = 30',
      'for each step:',
      '    gradient  = slope(loss)',
      '    parameter = parameter - learning_rate * gradient',
    ],
  ),
  word(
    'draw',
    'normal',
    [
      { name: 'mean', documentation: 'The centre of the distribution.' },
      { name: 'deviation', documentation: 'Its standard deviation.' },
    ],
    'A start drawn from the normal distribution. The `seed` decides which; the same seed draws the same numbers for ever.',
    [
      'parameters x = normal(0, 2), y = normal(0, 2)',
      'loss = x^2 + 3 * y^2',
      'seed = [0, 1, 2]',
      'learning_rate = 0.1',
      'steps = 30',
    ],
  ),
  word(
    'draw',
    'uniform',
    [
      { name: 'low', documentation: 'The least value.' },
      { name: 'high', documentation: 'The greatest value.' },
    ],
    'A start drawn evenly between two numbers. The `seed` decides which; the same seed draws the same numbers for ever.',
    [
      'parameters x = uniform(-3, 3)',
      'loss = x^2 + sin(5 * x)',
      'seed = [0, 1, 2, 3]',
      'learning_rate = 0.02',
      'steps = 60',
    ],
  ),
];

/** All functions that may stand before a bracket. */
export const functions: readonly FunctionWord[] = [
  ...reductions,
  ...extremes,
  ...elementwiseFunctions,
  ...losses,
  ...others,
];
