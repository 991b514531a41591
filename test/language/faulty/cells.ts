import type { FaultyCell } from './cell.ts';
import { habitsCells } from './habits.ts';
import { namesCells } from './names.ts';
import { settingsCells } from './settings.ts';
import { syntaxCells } from './syntax.ts';
import { updatesCells } from './updates.ts';

export type { FaultyCell } from './cell.ts';

/** The columns that the tests let `data = "houses.csv"` have. */
export const columns = ['sqft', 'beds', 'baths', 'price', 'sale date', 'count', 'beds_2', 'min_2'];

/** Faulty lines; what a whole cell needs besides is to be put behind them. */
export const faultyCells: readonly FaultyCell[] = [
  ...syntaxCells,
  ...namesCells,
  ...updatesCells,
  ...settingsCells,
  ...habitsCells,
];

/** The same, for cells that stand as they are. */
export const faultyWholeCells: readonly FaultyCell[] = [
  ['cell-too-long', '«' + '#'.repeat(100_001) + '»'],
  ['missing-value', 'parameters«»\nloss = 3\nlearning_rate = 0.1'],
  ['missing-loss', '«parameters w = 1»\nsteps = 0'],
  [
    'missing-loss',
    '«parameters w = 1»\nerror = 3 * w\ncost = error^2\ncheck cost < 3\nlearning_rate = 0.1',
    'parameters w = 1\nerror = 3 * w\nloss = error^2\ncheck loss < 3\nlearning_rate = 0.1',
  ],
  [
    'missing-loss',
    '«parameters w = 1»\nLoss = w^2\ncheck Loss < 3\nlearning_rate = 0.1',
    'parameters w = 1\nloss = w^2\ncheck loss < 3\nlearning_rate = 0.1',
  ],
  ['missing-parameters', 'learning_rate = 0.1\n«loss» = 3'],
  [
    'missing-learning-rate',
    'parameters w = 1\n«loss» = w^2',
    'parameters w = 1\nloss = w^2\nlearning_rate = 0.1',
  ],
  [
    'missing-learning-rate',
    'parameters w = 1\n«loss» = w^2\nsteps = 3',
    'parameters w = 1\nloss = w^2\nlearning_rate = 0.1\nsteps = 3',
  ],
  ['training-log-alone', 'training_log = "trainer_state.json"\n«steps = 3»'],
  [
    'file-name-quotes',
    'training_log = «logs/trainer_state.json»',
    'training_log = "logs/trainer_state.json"',
  ],
  ['file-expected', 'training_log = «open("state.json")»', 'training_log = "state.json"'],
  ['file-out-of-reach', 'training_log = «"..\\state.json"»'],
  ['empty-cell', '«»'],
  ['empty-cell', '«»# only a comment'],
];
