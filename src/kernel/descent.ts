import { Epochs } from './epochs.ts';
import { PartEvaluation } from './evaluation.ts';
import { judge } from './judge.ts';
import { Patience } from './patience.ts';
import type { PreparedRun } from './program.ts';
import { recordShape } from './record-layout.ts';
import { byParameter, Recorder, type RunRecord } from './record.ts';
import type { newRecordMemory } from './run-memory.ts';
import type { CheckResult, Outcome, Point, Run } from './run.ts';
import type { Pace, Sliced } from './slices.ts';
import { stateAt } from './step-writer.ts';
import { stepperFor, type Stepper } from './stepper.ts';

/** A slice makes this many numbers at most before they go to the record: they stay in the processor's cache. */
const mostNumbers = 2 ** 13;

/** One run on its way, in slices; what it has recorded can be read between them. */
export class Descent {
  private readonly run: PreparedRun;
  private readonly stepper: Stepper;
  private readonly recorder: Recorder;
  private readonly state: Float64Array;
  /** The entries of the current slice: those of the record, or columns of their own. */
  private slice: readonly Float64Array[] = [];
  private ownSlice: readonly Float64Array[] | undefined;
  private readonly patience: Patience | undefined;
  private readonly fullLoss: PartEvaluation | undefined;
  private readonly validationLoss: PartEvaluation | undefined;
  private stepsTaken = -1;
  private outcome: Outcome = 'stopped';
  private checks: readonly CheckResult[] = [];

  /** @param memoryFor memory for the record, see `Recorder` */
  constructor(run: PreparedRun, memoryFor?: typeof newRecordMemory) {
    const { schedule, update, parameters } = run;
    this.run = run;
    this.stepper = stepperFor(run);
    const shape = recordShape(run);
    this.recorder = new Recorder(shape, schedule.steps + 1, memoryFor);
    this.state = new Float64Array(stateAt.parameters + parameters.length * (1 + update.memories.length));
    this.state[stateAt.learningRate] = run.settings.learningRate;
    this.state.set(run.starts, stateAt.parameters);
    update.memories.forEach(({ startsAt }, memory) => {
      const from = stateAt.parameters + (memory + 1) * parameters.length;
      this.state.fill(startsAt, from, from + parameters.length);
    });
    if (schedule.patience !== undefined) this.patience = new Patience(schedule.patience);
    if (shape.batches) this.fullLoss = new PartEvaluation(run, 'training', run.symbols, [run.loss]);
    if (shape.validation)
      this.validationLoss = new PartEvaluation(run, 'validation', run.symbols, [run.loss]);
  }

  /** The whole run and its judgement. */
  *slices(pace: Pace): Sliced<void> {
    this.outcome = yield* this.run.schedule.hasBatches ? this.batches(pace) : this.fullBatch(pace);
    if (this.run.checks.length === 0) return;
    const { layout } = this.recorder;
    const latest = this.recorder.latest();
    const ending = {
      parameters: latest.subarray(layout.parameters),
      stepsTaken: this.stepsTaken,
      validationLoss: layout.validationLoss === undefined ? NaN : (latest[layout.validationLoss] ?? NaN),
      diverged: this.outcome === 'diverged',
    };
    this.checks = yield* judge(this.run, ending, pace);
  }

  /** The run so far: 'stopped' unless it has ended. Undefined before its first entry. */
  read(): Run | undefined {
    if (this.recorder.length === 0) return undefined;
    const record = this.recorder.read();
    return {
      label: this.run.label,
      settings: this.run.settings,
      outcome: this.outcome,
      ...record,
      stepsTaken: this.stepsTaken,
      stepsPerEpoch: this.run.schedule.stepsPerEpoch,
      ...(this.outcome === 'diverged' ? { firstBadStep: this.stepsTaken } : {}),
      start: pointOf(record, 0),
      final: pointOf(record, record.steps.length - 1),
      checks: this.checks,
    };
  }

  private *fullBatch(pace: Pace): Sliced<Outcome> {
    const columns = yield* this.run.data.columnsInSlices(this.stepper.columns, 'training', pace);
    for (;;) {
      this.slice = (this.stepper.isLong ? this.recorder.room() : undefined) ?? this.columnsOfASlice();
      const most = Math.min(this.slice[0]?.length ?? 0, this.run.schedule.steps - this.stepsTaken);
      const written = yield* this.stepper.advance(this.state, this.slice, columns, most, pace);
      const end = yield* this.take(Math.abs(written), written < 0, pace);
      if (end !== undefined) return end;
      yield;
    }
  }

