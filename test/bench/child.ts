import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Measured {
  readonly secondsPerUnit: number;
  readonly seconds: number;
  readonly result: readonly number[];
}

/** A contestant at work in a process of its own: it gets a number of units, and answers with time and result. */
export class Child {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #complaint = '';

  constructor(command: string, parameters: readonly string[]) {
    const child = spawn(command, parameters, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.on(
      'data',
      (text: Buffer) => (this.#complaint = (this.#complaint + text.toString()).slice(-2000)),
    );
    child.on('error', (error) => (this.#complaint = error.message));
    child.stdin.on('error', () => undefined);
  }

  async measure(units: number): Promise<Measured> {
    this.#process.stdin?.write(`${units}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(this.#complaint.trim() || 'It ended without an answer.');
    const [seconds = NaN, unitsDone = NaN, ...result] = line.value.split(' ').map(Number);
    return { secondsPerUnit: seconds / unitsDone, seconds, result };
  }

  end(): void {
    this.#process.kill();
  }
}
