import type { FaultyCell } from './cell.ts';

/** Slips in how the update is written, and in how long it is to run. */
export const updatesCells: readonly FaultyCell[] = [
  [
    'duplicate-name',
    'parameters w = 1\n«w» = w - learning_rate*2*w\nsteps = 3',
    'parameters w = 1\nfor each step:\n    parameter = parameter - learning_rate * gradient\nsteps = 3',
  ],
  [
    'duplicate-name',
    'parameters w = 1\n«w» = w - learning_rate*2*w\noptimizer = adam',
    'parameters w = 1\noptimizer = adam',
  ],
  ['call-of-step', 'steps = 3\n«loss.backward()»', 'steps = 3'],
  ['call-of-step', 'steps = 3\n«w.grad.zero_()»  # again', 'steps = 3'],
  [
    'call-of-step',
    'for each step:\n    «optimizer.step()»\n    parameter = parameter - learning_rate * gradient',
    'for each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'block-head',
    '«repeat (1_000) steps:»\n    parameter = parameter - learning_rate * gradient',
    'steps = 1_000\nfor each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'reserved-name',
    'for each step:\n    «parameters» = parameters - learning_rate * gradient',
    'for each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'gradient-of',
    'for each step:\n    parameter = parameter - learning_rate * «w.grad»',
    'for each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'block-head',
    '«while loss > 0.1:»\n    parameter = parameter - learning_rate * gradient',
    'for each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'block-head',
    '«repeat 100:»\n    parameter = parameter - learning_rate * gradient',
    'steps = 100\nfor each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'block-head',
    '«for epoch in range(20):»\n    parameter = parameter - learning_rate * gradient',
    'epochs = 20\nfor each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'block-head',
    'steps = 3\n«repeat 100 times:»\n    parameter = parameter - learning_rate * gradient',
    'steps = 3\nfor each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  ['equals-expected', 'repeat «:» 3\nloss = w^repeat', 'repeat = 3\nloss = w^repeat'],
  ['reserved-name', '«epoch» = 3', 'epochs = 3'],
  ['reserved-name', '«step» = 50', 'steps = 50'],
  ['reserved-name', 'steps = 4\n«epoch» = 3', 'steps = 4\nepoch_2 = 3'],
  ['reserved-name', '«step» = 50\nlearning_rate = 0.1 / step', 'step_2 = 50\nlearning_rate = 0.1 / step_2'],
  [
    'parameter-assigned',
    'for each step:\n    «w» = w - learning_rate * 2 * (w - 3)',
    'for each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'parameter-assigned',
    'data = "houses.csv"\nprediction = w * sqft\nloss = mse(prediction, price)\nfor each step:\n    «w» = w - learning_rate * mean(2 * (prediction - price) * sqft)',
    'data = "houses.csv"\nprediction = w * sqft\nloss = mse(prediction, price)\nfor each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'parameter-assigned',
    'for each step:\n    v = 0.9 * v + gradient\n    «w» = w - learning_rate * v',
    'for each step:\n    v = 0.9 * v + gradient\n    parameter = parameter - learning_rate * v',
  ],
  [
    'setting-in-block',
    'learning_rate = 0.1\nfor each step:\n    «learning_rate» = learning_rate * 0.9\n    parameter = parameter - learning_rate * gradient',
    'learning_rate = 0.1 * 0.9^step\nfor each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'setting-in-block',
    'learning_rate = 0.1\nfor each step:\n    parameter = parameter - learning_rate * gradient\n    «learning_rate» = 0.5 * learning_rate',
    'learning_rate = 0.1 * 0.5^(step - 1)\nfor each step:\n    parameter = parameter - learning_rate * gradient',
  ],
  [
    'setting-in-block',
    'steps = 4\nfor each step:\n    «steps» = 3\n    parameter = parameter - learning_rate * gradient',
    'steps = 4\nfor each step:\n    parameter = parameter - learning_rate * gradient',
  ],
];
