import { special } from './special.ts';
import type { Writer } from './writer.ts';

/** A kind of generated function: its parameters' names, which its text uses, and its type. */
export interface Signature<T> {
  readonly parameters: readonly string[];
  readonly type?: T;
}

/** What all who have a function did with it: the rows that it passed over, the calls that count them. */
export interface Use {
  rows: number;
  calls: number;
}

/** A generated function, and the numbers that it expects as its parameter `constants`. */
export interface Compiled<T> {
  readonly run: T;
  readonly constants: Float64Array;
  readonly use: Use;
}

export type Generated = (...values: readonly never[]) => unknown;

const mostKept = 256;

/** What has been made, by its text, the one used last at the end. */
export class Kept<T> {
  private readonly made = new Map<string, T>();

  get(text: string, make: () => T): T {
    const value = this.made.get(text) ?? make();
    this.made.delete(text);
    this.made.set(text, value);
    for (const oldest of this.made.keys()) {
      if (this.made.size <= mostKept) break;
      this.made.delete(oldest);
    }
    return value;
  }
}

const made = new Kept<{ run: Generated; use: Use }>();

/**
 * Makes a function of what has been written, where `special` stands for the special functions. One text is one
 * function, so that an experiment that runs again with other numbers finds its loop already optimised.
 */
export function compile<T extends Generated>(signature: Signature<T>, writer: Writer): Compiled<T> {
  const text = writer.text();
  const key = `${signature.parameters.join(', ')}\n${text}`;
  const { run, use } = made.get(key, () => ({ run: generate(signature, text), use: { rows: 0, calls: 0 } }));
  return { run: run as T, constants: Float64Array.from(writer.constants), use };
}

/** A function with this text, in which `rowFunctions` stands for the functions for loops over rows. */
export function generate(signature: Signature<Generated>, text: string, rowFunctions?: object): Generated {
  const whole = `'use strict';\nreturn (${signature.parameters.join(', ')}) => {\n${text}\n};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text holds names and numbers made here only
  const make = new Function('special', 'rowFunctions', whole) as (...given: unknown[]) => Generated;
  return make(special, rowFunctions);
}
