import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';

import { suiteMark } from './mark.ts';
import type { StackReader } from './stack.ts';

const folder = join(import.meta.dirname, '..', '..', 'artefacts');

/** The console of a VS Code window: all of it goes to a file, what the suite reports to standard output too. */
export class Transcript {
  readonly path: string;
  readonly #file: number;
  readonly #readable: StackReader;

  /** @param name what the file in `artefacts/` is called after */
  constructor(name: string, readable: StackReader) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, `vscode-${name}.log`);
    this.#file = openSync(this.path, 'w');
    this.#readable = readable;
  }

  /** Takes down one call of a `console` method. Returns whether it came from the suite. */
  write(args: unknown[]): boolean {
    const text = this.#readable(format(...args));
    writeSync(this.#file, `${text}\n`);
    if (!text.startsWith(suiteMark)) return false;
    process.stdout.write(`${text.slice(suiteMark.length)}\n`);
    return true;
  }

  close(): void {
    closeSync(this.#file);
  }
}
