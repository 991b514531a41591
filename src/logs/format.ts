import type { Curve } from '../kernel/index.ts';
import type { LiteralEvents } from './literal.ts';
import type { Slices } from './slices.ts';

/** The program that trained. */
export type Framework = 'hugging-face' | 'lightning' | 'keras' | 'tensorboard' | 'nanogpt' | 'llm.c';

/** A curve with where it comes from, so that advice can use that framework's own words. */
export interface LoggedCurve extends Curve {
  readonly framework: Framework;
  /** What `steps` counts: updates, epochs, or, where the log tells neither, its own training records from 1. */
  readonly stepUnit: 'step' | 'epoch' | 'record';
}

interface LogFormat {
  readonly name: string;
  readonly framework: Framework;
  /** What tells this format from others, in words. */
  readonly lookedFor: string;
}

/** Gathers the records of a log of a known format. */
interface LogReader {
  /** @throws LogError where the log has no loss, saying what it has */
  curves(): Slices<LoggedCurve[]>;
}

/** A format whose records are lines. */
export interface LineFormat extends LogFormat {
  /** Whether a line can be nothing but this format's header or one of its records. */
  starts(line: string): boolean;
  /** @param first the line that told the format */
  reader(first: string, fileName: string | undefined): LineReader;
}

export interface LineReader extends LogReader {
  /** Lines in their order, from the one that told the format. */
  read(lines: readonly string[]): void;
  /** The last line of a text that does not end with a line end; it counts only if it is whole. */
  readLast(line: string): void;
}

/** A format that is one JSON value. */
export interface JsonFormat extends LogFormat {
  reader(fileName: string | undefined): JsonReader;
}

export interface JsonReader extends LogReader, LiteralEvents {
  /** Whether what was read so far can be nothing but this format. */
  readonly found: boolean;
}

/** The programs by name, to be put after "of". */
export const frameworkNames: Readonly<Record<Framework, string>> = {
  'hugging-face': 'the Hugging Face Trainer',
  lightning: 'Lightning',
  keras: 'Keras',
  tensorboard: 'TensorBoard',
  nanogpt: 'nanoGPT',
  'llm.c': 'llm.c',
};
