import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { prepare, readTable, type Program } from '../../src/kernel/index.ts';
import { readExperiment } from '../../src/language/index.ts';

/** A training run of PyTorch: index 0 is the start, index k is after step k; with batches a loss an epoch. */
export interface Trajectory {
  readonly name: string;
  readonly cell: string;
  readonly loss: readonly number[];
  readonly gradientNorm?: readonly number[];
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  /** The loss of the batch of each step, before its update. */
  readonly batchLoss?: readonly number[];
  /** At each epoch's end; empty where the run has no validation rows. */
  readonly validationLoss?: readonly number[];
}

/** A run that stops being finite, with the first losses. */
export interface Overflow {
  readonly cell: string;
  readonly precision: 'float32' | 'float64';
  readonly firstBadStep: number;
  readonly loss: readonly number[];
}

/** The loss of a cell and its partial derivatives at a point. */
export interface Gradient {
  readonly cell: string;
  readonly at: Readonly<Record<string, number>>;
  readonly loss: number;
  readonly gradient: Readonly<Record<string, number>>;
}

interface Files {
  'trajectories.json': Trajectory[];
  'overflow.json': Overflow[];
  'gradients.json': Gradient[];
  'kinks.json': Gradient[];
}

/** The cases of a file that `make.py` wrote. */
export function readCases<Name extends keyof Files>(file: Name): Files[Name] {
  const notFinite = new Map([
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
  ]);
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? (notFinite.get(value) ?? value) : value,
  ) as Files[Name];
}

const houses = readTable(readFileSync(new URL('../../notebooks/houses.csv', import.meta.url), 'utf8'));

/** The program of a cell that has no errors; its data file, if any, is the houses. */
export function prepareCell(cell: string): Program {
  const { experiment, problems } = readExperiment(cell);
  const errors = problems.filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, [], cell);
  assert.ok(experiment);
  return prepare(experiment, experiment.data === undefined ? undefined : houses);
}

/** Off by at most `tolerance`; the same where what is expected is not finite. */
export function assertNear(
  found: number | undefined,
  expected: number,
  tolerance: number,
  what: string,
): void {
  const isNear = Number.isFinite(expected)
    ? Math.abs((found ?? NaN) - expected) <= tolerance
    : Object.is(found, expected);
  assert.ok(isNear, `${what}: ${found}, PyTorch has ${expected}`);
}
