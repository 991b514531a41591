import type { Span } from '../kernel/index.ts';

/** What is wrong with a cell, and where. */
export interface Complaint extends Span {
  readonly message: string;
}

const widestLine = 90;

/** A cell that cannot be run. */
export class CellError extends Error {
  override readonly name = 'CellError';
  readonly complaints: readonly Complaint[];

  constructor(complaints: readonly Complaint[]) {
    super(complaints.map(({ message }) => message).join('\n'));
    this.complaints = complaints;
  }
}

/** Line and column of an offset, both counted from 1; columns in UTF-16 units, as the editor counts them. */
export function positionAt(source: string, offset: number): { line: number; column: number } {
  const lines = source.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/**
 * Complaints as an error that VS Code shows beneath the cell. The editor makes a link of a line that reads
 * `Cell In[3], line 2` and no more, 3 being the cell's execution order.
 */
export function toError(source: string, complaints: readonly Complaint[], executionOrder: number): Error {
  const told = complaints.map((complaint) => {
    const { line, column } = positionAt(source, complaint.start);
    return { line, text: `Line ${line}, column ${column}: ${complaint.message}` };
  });
  const error = new Error(told.map(({ text }) => text).join('\n'));
  // The editor puts the name before the message; the message says all.
  error.name = '';
  error.stack = told
    .map(({ line, text }) => `${wrap(withoutLinks(text))}\nCell In[${executionOrder}], line ${line}`)
    .join('\n\n');
  return error;
}

/** Outputs are not wrapped by the editor unless a setting says so. */
function wrap(text: string): string {
  return text.split('\n').map(wrapLine).join('\n');
}

function wrapLine(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > widestLine) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

/** The editor takes `<a ...>` in a stack for markup: a learner's text must not become it. */
function withoutLinks(text: string): string {
  return text.replace(/<(?=\/?a)/gi, '<\u200b');
}
