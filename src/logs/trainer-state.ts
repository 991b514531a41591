import { LogError } from './error.ts';
import type { JsonFormat, JsonReader, LoggedCurve } from './format.ts';
import type { Slices } from './slices.ts';
import { hasLoss, TrainerRecords } from './trainer-record.ts';
import { TrainerRuns } from './trainer-runs.ts';

/**
 * `trainer_state.json` of Hugging Face's Trainer, or its `log_history` alone: an object a record, with bare `NaN` and
 * `Infinity`. Steps are updates, counted from 1.
 * Source: transformers/trainer_callback.py (`TrainerState.save_to_json`).
 */
export const trainerState: JsonFormat = {
  name: 'Hugging Face trainer_state.json',
  framework: 'hugging-face',
  lookedFor: 'a JSON object with "log_history", or a JSON list of its records',
  reader: (fileName) => new TrainerStateReader(fileName),
};

const history = 'log_history';

class TrainerStateReader implements JsonReader {
  readonly #name: string;
  readonly #records = new TrainerRecords();
  readonly #runs = new TrainerRuns();
  #found = false;
  #depth = 0;
  /** The depth of the list of records, while it is open. */
  #historyDepth: number | undefined;
  /** The key that was read last in the outermost object, and the one in the record. */
  #outerKey = '';
  #key = '';
  #entries: Map<string, string> | undefined;

  constructor(fileName: string | undefined) {
    this.#name = fileName ?? trainerState.name;
  }

  get found(): boolean {
    return this.#found;
  }

  open(kind: '{' | '['): void {
    this.#depth++;
    if (kind === '[' && this.#historyDepth === undefined) this.#openList();
    else if (kind === '{' && this.#isInHistory(1)) this.#entries = new Map();
  }

  key(name: string): void {
    if (this.#depth === 1) this.#outerKey = name;
    this.#key = name;
  }

  value(text: string): void {
    if (this.#isInHistory(1)) this.#entries?.set(this.#key, text);
  }

  close(): void {
    if (this.#isInHistory(1)) this.#closeRecord();
    if (this.#isInHistory(0)) this.#historyDepth = undefined;
    this.#depth--;
  }

  *curves(): Slices<LoggedCurve[]> {
    const curves = yield* this.#runs.curves(this.#name);
    if (curves.length > 0) return curves;
    throw new LogError(
      'This is a trainer_state.json of the Hugging Face Trainer, but no record of its log_history has a loss yet. ' +
        'The Trainer logs one every `logging_steps` steps.',
    );
  }

  /** Whether the innermost bracket is so many levels inside the list of records. */
  #isInHistory(levels: number): boolean {
    return this.#historyDepth !== undefined && this.#depth === this.#historyDepth + levels;
  }

  #openList(): void {
    const named = this.#depth === 2 && this.#outerKey === history;
    if (named || this.#depth === 1) this.#historyDepth = this.#depth;
    this.#found ||= named;
  }

  #closeRecord(): void {
    if (!this.#entries) return;
    const record = this.#records.read(this.#entries);
    this.#entries = undefined;
    this.#found ||= hasLoss(record);
    this.#runs.take(record);
  }
}
