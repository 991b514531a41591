import type { LoggedCurve } from './format.ts';
import type { Slices } from './slices.ts';
import { hasValue, type TrainerRecord } from './trainer-record.ts';
import { TrainerRun } from './trainer-run.ts';

/** Gathers the records of Hugging Face's Trainer, of one training after another. */
export class TrainerRuns {
  readonly #runs: TrainerRun[] = [];
  #ended = false;

  take(record: TrainerRecord): void {
    if (hasValue(record)) this.#runFor(record).take(record);
    this.#ended ||= record.ends;
  }

  /** A progress bar was drawn: so many steps of so many are done. */
  takeBar(done: number, total: number): void {
    this.#runs.at(-1)?.takeBar(done, total);
  }

  /** A curve for each training; none where no record has a loss. */
  *curves(name: string): Slices<LoggedCurve[]> {
    const curves: LoggedCurve[] = [];
    for (const [index, run] of this.#runs.entries()) {
      curves.push(...(yield* run.curves(this.#runs.length > 1 ? `${name}, run ${index + 1}` : name)));
    }
    return curves;
  }

  #runFor(record: TrainerRecord): TrainerRun {
    let run = this.#runs.at(-1);
    if (!run || (this.#ended && run.isBegunAgainBy(record))) {
      run = new TrainerRun();
      this.#runs.push(run);
      this.#ended = false;
    }
    return run;
  }
}
