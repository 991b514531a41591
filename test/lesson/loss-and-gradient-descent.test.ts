import { numericColumn, type Run } from '../../src/kernel/index.ts';
import {
  brokeAt,
  cellUnder,
  describeNumbers,
  final,
  growth,
  lossAt,
  parameter,
  runAt,
  type Claim,
} from './claims.ts';
import { readData, runCell } from './sections.ts';

const lesson = 'loss-and-gradient-descent.gdnb';

const updates =
  (index = 0) =>
  (runs: readonly Run[]) =>
    runAt(runs, index).stepsTaken;
const typicalMiss = (runs: readonly Run[]) => Math.sqrt(final()(runs));
const firstBelow = (limit: number, index: number) => (runs: readonly Run[]) =>
  runAt(runs, index).loss.findIndex((loss) => loss < limit);
/** Least squares of price on size by the closed form, apart from the kernel; `unit` in square feet. */
function best(unit = 1000): { w: number; b: number; loss: number; limit: number; houses: number } {
  const table = readData('houses.csv');
  const sizes = [...numericColumn(table, 'sqft')].map((size) => size / unit);
  const costs = [...numericColumn(table, 'price')].map((price) => price / 1000);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(sizes), mean(costs)];
  const square = mean(sizes.map((size) => size * size));
  const w = (mean(sizes.map((size, index) => size * (costs[index] ?? NaN))) - x * y) / (square - x * x);
  const b = y - w * x;
  const loss = mean(sizes.map((size, index) => (w * size + b - (costs[index] ?? NaN)) ** 2));
  // The Hessian is 2 [[mean x^2, mean x], [mean x, 1]].
  const largest = square + 1 + Math.sqrt((square - 1) ** 2 + 4 * x * x);
  return { w, b, loss, limit: 2 / largest, houses: sizes.length };
}

const { w, b, loss: least, limit, houses } = best();

