import { CurveStore } from './curve-store.ts';
import { LogError } from './error.ts';
import type { LineFormat, LineReader, LoggedCurve } from './format.ts';
import { printedNumber, readNumber } from './number.ts';
import type { Slices } from './slices.ts';
import { looksWhole } from './whole-line.ts';

const record = new RegExp(String.raw`^\s{0,8}s:(\d{1,15}) (trl|tel|eval):(${printedNumber})(?=\s|$)`, 'i');
const rate = new RegExp(String.raw` lr:(${printedNumber})`, 'i');
const norm = new RegExp(String.raw` norm:(${printedNumber})`, 'i');

/**
 * The `main.log` of llm.c: `s:250 trl:6.1830 lr:0.000214 norm:1.02` for training (the rate and the norm since June
 * 2024), `s:250 tel:6.2102` for the validation loss, `s:250 eval:0.2471` for the accuracy on HellaSwag, which is no
 * loss. Steps are counted from 0; the training loss is that of the batch before the update.
 * Source: llm.c/llmc/logger.h, train_gpt2_fp32.cu, train_gpt2.py.
 */
export const llmcMainLog: LineFormat = {
  name: 'llm.c main.log',
  framework: 'llm.c',
  lookedFor: 'lines such as "s:250 trl:6.1830" or "s:250 tel:6.2102"',
  starts: (line) => record.test(line),
  reader: (_, fileName) => new LlmcMainLogReader(fileName),
};

class LlmcMainLogReader implements LineReader {
  readonly #store = new CurveStore();
  readonly #loss: number;
  readonly #validationLoss: number;
  readonly #norm: number;
  readonly #rate: number;
  /** The last line of each kind. */
  readonly #last = new Map<string, string>();

  constructor(fileName: string | undefined) {
    const name = fileName ?? llmcMainLog.name;
    this.#loss = this.#store.add(name, { field: 'loss', loss: '', rank: 0 });
    this.#validationLoss = this.#store.add(name, { field: 'validationLoss', loss: '', rank: 0 });
    this.#norm = this.#store.add('norm', { field: 'gradientNorm', rank: 0 });
    this.#rate = this.#store.add('lr', { field: 'learningRate', rank: 0 });
  }

  read(lines: readonly string[]): void {
    for (const line of lines) this.#take(line);
  }

  readLast(line: string): void {
    const kind = record.exec(line)?.[2];
    if (kind !== undefined && looksWhole(line, this.#last.get(kind))) this.#take(line);
  }

  *curves(): Slices<LoggedCurve[]> {
    const curves = yield* this.#store.curves({ framework: 'llm.c', stepUnit: 'step' });
    if (curves.length > 0) return curves;
    throw new LogError(`This is a main.log of llm.c, but no record of it has a loss yet.`);
  }

  #take(line: string): void {
    const [, number, kind, value] = record.exec(line) ?? [];
    if (number === undefined || kind === undefined || value === undefined) return;
    this.#last.set(kind, line);
    const step = Number(number);
    if (kind === 'trl') this.#takeTraining(line, step, value);
    else if (kind === 'tel') this.#store.put(this.#validationLoss, step, readNumber(value) ?? NaN);
  }

  #takeTraining(line: string, step: number, loss: string): void {
    this.#store.put(this.#loss, step, readNumber(loss) ?? NaN);
    const itsRate = readNumber(rate.exec(line)?.[1] ?? '');
    if (itsRate !== undefined) this.#store.put(this.#rate, step, itsRate);
    const itsNorm = readNumber(norm.exec(line)?.[1] ?? '');
    if (itsNorm !== undefined) this.#store.put(this.#norm, step, itsNorm);
  }
}
