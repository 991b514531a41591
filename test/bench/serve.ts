/**
 * The child process of a contestant in JavaScript: `serve.ts <contestant> <folder of the data> <task as JSON>`.
 * Each line of input is a number of units; the answer is a line with the seconds, the units and the result.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Data, Task } from './tasks.ts';

export interface Answer {
  /** The units that were done: those asked for, or as many as cannot be parted. */
  readonly units: number;
  readonly result: readonly (number | undefined)[];
}

/** Takes a task and its data, then a number of units, and returns the work whose time is measured. */
export type Contestant = (
  task: Task,
  data: Data,
) =>
  | ((units: number) => () => Answer | Promise<Answer>)
  | Promise<(units: number) => () => Answer | Promise<Answer>>;

const [name = '', folder = '', taskText = ''] = process.argv.slice(2);
const task = JSON.parse(taskText) as Task;
const { contestant } = (await import(pathToFileURL(resolve(name)).href)) as { contestant: Contestant };
const prepare = await contestant(task, readData(folder));

for await (const line of createInterface({ input: process.stdin })) {
  const work = prepare(Number(line));
  const began = performance.now();
  const { units, result } = await work();
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write([seconds, units, ...result].join(' ') + '\n');
}

function readData(from: string): Data {
  const read = (file: string) => new Uint8Array(readFileSync(join(from, file))).buffer;
  return {
    x: new Float64Array(read('x.f64')),
    y: new Float64Array(read('y.f64')),
    order: new Int32Array(read('order.i32')),
  };
}
