import { LogError } from './error.ts';
import type { LineFormat, LineReader, LoggedCurve } from './format.ts';
import { readDictionary } from './literal.ts';
import type { Slices } from './slices.ts';
import { hasLoss, TrainerRecords } from './trainer-record.ts';
import { TrainerRuns } from './trainer-runs.ts';

/**
 * What Hugging Face's Trainer prints, amid progress bars and other output: Python dictionaries, with `nan` and `inf`,
 * with numbers as strings since transformers 5, or JSON with the step before transformers 3.1. An object of JSON on
 * each line, as other trainers write it with the same keys, is read the same way.
 * Source: transformers/trainer_callback.py (`ProgressCallback.on_log`, `PrinterCallback.on_log`).
 */
export const printedDictionaries: LineFormat = {
  name: 'printed output of the Hugging Face Trainer',
  framework: 'hugging-face',
  lookedFor: `lines such as {'loss': 2.31, 'learning_rate': 5e-05, 'epoch': 0.1}`,
  starts(line) {
    const records = new TrainerRecords();
    return partsOf(line).some((part) => typeof part !== 'string' && hasLoss(records.read(part)));
  },
  reader: (_, fileName) => new PrintedDictionariesReader(fileName),
};

/** A bar of tqdm: `500/10000 [01:23<26:20,  6.01it/s]`. */
const progressBar = /(\d{1,12})\/(\d{1,12}) \[\d/;

class PrintedDictionariesReader implements LineReader {
  readonly #name: string;
  readonly #records = new TrainerRecords();
  readonly #runs = new TrainerRuns();

  constructor(fileName: string | undefined) {
    this.#name = fileName ?? printedDictionaries.name;
  }

  read(lines: readonly string[]): void {
    for (const line of lines) {
      for (const part of partsOf(line)) this.#take(part);
    }
  }

  /** A dictionary is whole where it is closed. */
  readLast(line: string): void {
    this.read([line]);
  }

  *curves(): Slices<LoggedCurve[]> {
    const curves = yield* this.#runs.curves(this.#name);
    if (curves.length > 0) return curves;
    throw new LogError(`This is ${printedDictionaries.name}, but no record of it has a loss.`);
  }

  #take(part: string | ReadonlyMap<string, string>): void {
    if (typeof part !== 'string') {
      this.#runs.take(this.#records.read(part));
      return;
    }
    const [, done, total] = progressBar.exec(part) ?? [];
    if (done !== undefined && total !== undefined) this.#runs.takeBar(Number(done), Number(total));
  }
}

/** The dictionaries of a line and the text before, between and after them, in time linear in its length. */
function partsOf(line: string): (string | ReadonlyMap<string, string>)[] {
  const parts: (string | ReadonlyMap<string, string>)[] = [];
  let from = 0;
  for (let at = line.indexOf('{'); at >= 0; at = line.indexOf('{', from)) {
    parts.push(line.slice(from, at));
    const { entries, end } = readDictionary(line, at);
    if (entries) parts.push(entries);
    from = Math.max(end, at + 1);
  }
  parts.push(line.slice(from));
  return parts;
}
