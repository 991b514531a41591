import type { Span } from '../kernel/index.ts';

/** The name of a data file or a log in a cell, and the place of its quotes. */
export interface DataReference extends Span {
  readonly name: string;
}

/** A statement stands alone on its line, and a string has no escapes: a pattern finds it in a broken cell too. */
const dataLine = /^(\s*data\s*=\s*)(["'])(.*?)\2/mu;
const logLine = /^(\s*training_log\s*=\s*)(["'])(.*?)\2/mu;

/** The data file that a cell names, whatever else is wrong with it. */
export function findDataReference(source: string): DataReference | undefined {
  return find(dataLine, source);
}

/** The training log that a cell names, whatever else is wrong with it. */
export function findLogReference(source: string): DataReference | undefined {
  return find(logLine, source);
}

function find(line: RegExp, source: string): DataReference | undefined {
  const match = line.exec(source);
  const [, before, , name] = match ?? [];
  if (!match || before === undefined || name === undefined) return undefined;
  const start = match.index + before.length;
  return { name, start, end: start + name.length + 2 };
}