const claims: Readonly<Record<string, readonly Claim[]>> = {
  'A number for "wrong"': [
    ['250', () => 250],
    ['240', () => 240],
    ['10,000', () => 250_000 - 240_000],
    ['100,000,000', () => (250_000 - 240_000) ** 2],
    ['100', () => (250 - 240) ** 2],
  ],
  'One square for each house': [
    ['1,950', final()],
    ['100', () => (100 * 1.2 + 50 - 180) ** 2],
    ['100', () => (100 * 1.5 + 50 - 190) ** 2],
    ['90', () => 400 - (100 * 2.6 + 50)],
    ['8,100', () => (100 * 2.6 + 50 - 400) ** 2],
    ['60', () => 60],
  ],
  'Guess by hand': [
    ['932', () => houses],
    ['8,664', final()],
    ['93', typicalMiss],
    ['7,062', () => least],
    ['84', () => Math.sqrt(least)],
  ],
  'Another loss, another best line': [
    ['3.725', parameter('w', 0)],
    ['2.005', parameter('w', 1)],
    ['16', () => 2 * 8],
    ['2', parameter('w', 0), ['60]', '16]']],
    ['2.0', parameter('w', 1), ['60]', '16]']],
  ],
  'Stand on the map': [
    ['78,018', final()],
    ['130', () => 130],
    ['30', () => 30],
    ['140', () => 140],
    ['7,104', final(), ['w = 0, b = 0', 'w = 130, b = 30']],
    ['7,065', final(), ['w = 0, b = 0', 'w = 140, b = 10']],
  ],
  'The same model, other data': [
    ['312,071', final()],
    ['139', () => w],
    ['14', () => b],
    ['277', () => 2 * w],
    ['28', () => 2 * b],
  ],
  'The first descent': [
    ['78,018', lossAt(0)],
    ['7,062', () => least],
    ['9,073', lossAt(1)],
    ['7,404', lossAt(2)],
    ['58', () => 60 - 2],
    ['7,078', final()],
    ['133.3', parameter('w')],
    ['23.9', parameter('b')],
    ['7,136', final(), ['learning_rate = 0.1', 'learning_rate = 0.05']],
  ],
  'The loop, spelled out': [['7,078', final()]],
  Uphill: [
    ['3.09e15', final()],
    ['3.4', growth],
  ],
  'Three rates': [
    ['32,891', final(0)],
    ['7,078', final(1)],
    ['2.02e6', final(2)],
    ['7,062.7', final(2), ['0.24', '0.2']],
  ],
  'Too small': [
    ['0.0002', () => 2e-4],
    ['78,018', lossAt(0)],
    ['65,041', final()],
    ['32,979', final(), ['steps = 60', 'steps = 300']],
  ],
  'Too large': [
    ['0.24', () => 0.24],
    ['2.64e10', final()],
    ['1.24', growth],
    ['3,236', brokeAt(0), ['steps = 60', 'steps = 4000']],
    ['1.06', () => 0.25 / limit],
    ['0.2366', () => limit],
    ['0.213', () => 0.213],
    ['7,062.4', final(), ['0.25', '0.213']],
  ],
  'The limit': [
    ['0.23665', () => limit],
    ['74,302', final(0)],
    ['20,178', final(1)],
    ['7,062.7', final(2)],
  ],
  'By the rate alone': [
    ['7,106', final()],
    ['7,070', () => 7070],
    ['0.183', ratePasses('0.183', true)],
    ['0.182', ratePasses('0.182', false)],
    ['0.223', ratePasses('0.223', true)],
    ['0.224', ratePasses('0.224', false)],
    ['0.218', lowestRate],
  ],
  'It is the scale, not only the rate': [
    ['1.27e11', lossAt(1, 0)],
    ['49', brokeAt(0)],
    ['5', brokeAt(1)],
    ['32', () => 32],
    ['3.4e38', () => 2 ** 128],
    ['2.985e-7', () => best(1).limit],
  ],
  Standardise: [
    ['7,062', lossAt(1, 1)],
    ['0.9', () => 0.9],
    ['1.1', () => 1.1],
  ],
  'Not a number': [
    ['0.1994', final(0)],
    ['3', brokeAt(1)],
    ['1', brokeAt(2)],
    ['0.0081', final(1), [clippedFrom(), 'loss = binary_cross_entropy(p, y)']],
    ['46', final(2), [clippedFrom(), 'loss = binary_cross_entropy(p, y)']],
  ],
  'Minibatches and epochs': [['32', () => 32]],
  'The same data, more updates': [
    ['2,796', updates(0)],
    ['351', updates(1)],
    ['90', updates(2)],
    ['3', updates(3)],
    ['7,535', final(0)],
    ['7,119', final(1)],
    ['7,288', final(2)],
    ['48,968', final(3)],
    ['0.001', () => 0.001],
  ],
  'Count the updates': [
    ['932', () => houses],
    ['116.5', () => houses / 8],
    ['4', () => houses % 8],
    ['117', () => Math.ceil(houses / 8)],
    ['351', updates()],
  ],
  'Noise, and its cure': [
    ['7,132', (runs) => Math.max(...runs.map((run) => run.final.loss))],
    ['2', (runs) => runs.filter((run) => run.checks.every((check) => check.passed)).length],
    [
      '4',
      (runs) => runs.filter((run) => run.checks.every((check) => check.passed)).length,
      ['learning_rate = 0.05', 'learning_rate = 0.05 * (1 - (step - 1) / steps)'],
    ],
  ],
  'Two valleys': [
    ['-0.3054', final(0)],
    ['0.2941', final(1)],
    ['-0.3054', final(2)],
    ['-0.3054', final(0), ['[-2, 2, 2]', '[0, 2, 2]']],
    ['0.2941', final(0), ['[-2, 2, 2]', '[0.1, 2, 2]']],
    ['0.1', () => 0.1],
  ],
  'A plateau': [
    ['4', firstBelow(0.01, 0)],
    ['85', firstBelow(0.01, 1)],
    ['-1', firstBelow(0.01, 2)],
    ['0.9898', final(2)],
    ['0.01', () => 0.01],
    ['20', () => 20],
  ],
  'When to stop': [
    ['120', updates()],
    ['7,062.7', final()],
    ['1,000', () => 1000],
    ['880', (runs) => 1000 - updates()(runs)],
    ['1', (runs) => Math.ceil(final()(runs) - least)],
    ['20', () => updates(2)(runCell(`${cellUnder(lesson, 'A plateau')}\npatience = 20`))],
  ],
};

function clippedFrom(): string {
  return 'loss = -mean(y * log(p) + (1 - y) * log(1 - p))';
}

/** The rate itself where a run of the exercise with it passes, or fails, as the prose says. */
function ratePasses(rate: string, passed: boolean): Claim[1] {
  return () => (exerciseAt(Number(rate)) < 7070 === passed ? Number(rate) : NaN);
}

function lowestRate(): number {
  const rates = Array.from({ length: 50 }, (_, index) => (180 + index) / 1000);
  const losses = rates.map(exerciseAt);
  return rates[losses.indexOf(Math.min(...losses))] ?? NaN;
}

const exercise = cellUnder(lesson, 'By the rate alone');

function exerciseAt(rate: number): number {
  return final()(runCell(exercise.replace('learning_rate = 0.1', `learning_rate = ${rate}`)));
}

describe('the numbers of the lesson', () => {
  describeNumbers(lesson, claims);
});
