import type { ByParameter, ComparisonOperator, Experiment, Run } from '../kernel/index.ts';
import { readExperiment } from '../language/index.ts';
import { outcomeOf } from '../output/index.ts';
import type { FitSample, LandscapeGrid, Outcome, ProgressNotice, RunPayload } from '../output/index.ts';
import { stepArithmetic, updateForm } from './arithmetic.ts';
import type { StepArithmetic, UpdateForm } from './arithmetic.ts';
import { bareLandscape } from './bare-landscape.ts';
import { Laboratory } from './laboratory.ts';
import type { RateMarks } from './rate-scale.ts';
import { entryNear, lastEntry, lowestEntry, parametersAt } from './record.ts';
import { selectedRun } from './scene.ts';
import type { Content, Fit, LossScale } from './scene.ts';
import { Trial } from './trial.ts';

/**
 * What has to be drawn again: everything, the runs over the same landscape, the runs while a slider moves (more follow at
 * once), one step, or the controls alone.
 */
export type Change = 'all' | 'runs' | 'live' | 'step' | 'controls';

export interface Axes {
  readonly x: string;
  readonly y: string;
}

/** What a person has chosen to look at, which outlives a re-run of the cell. */
export interface Look {
  readonly selected: number;
  readonly axes?: Axes;
}

/** Everything that one execution of a cell shows and lets a person try, without a screen. */
export class Session {
  readonly payload: RunPayload;
  readonly trial: Trial | undefined;
  readonly #experiment: Experiment | undefined;
  readonly #changed: (change: Change) => void;
  readonly #landscapes = new Map<string, LandscapeGrid>();
  readonly #abort = new AbortController();
  readonly #before: readonly Run[];
  #content: Content;
  #axes: Axes | undefined;
  #marks: RateMarks = {};

  /**
   * @param before - the runs of the cell's text before its latest edit
   * @param changed - called whenever there is something new to draw
   */
  constructor(
    payload: RunPayload,
    before: readonly Run[],
    look: Look & { readonly lossScale: LossScale },
    changed: (change: Change) => void,
  ) {
    this.payload = payload;
    this.#before = before;
    this.#changed = changed;
    this.#axes = look.axes;
    const isComplete = payload.state === 'complete';
    const laboratory = isComplete ? Laboratory.open(payload.source, payload.table) : undefined;
    this.#experiment = laboratory?.experiment ?? readExperiment(payload.source).experiment;
    this.trial =
      laboratory === undefined
        ? undefined
        : new Trial(laboratory, payload.source, payload.runs, () => {
            this.#takeTrial('runs');
          });
    const fit = laboratory?.fitOf(() => this.#content.runs) ?? sampledFit(payload.fit);
    const landscape =
      payload.landscape ?? (laboratory === undefined ? bareLandscape(payload.runs) : undefined);
    const selected = Math.min(look.selected, Math.max(0, payload.runs.length - 1));
    this.#content = {
      runs: payload.runs,
      ghosts: before,
      selected,
      entry: endOf(payload.runs[selected]),
      lossScale: look.lossScale,
      ...(landscape === undefined ? {} : { landscape }),
      ...(fit === undefined ? {} : { fit }),
    };
  }

  get content(): Content {
    return this.#content;
  }

  /** Rates that mean something for the selected run, as far as they are known yet. */
  get marks(): RateMarks {
    return this.#marks;
  }

