import { mostOperations, operationsOf } from './chunks.ts';
import { compile, type Compiled } from './compile.ts';
import { Evaluation } from './evaluation.ts';
import { FusedStepWriter } from './fused-steps.ts';
import type { Node } from './graph.ts';
import { inOrder } from './in-order.ts';
import { rowsPerBlock } from './loops.ts';
import { LoopedStepWriter } from './looped-steps.ts';
import { planFor, type Plan } from './plan.ts';
import type { PreparedRun } from './program.ts';
import { rowsPerStep, unitsLeft, type Pace, type Sliced } from './slices.ts';
import { RowCode } from './wasm/row-code.ts';
import { Writer } from './writer.ts';
import { stateAt, stateSymbols, stepSignature, updateOutputs, type StepFunction } from './step-writer.ts';

/** Goes on with a run, step by step, in generated code. */
export interface Stepper {
  /** Whether it goes many steps at a time. */
  readonly isLong: boolean;
  /** What the columns that it is given hold. */
  readonly columns: readonly Node[];
  /**
   * Writes up to `most` entries into the record, and returns how many; of these the last is not finite where the
   * number is negative.
   */
  readonly advance: (
    state: Float64Array,
    record: readonly Float64Array[],
    columns: readonly Float64Array[],
    most: number,
    pace: Pace,
  ) => Sliced<number>;
}

/** Runs that begin again, as those of a program do that is looked at closely, find their code written. */
const steppers = new WeakMap<PreparedRun, Stepper>();

/** What goes on with a run; it holds nothing of how far the run is. */
export function stepperFor(run: PreparedRun): Stepper {
  const stepper = steppers.get(run) ?? makeStepper(run);
  steppers.set(run, stepper);
  return stepper;
}

function makeStepper(run: PreparedRun): Stepper {
  const plan = planFor(
    [run.loss, ...run.gradient, ...updateOutputs(run), run.learningRate],
    run.data.trainingRows,
  );
  return isSmall(run, plan) ? new FusedStepper(run, plan) : new LoopedStepper(run);
}

/** Whether one function can hold it all and is still optimised soon. */
function isSmall(run: PreparedRun, plan: Plan): boolean {
  const columns = new Set(plan.columns);
  const evaluation = operationsOf([run.loss, ...run.gradient], (node) => columns.has(node));
  const update = run.symbols.length * operationsOf(updateOutputs(run), (node) => node === run.loss);
  return run.schedule.batchSize <= rowsPerBlock && evaluation + update <= mostOperations;
}

class FusedStepper implements Stepper {
  readonly isLong = true;
  readonly columns: readonly Node[];
  private readonly run: PreparedRun;
  private readonly steps: RowCode<StepFunction>;
  private readonly rowsPerStep: number;

  constructor(run: PreparedRun, plan: Plan) {
    this.run = run;
    this.columns = plan.columns;
    this.rowsPerStep = run.schedule.batchSize * plan.passes.length;
    this.steps = new RowCode({
      signature: stepSignature,
      precision: run.graph.precision,
      columns: plan.columns,
      roots: plan.passes.flat(),
      write: (writer) => {
        new FusedStepWriter(run, plan, writer).write();
      },
    });
  }

  // eslint-disable-next-line require-yield -- its slice is one call
  *advance(
    state: Float64Array,
    record: readonly Float64Array[],
    columns: readonly Float64Array[],
    most: number,
    pace: Pace,
  ): Sliced<number> {
    const { rows, batchSize } = this.run.schedule;
    const workPerStep = rowsPerStep + this.rowsPerStep;
    const fitting = Math.min(most, unitsLeft(pace, workPerStep));
    const { run, constants, use } = this.steps.over(columns, fitting * this.rowsPerStep);
    const entries = Math.min(fitting, firstEntries * 2 ** use.calls++);
    pace.spent += entries * workPerStep;
    return run(state, record, noResults, constants, columns, entries, rows, batchSize);
  }
}

class LoopedStepper implements Stepper {
  readonly isLong = false;
  readonly columns: readonly Node[];
  private readonly run: PreparedRun;
  private readonly evaluation: Evaluation;
  private readonly steps: Compiled<StepFunction>;

  constructor(run: PreparedRun) {
    this.run = run;
    const used = inOrder([...updateOutputs(run), run.learningRate], (node) => node === run.loss);
    const reductions = used.filter((node) => node.operation === 'reduction');
    const outputs = [run.loss, ...run.gradient, ...reductions];
    this.evaluation = new Evaluation(run.graph, stateSymbols(run), outputs, run.data.trainingRows);
    this.columns = this.evaluation.passes.plan.columns;
    const writer = new Writer(run.graph.precision);
    new LoopedStepWriter(run, reductions, writer).write();
    this.steps = compile(stepSignature, writer);
  }

  *advance(
    state: Float64Array,
    record: readonly Float64Array[],
    columns: readonly Float64Array[],
    _most: number,
    pace: Pace,
  ): Sliced<number> {
    const { run, constants } = this.steps;
    const { rows, batchSize, hasBatches } = this.run.schedule;
    const from = hasBatches ? (state[stateAt.nextRow] ?? 0) : 0;
    const results = yield* this.evaluation.over(state, columns, from, Math.min(from + batchSize, rows), pace);
    pace.spent += rowsPerStep;
    return run(state, record, results, constants, columns, 1, rows, batchSize);
  }
}

/**
 * A new function writes so many entries in its first call, then twice as many in each: engines that optimise its loop
 * before they have seen its end throw what they made away at every end.
 */
const firstEntries = 8;
const noResults = new Float64Array();
