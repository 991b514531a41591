import type { ByParameter, Run } from '../kernel/index.ts';
import type { SourceEdit } from '../output/index.ts';
import {
  alternativeOf,
  editsFor,
  isChanged,
  isSchedule,
  runsWithTheRateOf,
  runsWithTheStartsOf,
  unchanged,
  withRate,
  withStart,
} from './changes.ts';
import type { Changes } from './changes.ts';
import type { Laboratory } from './laboratory.ts';

/** What a person tries in the figure: the cell's runs, with some of them repeated under changes. */
export class Trial {
  readonly laboratory: Laboratory;
  readonly #source: string;
  readonly #original: readonly Run[];
  readonly #changed: () => void;
  #runs: readonly Run[];
  #changes: Changes = unchanged;
  #waiting = new Set<number>();
  #abort: AbortController | undefined;

  /** @param changed - called when runs that take long have come in */
  constructor(laboratory: Laboratory, source: string, runs: readonly Run[], changed: () => void) {
    this.laboratory = laboratory;
    this.#source = source;
    this.#original = runs;
    this.#runs = runs;
    this.#changed = changed;
  }

  get runs(): readonly Run[] {
    return this.#runs;
  }

  /** The runs of the cell as it is written. */
  get originals(): readonly Run[] {
    return this.#original;
  }

  /** The cell's own runs, which stay as ghosts while something else is tried. */
  get ghosts(): readonly Run[] {
    return this.#original.filter((run, index) => run !== this.#runs[index]);
  }

  get changes(): Changes {
    return this.#changes;
  }

  get isChanged(): boolean {
    return isChanged(this.#changes);
  }

  /** Whether runs are being repeated in slices. */
  get isBusy(): boolean {
    return this.#abort !== undefined;
  }

  /** The highest learning rate of a run as it is tried now; NaN where it has none. */
  rateOf(run: number): number {
    return highestRate(this.#runs[run]) * this.#pendingFactor(run);
  }

  /**
   * Tries another highest learning rate for a run; a schedule is scaled so that it reaches that rate.
   * @param settled - whether the person has let go: runs too long to repeat while a slider moves wait for it
   */
  tryRate(run: number, rate: number, settled: boolean): void {
    const { experiment } = this.laboratory;
    const alternative = alternativeOf(experiment.learningRate ?? [undefined], run);
    const change = isSchedule(experiment, run)
      ? ({
          kind: 'factor',
          factor: Number((rate / highestRate(this.#original[run])).toPrecision(3)),
        } as const)
      : ({ kind: 'value', value: rate } as const);
    this.#changes = withRate(this.#changes, alternative, change);
    this.#repeat(runsWithTheRateOf(experiment, run), settled);
  }

  /** Tries another start for some parameters of a run. */
  tryStart(run: number, start: ByParameter<number>, settled: boolean): void {
    const { experiment } = this.laboratory;
    for (const { name, startsAt } of experiment.parameters) {
      const value = start[name];
      if (value !== undefined)
        this.#changes = withStart(this.#changes, name, alternativeOf(startsAt, run), value);
    }
    this.#repeat(runsWithTheStartsOf(experiment, Object.keys(start), run), settled);
  }

  /** Goes back to what the cell says. */
  reset(): void {
    this.stop();
    this.#changes = unchanged;
    this.#runs = this.#original;
    this.#waiting = new Set();
  }

  /** The edits that put into the cell what is tried. */
  edits(): SourceEdit[] {
    return editsFor(this.laboratory.experiment, this.#changes, this.#source);
  }

  /** Ends what is running in slices. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #pendingFactor(run: number): number {
    const wanted = this.#waiting.has(run) ? this.#wantedRate(run) : undefined;
    return wanted === undefined ? 1 : wanted / highestRate(this.#runs[run]);
  }

  #wantedRate(run: number): number | undefined {
    const alternative = alternativeOf(this.laboratory.experiment.learningRate ?? [undefined], run);
    const change = this.#changes.rates.get(alternative);
    if (change === undefined) return undefined;
    return change.kind === 'value' ? change.value : change.factor * highestRate(this.#original[run]);
  }

  #repeat(runs: readonly number[], settled: boolean): void {
    this.stop();
    for (const run of runs) this.#waiting.add(run);
    const waiting = [...this.#waiting];
    if (this.laboratory.isQuick(waiting)) {
      for (const run of waiting) this.#take(run, this.laboratory.runNow(this.#changes, run));
    } else if (settled) {
      const abort = new AbortController();
      this.#abort = abort;
      void this.#repeatInSlices(waiting, abort);
    }
  }

  async #repeatInSlices(runs: readonly number[], abort: AbortController): Promise<void> {
    for (const run of runs) {
      const result = await this.laboratory.runInSlices(this.#changes, run, abort.signal);
      if (abort.signal.aborted) return;
      this.#take(run, result);
      if (this.#waiting.size === 0) this.#abort = undefined;
      this.#changed();
    }
  }

  #take(run: number, result: Run | undefined): void {
    this.#waiting.delete(run);
    if (result !== undefined) this.#runs = this.#runs.map((each, index) => (index === run ? result : each));
  }
}

function highestRate(run: Run | undefined): number {
  return run === undefined
    ? NaN
    : run.learningRate.reduce((highest, rate) => Math.max(highest, rate), -Infinity);
}
