import { special } from '../../src/kernel/special.ts';
import { breakEven } from '../../src/kernel/wasm/row-code.ts';
import { digestOf, digestsOfRuns } from '../kernel/digest.ts';

export interface Digests {
  readonly functions: Record<string, number>;
  readonly runs: { atOnce: number; givingWay: number }[];
}

/** What every host of the kernel has to agree on, where loops become WebAssembly after so many rows. */
export async function digestAll(cells: readonly string[], csv: string, rows: number): Promise<Digests> {
  breakEven.rows = rows;
  const names = Object.keys(special) as (keyof typeof special)[];
  const runs = [];
  for (const cell of cells) runs.push(await digestsOfRuns(cell, csv));
  return { functions: Object.fromEntries(names.map((name) => [name, digestOf(name)])), runs };
}

declare global {
  var digestAll: (cells: readonly string[], csv: string, rows: number) => Promise<Digests>;
}

globalThis.digestAll = digestAll;
