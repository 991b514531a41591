import { CurveStore } from './curve-store.ts';
import { LogError } from './error.ts';
import type { LineFormat, LineReader, LoggedCurve } from './format.ts';
import { printedNumber, readNumber } from './number.ts';
import type { Slices } from './slices.ts';
import { looksWhole } from './whole-line.ts';

const iteration = new RegExp(String.raw`\biter (\d{1,15}): loss (${printedNumber})(?![\w.])`, 'i');
const evaluation = new RegExp(
  String.raw`\bstep (\d{1,15}): train loss (${printedNumber}), val loss (${printedNumber})(?![\w.])`,
  'i',
);

/**
 * What nanoGPT's train.py prints: `iter 10: loss 3.2104, time 31.42ms, mfu 17.83%` for the loss of a batch, and
 * `step 250: train loss 2.4107, val loss 2.4308` for the means over many batches. The curve is that of the batches,
 * unless there are more of the others.
 * Source: nanoGPT/train.py.
 */
export const nanoGpt: LineFormat = {
  name: 'nanoGPT output',
  framework: 'nanogpt',
  lookedFor: 'lines such as "iter 10: loss 3.2104" or "step 250: train loss 2.4107, val loss 2.4308"',
  starts: (line) => iteration.test(line) || evaluation.test(line),
  reader: (_, fileName) => new NanoGptReader(fileName),
};

class NanoGptReader implements LineReader {
  readonly #name: string;
  readonly #store = new CurveStore();
  readonly #loss: number;
  readonly #meanLoss: number;
  readonly #validationLoss: number;
  #lastIteration: string | undefined;
  #lastEvaluation: string | undefined;

  constructor(fileName: string | undefined) {
    this.#name = fileName ?? nanoGpt.name;
    this.#loss = this.#store.add(this.#name, { field: 'loss', loss: '', rank: 0 });
    this.#meanLoss = this.#store.add(this.#name, { field: 'loss', loss: '', rank: 1 });
    this.#validationLoss = this.#store.add(this.#name, { field: 'validationLoss', loss: '', rank: 0 });
  }

  read(lines: readonly string[]): void {
    for (const line of lines) this.#take(line);
  }

  readLast(line: string): void {
    if (looksWhole(line, iteration.test(line) ? this.#lastIteration : this.#lastEvaluation)) this.#take(line);
  }

  *curves(): Slices<LoggedCurve[]> {
    const curves = yield* this.#store.curves({ framework: 'nanogpt', stepUnit: 'step' });
    if (curves.length > 0) return curves;
    throw new LogError(`This is ${nanoGpt.name}, but no whole record of it has a loss yet.`);
  }

  #take(line: string): void {
    const [, iter, loss] = iteration.exec(line) ?? [];
    if (iter !== undefined && loss !== undefined) {
      this.#store.put(this.#loss, Number(iter), readNumber(loss) ?? NaN);
      this.#lastIteration = line;
      return;
    }
    const [, step, train, validation] = evaluation.exec(line) ?? [];
    if (step === undefined || train === undefined || validation === undefined) return;
    this.#store.put(this.#meanLoss, Number(step), readNumber(train) ?? NaN);
    this.#store.put(this.#validationLoss, Number(step), readNumber(validation) ?? NaN);
    this.#lastEvaluation = line;
  }
}
