import { Epochs } from './epochs.ts';
import { PartEvaluation } from './evaluation.ts';
import { judge } from './judge.ts';
import { Patience } from './patience.ts';
import type { PreparedRun } from './program.ts';
import { byParameter, Recorder } from './record.ts';
import type { CheckResult, Outcome, Point, Run } from './run.ts';
import type { Pace, Sliced } from './slices.ts';
import { stateAt } from './step-writer.ts';
import { stepperFor, type Stepper } from './stepper.ts';

/** A slice makes this many numbers at most before they go to the record. */
const mostNumbers = 2 ** 17;

/** Where an entry has its numbers, the parameters last: see `Recorder`. */
const entryAt = { loss: 0, learningRate: 1, gradientNorm: 2, batchLoss: 3 } as const;

/** One run on its way, in slices; what it has recorded can be read between them. */
export class Descent {
  private readonly run: PreparedRun;
  private readonly stepper: Stepper;
  private readonly recorder: Recorder;
  private readonly state: Float64Array;
  /** The entries of the current slice, those before the first that is not yet taken included. */
  private readonly buffer: Float64Array;
  private readonly capacity: number;
  private readonly validationPlace: number;
  private readonly patience: Patience | undefined;
  private readonly fullLoss: PartEvaluation | undefined;
  private readonly validationLoss: PartEvaluation | undefined;
  private stepsTaken = -1;
  private outcome: Outcome = 'stopped';
  private start: Point | undefined;
  private final: Point | undefined;
  private finalParameters = new Float64Array();
  private checks: readonly CheckResult[] = [];

  constructor(run: PreparedRun) {
    const { schedule, update, parameters } = run;
    this.run = run;
    this.stepper = stepperFor(run);
    const names = parameters.map(({ name }) => name);
    const validation = run.data.validationRows > 0;
    const entries = schedule.steps + 1;
    this.recorder = new Recorder({ parameters: names, batches: schedule.hasBatches, validation }, entries);
    this.validationPlace = schedule.hasBatches ? entryAt.batchLoss + 1 : entryAt.batchLoss;
    this.capacity = Math.min(entries, Math.max(1, Math.floor(mostNumbers / this.recorder.width)));
    this.buffer = new Float64Array(this.capacity * this.recorder.width);
    this.state = new Float64Array(stateAt.parameters + parameters.length * (1 + update.memories.length));
    this.state[stateAt.learningRate] = run.settings.learningRate;
    this.state.set(run.starts, stateAt.parameters);
    update.memories.forEach(({ startsAt }, memory) => {
      const from = stateAt.parameters + (memory + 1) * parameters.length;
      this.state.fill(startsAt, from, from + parameters.length);
    });
    if (schedule.patience !== undefined) this.patience = new Patience(schedule.patience);
    if (schedule.hasBatches) this.fullLoss = new PartEvaluation(run, 'training', run.symbols, [run.loss]);
    if (validation) this.validationLoss = new PartEvaluation(run, 'validation', run.symbols, [run.loss]);
  }

  /** The whole run and its judgement. */
  *slices(pace: Pace): Sliced<void> {
    this.outcome = yield* this.run.schedule.hasBatches ? this.batches(pace) : this.fullBatch(pace);
    if (this.final === undefined) return;
    const ending = {
      parameters: this.finalParameters,
      stepsTaken: this.stepsTaken,
      validationLoss: this.final.validationLoss ?? NaN,
      diverged: this.outcome === 'diverged',
    };
    this.checks = yield* judge(this.run, ending, pace);
  }

  /** The run so far: 'stopped' unless it has ended. Undefined before its first entry. */
  read(): Run | undefined {
    const { start, final } = this;
    if (start === undefined || final === undefined) return undefined;
    return {
      label: this.run.label,
      settings: this.run.settings,
      outcome: this.outcome,
      ...this.recorder.read(),
      stepsTaken: this.stepsTaken,
      stepsPerEpoch: this.run.schedule.stepsPerEpoch,
      ...(this.outcome === 'diverged' ? { firstBadStep: this.stepsTaken } : {}),
      start,
      final,
      checks: this.checks,
    };
  }

  private *fullBatch(pace: Pace): Sliced<Outcome> {
    const columns = this.run.data.columns(this.stepper.columns, 'training');
    for (;;) {
      const written = yield* this.stepper.advance(this.state, this.buffer, columns, this.capacity, pace);
      const end = yield* this.take(Math.abs(written), written < 0, pace);
      if (end !== undefined) return end;
      yield;
    }
  }

