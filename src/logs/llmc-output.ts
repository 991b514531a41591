import { CurveStore } from './curve-store.ts';
import { LogError } from './error.ts';
import type { LineFormat, LineReader, LoggedCurve } from './format.ts';
import { printedNumber, readNumber } from './number.ts';
import type { Slices } from './slices.ts';
import { looksWhole } from './whole-line.ts';

const step = new RegExp(
  String.raw`\bstep\s{1,8}(\d{1,15})(\/\d{1,15})?(?::| \|) (?:train )?loss\s{1,8}(${printedNumber})(?=\s|$)`,
  'i',
);
const iteration = new RegExp(String.raw`\biteration (\d{1,15}), loss: (${printedNumber})(?=,|\s|$)`, 'i');
const validation = new RegExp(String.raw`^\s{0,8}val loss (${printedNumber})\s{0,8}$`, 'i');
const norm = new RegExp(String.raw`\bnorm:?\s{1,8}(${printedNumber})`, 'i');
const rate = new RegExp(String.raw`\blr\s{1,8}(${printedNumber})`, 'i');

/**
 * What llm.c prints, from all its programs:
 *
 * - train_gpt2.c: `step 2: train loss 4.623322 (took 1369.394 ms)`, counted from 0;
 * - train_gpt2.cu: `step 2/74: train loss 4.367631 (acc 4.367631) (80.6 ms, 50788 tok/s)`, later with `norm` and `lr`,
 *   now `step    2/19560 | loss 9.617 (+nanz)| norm 3.2 (+nanz)| lr 8.57e-07 | ...`, counted from 1;
 * - train_gpt2.py: `iteration 2, loss: 4.06, time: 31 ms`, now `step    2/10 | train loss 4.06 | norm 16.2 | ...`;
 * - all of them: `val loss 4.51`, with no step: where steps are counted from 1 it is that after the step above it, else
 *   that before the step below it.
 *
 * Source: llm.c/train_gpt2.c, train_gpt2.cu, train_gpt2_fp32.cu, train_gpt2.py, through their histories.
 */
export const llmcOutput: LineFormat = {
  name: 'llm.c output',
  framework: 'llm.c',
  lookedFor: 'lines such as "step 2/74 | train loss 4.367631 | norm 3.2" or "step 2: train loss 4.623322"',
  starts: (line) => step.test(line) || iteration.test(line) || validation.test(line),
  reader: (_, fileName) => new LlmcOutputReader(fileName),
};

class LlmcOutputReader implements LineReader {
  readonly #name: string;
  readonly #store = new CurveStore();
  readonly #loss: number;
  readonly #validationLoss: number;
  readonly #norm: number;
  readonly #rate: number;
  /** The step at which a validation loss would stand that came now. */
  #now = 0;
  #lastStep: string | undefined;
  #lastValidation: string | undefined;

  constructor(fileName: string | undefined) {
    this.#name = fileName ?? llmcOutput.name;
    this.#loss = this.#store.add(this.#name, { field: 'loss', loss: '', rank: 0 });
    this.#validationLoss = this.#store.add('val loss', { field: 'validationLoss', loss: '', rank: 0 });
    this.#norm = this.#store.add('norm', { field: 'gradientNorm', rank: 0 });
    this.#rate = this.#store.add('lr', { field: 'learningRate', rank: 0 });
  }

  read(lines: readonly string[]): void {
    for (const line of lines) this.#take(line);
  }

  readLast(line: string): void {
    if (looksWhole(line, validation.test(line) ? this.#lastValidation : this.#lastStep)) this.#take(line);
  }

  *curves(): Slices<LoggedCurve[]> {
    const curves = yield* this.#store.curves({ framework: 'llm.c', stepUnit: 'step' });
    if (curves[0]?.loss.some((loss) => !Number.isNaN(loss)) || curves[0]?.notFinite.length) return curves;
    throw new LogError(
      `This looks like ${llmcOutput.name}, but no line of it has a step and its training loss.`,
    );
  }

  #take(line: string): void {
    const validated = validation.exec(line)?.[1];
    if (validated !== undefined) {
      this.#store.put(this.#validationLoss, this.#now, readNumber(validated) ?? NaN);
      this.#lastValidation = line;
      return;
    }
    const [, number, total, loss] = step.exec(line) ?? [];
    if (number !== undefined && loss !== undefined) {
      this.#takeStep(line, Number(number), loss);
      this.#now = total === undefined ? Number(number) + 1 : Number(number);
      return;
    }
    const [, number1, loss1] = iteration.exec(line) ?? [];
    if (number1 === undefined || loss1 === undefined) return;
    this.#takeStep(line, Number(number1), loss1);
    this.#now = Number(number1);
  }

  #takeStep(line: string, number: number, loss: string): void {
    this.#lastStep = line;
    this.#store.put(this.#loss, number, readNumber(loss) ?? NaN);
    const itsNorm = readNumber(norm.exec(line)?.[1] ?? '');
    if (itsNorm !== undefined) this.#store.put(this.#norm, number, itsNorm);
    const itsRate = readNumber(rate.exec(line)?.[1] ?? '');
    if (itsRate !== undefined) this.#store.put(this.#rate, number, itsRate);
  }
}
