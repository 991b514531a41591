import assert from 'node:assert/strict';
import { descendNow, prepare, type Program, type Run, type Table } from '../../src/kernel/index.ts';
import { readExperiment } from '../../src/language/index.ts';
import { prepareCell } from '../reference/cases.ts';

/** The first cell of the lesson, without its duration. */
export const line = [
  'data = "houses.csv"',
  'size = sqft / 1000',
  'cost = price / 1000',
  'parameters w = 0, b = 0',
  'prediction = w * size + b',
  'loss = mean((prediction - cost)^2)',
].join('\n');

/** The program of a sound cell: over the houses, the table in it, or the columns given in place of its file. */
export function programOf(cell: string, columns?: Record<string, ArrayLike<number>>): Program {
  if (columns === undefined) return prepareCell(cell);
  const { experiment, problems } = readExperiment(cell, Object.keys(columns));
  assert.ok(experiment, JSON.stringify(problems));
  return prepare(experiment, tableOf(columns));
}

export function tableOf(columns: Record<string, ArrayLike<number>>): Table {
  const entries = Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)] as const);
  return { rows: entries[0]?.[1].length ?? 0, columns: new Map(entries) };
}

/** The runs of a cell, one for each item of its sweep. */
export function runsOf(cell: string, columns?: Record<string, ArrayLike<number>>): Run[] {
  return descendNow(programOf(cell, columns));
}

/** The run of a cell without a sweep. */
export function runOf(cell: string, columns?: Record<string, ArrayLike<number>>): Run {
  const [run, ...others] = runsOf(cell, columns);
  assert.ok(run && others.length === 0);
  return run;
}

/** A number to as many significant digits as the expected text shows. */
export function assertShown(found: number | undefined, expected: string): void {
  const digits = expected
    .replace(/e.*$/, '')
    .replace(/^-?0*\.?0*/, '')
    .replace('.', '').length;
  const shown = Number(found).toPrecision(Math.max(1, digits));
  assert.equal(Number(shown), Number(expected), `${found} is not ${expected}`);
}