  /** How the selected run went; undefined while it is under way. */
  get outcome(): Outcome | undefined {
    const run = selectedRun(this.#content);
    if (run === undefined || this.payload.state === 'running') return undefined;
    return outcomeOf(run, this.#marks.limit);
  }

  get form(): UpdateForm {
    const update = this.#experiment?.update;
    return updateForm(update?.[Math.min(this.#content.selected, update.length - 1)]);
  }

  /** The comparison of each check. */
  get operators(): readonly ComparisonOperator[] {
    return this.#experiment?.checks.map(({ formula }) => formula.operator) ?? [];
  }

  get look(): Look {
    return { selected: this.#content.selected, ...(this.#axes === undefined ? {} : { axes: this.#axes }) };
  }

  /** The parameters among which the landscape's axes can be chosen: none where there are two at most. */
  get axisChoices(): readonly string[] {
    const names = Object.keys(selectedRun(this.#content)?.parameters ?? {});
    return names.length > 2 && this.trial !== undefined ? names : [];
  }

  /** The arithmetic of the step that is shown. */
  arithmetic(): readonly StepArithmetic[] {
    const { entry, selected } = this.#content;
    const run = selectedRun(this.#content);
    if (run === undefined) return [];
    const isFull = run.batchLoss === undefined && run.settings.precision === 'float64';
    const before = entry > 0 && isFull ? parametersAt(run, entry - 1) : undefined;
    const gradient = before === undefined ? undefined : this.trial?.laboratory.gradientAt(selected, before);
    return stepArithmetic(run, entry, this.form, gradient);
  }

  /** Begins what takes time: the landscape, where it did not come along, and the rates to mark. */
  begin(): void {
    const { selected, landscape } = this.#content;
    const { axes } = this.look;
    const differs = axes !== undefined && (landscape?.x !== axes.x || landscape.y !== axes.y);
    if (landscape === undefined || selected > 0 || differs) void this.#findLandscape();
    void this.#findMarks();
  }

  moveTo(entry: number): void {
    this.#content = { ...this.#content, entry };
    this.#changed('step');
  }

  /** Brings a run to the front, at the step where the other one stood. */
  select(selected: number): void {
    const [from, to] = [selectedRun(this.#content), this.#content.runs[selected]];
    if (from === undefined || to === undefined) return;
    const atEnd = this.#content.entry === lastEntry(from);
    const entry = atEnd ? lastEntry(to) : entryNear(to, from.steps[this.#content.entry] ?? 0);
    this.#content = { ...this.#content, selected, entry };
    this.#changed('all');
    void this.#findLandscape();
    void this.#findMarks();
  }

  showLossAs(lossScale: LossScale): void {
    this.#content = { ...this.#content, lossScale };
    this.#changed('runs');
  }

  showAxes(axes: Axes): void {
    this.#axes = axes;
    void this.#findLandscape();
  }

  tryRate(rate: number, settled: boolean): void {
    this.trial?.tryRate(this.#content.selected, rate, settled);
    this.#takeTrial(settled ? 'runs' : 'live');
  }

  tryStart(start: ByParameter<number>, settled: boolean): void {
    this.trial?.tryStart(this.#content.selected, start, settled);
    this.#takeTrial(settled ? 'runs' : 'live');
  }

  reset(): void {
    this.trial?.reset();
    this.#takeTrial('runs');
  }

  /** Takes in how far a long run has come. */
  progress({ runs }: ProgressNotice): void {
    const selected = Math.max(0, runs.length - 1);
    const landscape = bareLandscape(runs);
    const entry = endOf(runs[selected]);
    this.#content = {
      ...this.#content,
      runs,
      selected,
      entry,
      ...(landscape === undefined ? {} : { landscape }),
    };
    this.#changed('all');
  }

  /** Ends everything that is under way. */
  stop(): void {
    this.trial?.stop();
    this.#abort.abort();
  }

  /** Shows what the trial has come to, at the same step or, if that was the last one, at the new last one. */
  #takeTrial(change: 'runs' | 'live'): void {
    const { trial } = this;
    if (trial === undefined) return;
    const from = selectedRun(this.#content);
    const to = trial.runs[this.#content.selected];
    if (from === undefined || to === undefined) return;
    if (trial.runs === this.#content.runs) {
      this.#changed('controls');
      return;
    }
    const atEnd = this.#content.entry === lastEntry(from);
    this.#content = {
      ...this.#content,
      runs: trial.runs,
      ghosts: trial.isChanged ? trial.ghosts : this.#before,
      entry: atEnd ? lastEntry(to) : Math.min(this.#content.entry, lastEntry(to)),
    };
    this.#changed(change);
  }

  /** Finds the limit of the selected run, by the curvature where the loss of the cell's own run is lowest. */
  async #findMarks(): Promise<void> {
    const { laboratory } = this.trial ?? {};
    const { selected } = this.#content;
    const run = this.payload.runs[selected];
    if (laboratory === undefined || run === undefined) return;
    const at = parametersAt(run, lowestEntry(run));
    const { signal } = this.#abort;
    const marks = await unlessAborted(laboratory.marksAt(selected, at, signal), signal);
    if (signal.aborted || selected !== this.#content.selected) return;
    this.#marks = marks ?? {};
    this.#changed('controls');
  }

  /** Finds the landscape of the selected run over the chosen axes; runs with the same loss share it. */
  async #findLandscape(): Promise<void> {
    const { laboratory } = this.trial ?? {};
    const { selected } = this.#content;
    if (laboratory === undefined) return;
    const run = laboratory.hasOneLoss ? 0 : selected;
    const key = JSON.stringify([run, this.#axes]);
    const { landscape } = this.payload;
    if (landscape !== undefined && run === 0 && this.#axes === undefined)
      this.#landscapes.set(key, landscape);
    const { signal } = this.#abort;
    const known =
      this.#landscapes.get(key) ??
      (await unlessAborted(laboratory.landscapeOf(run, this.payload.runs, this.#axes ?? {}, signal), signal));
    if (known === undefined || signal.aborted) return;
    this.#landscapes.set(key, known);
    if (known === this.#content.landscape) return;
    this.#content = { ...this.#content, landscape: known };
    this.#changed('all');
  }
}

/** What work comes to; undefined where it was ended on purpose. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

function endOf(run: Run | undefined): number {
  return run === undefined ? 0 : lastEntry(run);
}

/** A fit that came with the output: only its start and its end are known. */
function sampledFit(fit: FitSample | undefined): Fit | undefined {
  if (fit === undefined) return undefined;
  const { atStart, atEnd, ...sample } = fit;
  return { ...sample, predictionAt: (run, entry) => (run > 0 ? undefined : entry === 0 ? atStart : atEnd) };
}