  private *batches(pace: Pace): Sliced<Outcome> {
    const { state } = this;
    const { rows, steps, stepsPerEpoch, stepsPerFullLoss } = this.run.schedule;
    const columns = this.run.data.columns(this.stepper.columns, 'training');
    const epochs = new Epochs(columns, rows, this.run.settings.seed);
    this.writeStart();
    let end = yield* this.take(1, !Number.isFinite(yield* this.fillLoss(1, pace)), pace);
    while (end === undefined) {
      const stepOfEpoch = this.stepsTaken % stepsPerEpoch;
      if (stepOfEpoch === 0) {
        yield* epochs.shuffle(pace);
        state[stateAt.nextRow] = 0;
        state[stateAt.epoch] = 1 + this.stepsTaken / stepsPerEpoch;
      }
      const nextFull = stepOfEpoch - (stepOfEpoch % stepsPerFullLoss) + stepsPerFullLoss;
      const most = Math.min(nextFull, stepsPerEpoch, stepOfEpoch + steps - this.stepsTaken) - stepOfEpoch;
      const fitting = Math.min(most, this.capacity);
      const written = yield* this.stepper.advance(state, this.buffer, epochs.columns, fitting, pace);
      const entries = Math.abs(written);
      let broken = written < 0;
      if (broken || entries === most)
        broken = !Number.isFinite(yield* this.fillLoss(entries, pace)) || broken;
      end = yield* this.take(entries, broken, pace);
      yield;
    }
    return end;
  }

  /** The entry of the start, without the losses, in a run with batches. */
  private writeStart(): void {
    const { buffer, run } = this;
    const { width } = this.recorder;
    buffer.fill(NaN, 0, width);
    buffer[entryAt.learningRate] = run.settings.learningRate;
    buffer.set(run.starts, width - run.starts.length);
  }

  /** Takes the full loss at the last of `entries` entries. */
  private *fillLoss(entries: number, pace: Pace): Sliced<number> {
    const entry = entries - 1;
    const [loss = NaN] = this.fullLoss ? yield* this.fullLoss.at(this.parametersOf(entry), pace) : [];
    this.buffer[entry * this.recorder.width + entryAt.loss] = loss;
    return loss;
  }

  /** Records the first `entries` entries of the buffer, or fewer if patience ends before; says how the run ended. */
  private *take(entries: number, broken: boolean, pace: Pace): Sliced<Outcome | undefined> {
    if (this.validationLoss !== undefined) yield* this.fillValidationLoss(entries, this.validationLoss, pace);
    const settled = this.entriesUntilSettled(broken ? entries - 1 : entries);
    this.stepsTaken += settled ?? entries;
    this.append(settled ?? entries);
    if (settled !== undefined) return 'settled';
    if (broken) return 'diverged';
    return this.stepsTaken === this.run.schedule.steps ? 'finished' : undefined;
  }

  /** How many of the next `entries` entries it takes until patience is over. */
  private entriesUntilSettled(entries: number): number | undefined {
    if (this.patience === undefined) return undefined;
    const place = this.validationLoss === undefined ? entryAt.loss : this.validationPlace;
    for (let entry = 0; entry < entries; entry++) {
      if ((this.stepsTaken + 1 + entry) % this.run.schedule.stepsPerEpoch !== 0) continue;
      if (this.patience.isOver(this.buffer[entry * this.recorder.width + place] ?? NaN)) return entry + 1;
    }
    return undefined;
  }

  /** Takes the validation loss wherever the full loss has been taken, and at a last entry that is not finite. */
  private *fillValidationLoss(entries: number, evaluation: PartEvaluation, pace: Pace): Sliced<void> {
    const { hasBatches } = this.run.schedule;
    const { width } = this.recorder;
    for (let entry = 0; entry < entries; entry++) {
      const at = entry * width;
      if (hasBatches && Number.isNaN(this.buffer[at + entryAt.loss])) continue;
      const [loss = NaN] = yield* evaluation.at(this.parametersOf(entry), pace);
      this.buffer[at + this.validationPlace] = loss;
    }
  }
  private append(entries: number): void {
    this.recorder.append(this.buffer, entries);
    this.start ??= this.pointOf(0, 0);
    this.final = this.pointOf(entries - 1, this.stepsTaken);
    this.finalParameters = this.parametersOf(entries - 1).slice();
  }

  private pointOf(entry: number, step: number): Point {
    const { data, parameters } = this.run;
    const at = entry * this.recorder.width;
    const values = this.parametersOf(entry);
    return {
      step,
      loss: this.buffer[at + entryAt.loss] ?? NaN,
      ...(data.validationRows > 0 ? { validationLoss: this.buffer[at + this.validationPlace] ?? NaN } : {}),
      parameters: byParameter(
        parameters.map(({ name }) => name),
        (_, index) => values[index] ?? NaN,
      ),
    };
  }

  private parametersOf(entry: number): Float64Array {
    const end = (entry + 1) * this.recorder.width;
    return this.buffer.subarray(end - this.run.parameters.length, end);
  }
}
