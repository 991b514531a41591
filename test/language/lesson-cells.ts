/** The columns of the houses' data file. */
export const houseColumns = ['sqft', 'beds', 'baths', 'price'];

const line = `data   = "houses.csv"                       # columns: sqft, beds, baths, price
size   = sqft / 1000                        # thousand square feet
cost   = price / 1000                       # thousand dollars

parameters w = 0, b = 0                     # the two knobs, and where they start
prediction = w * size + b                   # forward pass
loss       = mean((prediction - cost)^2)    # one number, smaller is better
`;

const bowl = `parameters x = 10, y = 1
loss = 0.005 * x^2 + 0.5 * y^2
`;

/** Cells of the lesson and of the language's description, all of which must read without any problem. */
export const lessonCells: ReadonlyMap<string, string> = new Map([
  ['first cell', `${line}\nlearning_rate = 0.1\nsteps = 60\n`],
  ['hand fit', `${line.replace('w = 0, b = 0', 'w = 100, b = 50')}steps = 0\ncheck loss < 7200\n`],
  [
    'spelled out',
    `${line}learning_rate = 0.1\nsteps = 60\nfor each step:\n    gradient  = slope(loss)                             # one partial derivative for each parameter\n    parameter = parameter - learning_rate * gradient    # the nudge\n`,
  ],
  [
    'uphill',
    `${line}learning_rate = 0.1\nsteps = 20\nfor each step:\n    parameter = parameter + learning_rate * gradient`,
  ],
  ['sweep', `${line}learning_rate = [0.001, 0.1, 0.24]\nsteps = 60`],
  [
    'raw feet',
    'data = "houses.csv"\ncost = price / 1000\nparameters w = 0, b = 0\nprediction = w * sqft + b\nloss = mse(prediction, cost)\nlearning_rate = 2e-4\nprecision = [float64, float32]\nsteps = 60',
  ],
  [
    'standardised',
    `${line.replace('sqft / 1000', '(sqft - mean(sqft)) / std(sqft)')}learning_rate = [0.3, 0.5]\nsteps = 20`,
  ],
  ['batch sizes', `${line}learning_rate = 0.01\nepochs = 3\nbatch_size = [1, 8, 32, all]`],
  [
    'noise and its cure',
    `${line}learning_rate = 0.05 * (1 - (step - 1) / steps)\nbatch_size = 8\nepochs = 10\nseed = [0, 1, 2, 3]\ncheck loss < 7070`,
  ],
  ['patience', `${line}learning_rate = 0.1\npatience = 10\nsteps = 300`],
  ['warm-up', `${line}learning_rate = 0.2 * min(1, step / 20)\nsteps = 100`],
  [
    'logistic',
    'data = "houses.csv"\nsize = sqft / 1000\ncost = price / 1000\nparameters w = 0, b = 0\ntruth = cost > 220\nprediction = sigmoid(w * (size - 1.5) + b)\nloss = binary_cross_entropy(prediction, truth)\nlearning_rate = 5\nsteps = 100',
  ],
  [
    'double well',
    'parameters x = [-2, 2, 2], y = 1             # double well\nloss = (x^2 - 1)^2 + 0.3 * x + y^2\nlearning_rate = [0.05, 0.05, 0.1]\nsteps = 60',
  ],
  [
    'plateau',
    'parameters x = [1, 4, 10]\nloss = x^2 / (1 + x^2)\nlearning_rate = 0.5\nsteps = 150\npatience = 20',
  ],
  [
    'outlier',
    'data = table(x: [1, 2, 3, 4, 5, 6, 7, 8], y: [2, 4, 6, 8, 10, 12, 14, 60])\nparameters w = 0\nprediction = w * x\nloss = [mse(prediction, y), mae(prediction, y)]\nlearning_rate = [0.01, 0.002]\nsteps = 600',
  ],
  [
    'naive log loss',
    'data = table(x: [1, 2, 3, 4], y: [0, 0, 1, 1])\nparameters w = 0, b = 0\np = sigmoid(w * x + b)\nloss = -mean(y * log(p) + (1 - y) * log(1 - p))\nlearning_rate = [1, 10, 60]\nsteps = 60',
  ],
  [
    'slipped decimal point',
    'data = table(size: [0.8, 1.2, 1.4, 1.5, 1.7, 2.0, 2.4, 31.0], cost: [120, 170, 200, 210, 250, 290, 340, 440])\nparameters w = 0, b = 0\nloss = mse(w * size + b, cost)\nlearning_rate = 0.1\nsteps = 60\ncheck loss < 60',
  ],
  [
    'optimizer race',
    `${bowl}optimizer     = [sgd, momentum, nesterov, adagrad, rmsprop, adam]\nlearning_rate = [1.9, 0.5, 0.5, 2, 0.1, 0.5]\nsteps = 100`,
  ],
  [
    'momentum spelled out',
    `${bowl}learning_rate = 0.5\nfor each step:\n    velocity  = 0.9 * velocity + gradient\n    parameter = parameter - learning_rate * velocity\n`,
  ],
  [
    'all inside the block',
    'data = "houses.csv"\nsize = sqft / 1000\ncost = price / 1000\nparameters w = 0, b = 0\nlearning_rate = 0.1\nfor each step:\n    prediction = w * size + b\n    error = prediction - cost\n    loss = mean(error^2)\n    gradient = slope(loss)\n    parameter = parameter - learning_rate * gradient\n',
  ],
  ['landscape', `${line}learning_rate = 0.1\nlandscape = [w: -50..300, b: -100..150]\n`],
  ['schedule through a name', `${bowl}progress = (step - 1) / steps\nlearning_rate = 1.9 * (1 - progress)\n`],
  [
    'drawn starts',
    'parameters w = normal(0, 1), b = [uniform(-1, 1), 0.5]\nloss = w^2 + b^2\nlearning_rate = 0.1',
  ],
  ['training log', 'training_log = "runs/trainer_state.json"  # made elsewhere'],
]);
