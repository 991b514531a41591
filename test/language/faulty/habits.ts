import type { FaultyCell } from './cell.ts';

const numbers = '[1, 2, 3, 4, 5, 6, 7, 8, 9, -10, 11, 12, 13, 14, 15, 16, 17, 18]';

/** What people write who come from other languages, or from paper. */
export const habitsCells: readonly FaultyCell[] = [
  // Functions and modules.
  ['unknown-function', 'loss = «square»(w + 1)', 'loss = (w + 1)^2'],
  ['unknown-function', 'loss = «mean_squared_error»(w, 3)', 'loss = mse(w, 3)'],
  ['statement-expected', '«import numpy as np»\nloss = w^2', 'loss = w^2'],
  [
    'argument-count',
    'for each step:\n    parameter = parameter - learning_rate * «slope(loss, w)»',
    'for each step:\n    parameter = parameter - learning_rate * slope(loss)',
  ],

  // Signs.
  ['statement-expected', '«learning-rate» = 0.1', 'learning_rate = 0.1'],
  ['unexpected-text', 'check«:» w > 2', 'check w > 2'],
  ['unexpected-text', 'loss = w^2«,»', 'loss = w^2'],
  [
    'unexpected-text',
    'parameters «(»w = 1, b = 2)\nloss = w^2 + b^2',
    'parameters w = 1, b = 2\nloss = w^2 + b^2',
  ],
  ['unexpected-text', 'parameters «[»w = 1', 'parameters w = 1'],

  // Checks.
  ['check-not-comparison', 'check «diverged»', 'check diverged == 1'],
  [
    'no-validation',
    'data = table(x: [1, 2])\nparameters w = 1\nlearning_rate = 0.1\nloss = mean(x) * w\ncheck «validation_loss» < 1',
    'data = table(x: [1, 2])\nparameters w = 1\nlearning_rate = 0.1\nloss = mean(x) * w\ncheck validation_loss < 1\nvalidation = 0.2',
  ],
  ['no-validation', 'check «validation_loss» < 1'],

  [
    'module-prefix',
    'data = "houses.csv"\nloss = mean(w * «data.»sqft)',
    'data = "houses.csv"\nloss = mean(w * sqft)',
  ],
  ['unknown-name', 'loss = 2 * «e»^-w^2', 'loss = 2 * exp(-w^2)'],
  ['unknown-name', 'loss = «e»**(w / 2)', 'loss = exp(w / 2)'],

  ['foreign-word', 'loss = (w > 2) «?» w : 3 * w', 'loss = where(w > 2, w, 3 * w)'],
  ['foreign-word', 'loss = 2 * (w > 2 «?» w : 3)', 'loss = 2 * (where(w > 2, w, 3))'],

  // Formulas of several lines.
  ['formula-goes-on', 'loss = w^2 «+»\n    2 * w', 'loss = w^2 + 2 * w'],
  ['formula-goes-on', 'loss = w^2 «\\»\n    + 2 * w', 'loss = w^2 + 2 * w'],
  ['formula-goes-on', 'loss = w^2\n    «+» 2 * w\n    - 3', 'loss = w^2 + 2 * w - 3'],
  ['formula-goes-on', 'loss «=»\n    w^2', 'loss = w^2'],
  ['formula-goes-on', 'check w «<»\n    3', 'check w < 3'],
  [
    'formula-goes-on',
    'loss = w^2 «+»  # a square\n    2 * w  # and a line',
    'loss = (w^2 +  # a square\n    2 * w)  # and a line',
  ],
  ['formula-goes-on', 'loss = w^2 «\\»  # a square\n    + 2 * w'],

  // Columns.
  [
    'text-in-formula',
    'data = "houses.csv"\nloss = mean(w * «\'sale date\'»)',
    'data = "houses.csv"\nloss = mean(w * `sale date`)',
  ],
  [
    'column-without-backticks',
    'data = "houses.csv"\nloss = mean(w * «sale  date» + 1)',
    'data = "houses.csv"\nloss = mean(w * `sale date` + 1)',
  ],
  [
    'column-without-backticks',
    'data = table(`a 2 b`: [1, 2], b: [1, 2], `a 2`: [1, 2])\nloss = mean(b * «a 2 b») * w',
  ],
  [
    'column-without-backticks',
    'data = table(x: [1, 2], «square feet»: [1, 2])\nloss = mean(x) * w',
    'data = table(x: [1, 2], `square feet`: [1, 2])\nloss = mean(x) * w',
  ],
  [
    'column-in-quotes',
    'data = table(x: [1, 2], «"size"»: [1, 2])\nloss = mean(x * size) * w',
    'data = table(x: [1, 2], size: [1, 2])\nloss = mean(x * size) * w',
  ],
  [
    'column-in-quotes',
    'data = table(«“loss”»: [1, 2])\nloss = mean(`loss`) * w',
    'data = table(`loss`: [1, 2])\nloss = mean(`loss`) * w',
  ],
  [
    'missing-comma',
    'data = table(x: [1, 2]« y»: [3, 4])\nloss = mean(x * y) * w',
    'data = table(x: [1, 2], y: [3, 4])\nloss = mean(x * y) * w',
  ],

  // In the block.
  [
    'list-in-block',
    'for each step:\n    rate = «[0.5, 0.9]»  # two\n    parameter = parameter - rate * gradient',
    'rate = [0.5, 0.9]  # two\nfor each step:\n    parameter = parameter - rate * gradient',
  ],
  [
    'values-in-update',
    'data = table(x: [1, 2])\nloss = mean(x) * w\n  for each step:\n    g = mean(«x»)\n    parameter = parameter - g',
    'data = table(x: [1, 2])\nloss = mean(x) * w\n  g = mean(x)\n  for each step:\n    parameter = parameter - g',
  ],
  [
    'values-in-update',
    'data = table(x: [1, 2])\nloss = mean(x) * w\nfor each step:\n    g = 2 * «x»\n    parameter = parameter - g',
  ],

  // Lists.
  ['list-without-brackets', 'learning_rate = «0.1, 0.2»', 'learning_rate = [0.1, 0.2]'],
  ['list-without-brackets', 'optimizer = «sgd,adam,»', 'optimizer = [sgd,adam,]'],
  ['list-without-brackets', 'learning_rate = «(0.1, max(1, 2))»', 'learning_rate = [0.1, max(1, 2)]'],
  [
    'too-many-items',
    `x = «${numbers}»\nloss = mean(x) * w`,
    `data = table(x: ${numbers})\nloss = mean(x) * w`,
  ],
  [
    'too-many-items',
    `data = table(x: ${numbers})\ny = «${numbers}»\nloss = mean(x * y) * w`,
    `data = table(x: ${numbers}, y: ${numbers})\nloss = mean(x * y) * w`,
  ],
];
