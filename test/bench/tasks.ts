import { randomStream } from '../../src/kernel/random.ts';

export type Kind = 'linear' | 'batches' | 'landscape' | 'decay' | 'rosenbrock';

/** A task that every contestant solves, in units of which it does as many as it is asked for. */
export interface Task {
  readonly name: string;
  readonly title: string;
  readonly kind: Kind;
  /** What one unit of it is; a step for most. */
  readonly unit: string;
  readonly rows: number;
  /** The batch size of minibatches, else 0. */
  readonly batchSize: number;
  readonly rate: number;
  /** The units of a run; slow contestants do fewer. */
  readonly units: number;
  /** The units after which all contestants must have the same result. */
  readonly checkedUnits: number;
}

export const seed = 1;
/** The landscape's grid has so many points each way, over these windows. */
export const gridSize = 200;
export const gridWindow = { w: { low: -1, high: 7 }, b: { low: -3, high: 5 } };

const step = { unit: 'step', batchSize: 0 };

export const tasks: readonly Task[] = [
  {
    ...step,
    name: 'linear-50',
    title: 'linear, N = 50',
    kind: 'linear',
    rows: 50,
    rate: 0.1,
    units: 20_000,
    checkedUnits: 100,
  },
  {
    ...step,
    name: 'linear-1000000',
    title: 'linear, N = 1,000,000',
    kind: 'linear',
    rows: 1_000_000,
    rate: 0.1,
    units: 20,
    checkedUnits: 3,
  },
  ...[8, 32].map((batchSize) => ({
    name: `batches-${batchSize}`,
    title: `minibatches of ${batchSize}, N = 100,000`,
    kind: 'batches' as const,
    unit: 'epoch',
    rows: 100_000,
    batchSize,
    rate: 0.01,
    units: 3,
    checkedUnits: 1,
  })),
  {
    ...step,
    name: 'landscape',
    title: `landscape ${gridSize} x ${gridSize}, N = 1,000`,
    kind: 'landscape',
    unit: `row of ${gridSize} points`,
    rows: 1000,
    rate: 0,
    units: gridSize,
    checkedUnits: 4,
  },
  {
    ...step,
    name: 'decay',
    title: 'exponential decay, N = 1,000',
    kind: 'decay',
    rows: 1000,
    rate: 0.05,
    units: 1000,
    checkedUnits: 100,
  },
  {
    ...step,
    name: 'rosenbrock',
    title: 'Rosenbrock',
    kind: 'rosenbrock',
    rows: 0,
    rate: 0.0005,
    units: 20_000,
    checkedUnits: 100,
  },
];

/** The full loss of a run with minibatches is recorded every so many steps of an epoch, and at its end. */
export function stepsPerFullLoss(task: Task): number {
  return Math.ceil(Math.ceil(task.rows / task.batchSize) / 10);
}

export interface Data {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The order of the rows in the first epochs, for contestants that do not shuffle themselves. */
  readonly order: Int32Array;
}

const orderedEpochs = 4;

/** The data of a task, always the same. */
export function makeData({ kind, rows }: Task): Data {
  const chance = randomStream(7, 'starts');
  const x = Float64Array.from({ length: rows }, () => 2 * chance.uniform());
  const noisy = kind === 'decay' ? (at: number) => 3 * Math.exp(-0.8 * at) : (at: number) => 3 * at + 1;
  const y = x.map((at) => noisy(at) + 0.1 * chance.normal());
  const epoch = Float64Array.from({ length: kind === 'batches' ? rows : 0 }, (_, row) => row);
  const shuffles = randomStream(seed, 'shuffle');
  const order = new Int32Array(epoch.length * orderedEpochs);
  for (let index = 0; index < orderedEpochs; index++) {
    shuffles.shuffle([epoch], 0, epoch.length);
    order.set(epoch, index * epoch.length);
  }
  return { x, y, order };
}

/** The order of the rows in epoch `epoch`, counted from 0. */
export function orderOf({ order }: Data, epoch: number): Int32Array {
  const rows = order.length / orderedEpochs;
  const place = epoch % orderedEpochs;
  return order.subarray(place * rows, (place + 1) * rows);
}
