import { special } from './special.ts';
import type { Writer } from './writer.ts';

/** A kind of generated function: its parameters' names, which its text uses, and its type. */
export interface Signature<T> {
  readonly parameters: readonly string[];
  readonly type?: T;
}

/** A generated function, and the numbers that it expects as its parameter `constants`. */
export interface Compiled<T> {
  readonly run: T;
  readonly constants: Float64Array;
}

type Generated = (...values: readonly never[]) => unknown;

/** Functions already made, by their text, the one used last at the end. */
const made = new Map<string, Generated>();
const mostKept = 256;

/**
 * Makes a function of what has been written, where `special` stands for the special functions. One text is one
 * function, so that an experiment that runs again with other numbers finds its loop already optimised.
 */
export function compile<T extends Generated>(signature: Signature<T>, writer: Writer): Compiled<T> {
  const text = `'use strict';\nreturn (${signature.parameters.join(', ')}) => {\n${writer.text()}\n};`;
  const run = made.get(text) ?? generate(text);
  made.delete(text);
  made.set(text, run);
  for (const oldest of made.keys()) {
    if (made.size <= mostKept) break;
    made.delete(oldest);
  }
  return { run: run as T, constants: Float64Array.from(writer.constants) };
}

function generate(text: string): Generated {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text holds names and numbers made here only
  const make = new Function('special', text) as (functions: typeof special) => Generated;
  return make(special);
}
