import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { descendNow, landscape, prepare, readTable } from '../../src/kernel/index.ts';
import type { Experiment, Run, Table } from '../../src/kernel/index.ts';
import { readExperiment } from '../../src/language/index.ts';
import { payloadVersion } from '../../src/output/index.ts';
import type { RunPayload } from '../../src/output/index.ts';

const file = join(import.meta.dirname, '..', '..', 'notebooks', 'houses.csv');

/** The houses of the lesson. */
export const houses: Table = readTable(readFileSync(file, 'utf8'));

/** A line through the houses, as the lesson's cells begin, with `rest` below. */
export function housesCell(rest: string): string {
  return [
    'data = "houses.csv"                      # sqft, beds, baths, price',
    'size = sqft / 1000                       # thousand square feet',
    'cost = price / 1000                      # thousand dollars',
    'parameters w = 0, b = 0',
    'prediction = w * size + b',
    'loss = mean((prediction - cost)^2)',
    rest,
  ].join('\n');
}

/** Reads a cell that has no problems. */
export function experimentOf(source: string): Experiment {
  const { experiment, problems } = readExperiment(source, [...houses.columns.keys()]);
  if (experiment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return experiment;
}

export function runsOf(source: string): readonly Run[] {
  return descendNow(prepare(experimentOf(source), houses));
}

/** What the editor hands to the figure for a cell. */
export async function payloadOf(source: string, more: Partial<RunPayload> = {}): Promise<RunPayload> {
  const experiment = experimentOf(source);
  const program = prepare(experiment, houses);
  const runs = descendNow(program);
  return {
    version: payloadVersion,
    cell: 'cell-1',
    source,
    state: 'complete',
    runs,
    landscape: await landscape(program, { runs }),
    ...(experiment.data === undefined ? {} : { table: houses }),
    ...more,
  };
}