  private *batches(pace: Pace): Sliced<Outcome> {
    const { state } = this;
    const { rows, steps, stepsPerEpoch, stepsPerFullLoss } = this.run.schedule;
    const columns = yield* this.run.data.columnsInSlices(this.stepper.columns, 'training', pace);
    const epochs = new Epochs(columns, rows, this.run.settings.seed);
    yield* epochs.fill(pace);
    this.slice = this.columnsOfASlice();
    const capacity = this.slice[0]?.length ?? 0;
    this.writeStart();
    const loss = yield* this.fillLoss(1, pace);
    let end = yield* this.take(1, ![loss, ...this.run.starts].every(Number.isFinite), pace);
    while (end === undefined) {
      const stepOfEpoch = this.stepsTaken % stepsPerEpoch;
      if (stepOfEpoch === 0) {
        yield* epochs.shuffle(pace);
        state[stateAt.nextRow] = 0;
        state[stateAt.epoch] = 1 + this.stepsTaken / stepsPerEpoch;
      }
      const nextFull = stepOfEpoch - (stepOfEpoch % stepsPerFullLoss) + stepsPerFullLoss;
      const most = Math.min(nextFull, stepsPerEpoch, stepOfEpoch + steps - this.stepsTaken) - stepOfEpoch;
      const fitting = Math.min(most, capacity);
      const written = yield* this.stepper.advance(state, this.slice, epochs.columns, fitting, pace);
      const entries = Math.abs(written);
      let broken = written < 0;
      if (broken || entries === most)
        broken = !Number.isFinite(yield* this.fillLoss(entries, pace)) || broken;
      end = yield* this.take(entries, broken, pace);
      yield;
    }
    epochs.end();
    return end;
  }

  private columnsOfASlice(): readonly Float64Array[] {
    const { width } = this.recorder.layout;
    const entries = Math.min(this.run.schedule.steps + 1, Math.max(1, Math.floor(mostNumbers / width)));
    this.ownSlice ??= Array.from({ length: width }, () => new Float64Array(entries));
    return this.ownSlice;
  }

  /** The entry of the start, without the losses, in a run with batches. */
  private writeStart(): void {
    const { starts, settings } = this.run;
    const { learningRate, parameters } = this.recorder.layout;
    this.slice.forEach((column, index) => (column[0] = starts[index - parameters] ?? NaN));
    this.write(learningRate, 0, settings.learningRate);
  }

  /** Takes the full loss at the last of `entries` entries. */
  private *fillLoss(entries: number, pace: Pace): Sliced<number> {
    const entry = entries - 1;
    const [loss = NaN] = this.fullLoss ? yield* this.fullLoss.at(this.parametersOf(entry), pace) : [];
    this.write(this.recorder.layout.loss, entry, loss);
    return loss;
  }

  /** Records the first `entries` entries of the buffer, or fewer if patience ends before; says how the run ended. */
  private *take(entries: number, broken: boolean, pace: Pace): Sliced<Outcome | undefined> {
    if (this.validationLoss !== undefined) yield* this.fillValidationLoss(entries, this.validationLoss, pace);
    const settled = this.entriesUntilSettled(broken ? entries - 1 : entries);
    this.stepsTaken += settled ?? entries;
    this.recorder.append(this.slice, settled ?? entries);
    if (settled !== undefined) return 'settled';
    if (broken) return 'diverged';
    return this.stepsTaken === this.run.schedule.steps ? 'finished' : undefined;
  }

  /** How many of the next `entries` entries it takes until patience is over. */
  private entriesUntilSettled(entries: number): number | undefined {
    if (this.patience === undefined) return undefined;
    const { loss, validationLoss: column = loss } = this.recorder.layout;
    for (let entry = 0; entry < entries; entry++) {
      if ((this.stepsTaken + 1 + entry) % this.run.schedule.stepsPerEpoch !== 0) continue;
      if (this.patience.isOver(this.valueAt(column, entry))) return entry + 1;
    }
    return undefined;
  }

  /** Takes the validation loss wherever the full loss has been taken and is a number. */
  private *fillValidationLoss(entries: number, evaluation: PartEvaluation, pace: Pace): Sliced<void> {
    const { hasBatches } = this.run.schedule;
    const { loss: full, validationLoss: column } = this.recorder.layout;
    for (let entry = 0; entry < entries; entry++) {
      if (hasBatches && Number.isNaN(this.valueAt(full, entry))) continue;
      const [loss = NaN] = yield* evaluation.at(this.parametersOf(entry), pace);
      this.write(column, entry, loss);
      if (pace.spent >= pace.rows) yield;
    }
  }

  private parametersOf(entry: number): Float64Array {
    const { parameters } = this.recorder.layout;
    return Float64Array.from(this.run.parameters, (_, index) => this.valueAt(parameters + index, entry));
  }

  private valueAt(column: number, entry: number): number {
    return this.slice[column]?.[entry] ?? NaN;
  }

  private write(column: number | undefined, entry: number, value: number): void {
    const values = column === undefined ? undefined : this.slice[column];
    if (values !== undefined) values[entry] = value;
  }
}

function pointOf({ steps, loss, validationLoss, parameters }: RunRecord, entry: number): Point {
  return {
    step: steps[entry] ?? NaN,
    loss: loss[entry] ?? NaN,
    ...(validationLoss === undefined ? {} : { validationLoss: validationLoss[entry] ?? NaN }),
    parameters: byParameter(Object.keys(parameters), (name) => parameters[name]?.[entry] ?? NaN),
  };
}
