import type { Signature } from './compile.ts';
import type { Node } from './graph.ts';
import { inOrder } from './in-order.ts';
import { timeNames, type PreparedRun } from './program.ts';
import { recordLayout, recordShape, type RecordLayout } from './record-layout.ts';
import { ownSymbols } from './update.ts';
import { atom, nameOf, type Expression, type Names, type Writer } from './writer.ts';

/** Where `state` has what a run takes from step to step; after the parameters come their memories. */
export const stateAt = { step: 0, epoch: 1, nextRow: 2, learningRate: 3, parameters: 4 } as const;

/**
 * Goes on with a run by up to `entries` entries of its record, and returns how many it wrote; of these the last is
 * not finite where the number is negative.
 *
 * @param record the columns of the entries, written from their beginning, as their layout has them
 * @param results loss, gradient and more, where the function does not pass over the rows itself
 */
export type StepFunction = (
  state: Float64Array,
  record: readonly Float64Array[],
  results: Float64Array,
  constants: Float64Array,
  columns: readonly Float64Array[],
  entries: number,
  rows: number,
  batchSize: number,
) => number;

export const stepSignature: Signature<StepFunction> = {
  parameters: ['state', 'record', 'results', 'constants', 'columns', 'entries', 'rows', 'batchSize'],
};

/** The symbols that `state` holds, in its order. */
export function stateSymbols({ graph, symbols }: PreparedRun): Node[] {
  const leading = Object.keys(stateAt).slice(0, stateAt.parameters);
  return [...leading.map((name) => graph.symbol(name)), ...symbols];
}

/** What an update computes: the parameter, then its memories. */
export function updateOutputs({ update }: PreparedRun): Node[] {
  return [update.parameter, ...update.memories.map((memory) => memory.next)];
}

/** Writes the loop over the steps; how it comes by the loss and treats the parameters is for its kinds to say. */
export abstract class StepWriter {
  readonly writer: Writer;
  protected readonly run: PreparedRun;
  protected readonly layout: RecordLayout;
  protected readonly names: Names = new Map();
  protected readonly own: ReturnType<typeof ownSymbols>;

  constructor(run: PreparedRun, writer: Writer) {
    this.run = run;
    this.layout = recordLayout(recordShape(run));
    this.own = ownSymbols(run.graph);
    this.writer = writer;
  }

  write(): void {
    const { writer, run, names } = this;
    if (this.usesTime) {
      writer.line(`let step = state[${stateAt.step}] | 0;`);
      writer.line(`let epoch = state[${stateAt.epoch}];`);
    }
    writer.line(`let nextRow = state[${stateAt.nextRow}] | 0;`);
    writer.line(`let rate = state[${stateAt.learningRate}];`);
    names.set(run.graph.symbol('step'), this.time('step'));
    names.set(run.graph.symbol('epoch'), this.time('epoch'));
    this.writeState();
    this.writeRecordColumns(0, this.layout.parameters);
    writer.line('const end = entries | 0;');
    writer.line('let broken = false;');
    writer.line('let written = 0;');
    writer.line('while (written < end) {');
    if (run.schedule.hasBatches) this.writeBatchStep();
    else this.writeFullStep();
    writer.line('}');
    this.writeStateBack();
    if (this.usesTime) writer.line(`state[${stateAt.step}] = step;`);
    writer.line(`state[${stateAt.nextRow}] = nextRow;`);
    writer.line(`state[${stateAt.learningRate}] = rate;`);
    // Last, or engines would keep across this call what the loop has in registers.
    if (this.hasConstantRate) writer.line(`r${this.layout.learningRate}.fill(rate, 0, written);`);
    writer.line('return broken ? -written : written;');
  }

  /** Makes the parameters and memories known. */
  protected abstract writeState(): void;
  protected abstract writeStateBack(): void;
  /**
   * Names loss, gradient and its length `norm`, over the rows `from` to `to` of the columns, and makes `finite`, which
   * is 0 where loss and length are finite.
   */
  protected abstract writeEvaluation(from: string, to: string, count: string): void;
  /** Writes the parameters to the columns of `record` from `column` on, and adds 0 to `finite` if they are. */
  protected abstract writeParameters(column: number): void;
  /** All parameters and memories anew, from the values before the step; `shared` names what they have in common. */
  protected abstract writeParameterUpdates(shared: Names): void;
  protected abstract lossText(): string;

  /** Whether the update looks at the step or the epoch, so that the loop has to count. */
  private get usesTime(): boolean {
    const { graph, learningRate } = this.run;
    const used = inOrder([...updateOutputs(this.run), learningRate]);
    return timeNames.some((name) => used.includes(graph.symbol(name)));
  }

  private get hasConstantRate(): boolean {
    return this.run.learningRate.operation === 'constant';
  }

  /** Looks at the columns before the loop, for then engines need not make sure at every step that they are arrays. */
  protected writeRecordColumns(from: number, to: number): void {
    for (let column = from; column < to; column++) {
      this.writer.line(`const r${column} = record[${column}];`);
      this.writer.line(`r${column}[0];`);
    }
  }

  /** An entry, then the step that leads to the next one. */
  private writeFullStep(): void {
    const { writer } = this;
    this.writeEvaluation('0', 'rows', 'rows');
    this.writeEntry({ loss: this.lossText() });
    if (this.usesTime) {
      writer.line('step++;');
      writer.line('epoch = step;');
    }
    this.writeUpdate();
  }

  /** A step on the next batch, then its entry. */
  private writeBatchStep(): void {
    const { writer } = this;
    if (this.usesTime) writer.line('step++;');
    writer.line('const to = Math.min(nextRow + batchSize, rows);');
    writer.line('const count = to - nextRow;');
    this.writeEvaluation('nextRow', 'to', 'count');
    writer.line('nextRow = to;');
    this.writeUpdate();
    this.writeEntry({ batchLoss: this.lossText() });
  }

  /** An entry with this loss; those that are taken elsewhere, or not at this step, are NaN for now. */
  private writeEntry({ loss = 'NaN', batchLoss = 'NaN' }: { loss?: string; batchLoss?: string }): void {
    const { writer, layout } = this;
    const values = { loss, learningRate: 'rate', gradientNorm: 'norm', batchLoss, validationLoss: 'NaN' };
    for (const [field, value] of Object.entries(values)) {
      const column = layout[field as keyof typeof values];
      if (column === undefined || (field === 'learningRate' && this.hasConstantRate)) continue;
      writer.line(`r${column}[written] = ${value};`);
    }
    this.writeParameters(layout.parameters);
    writer.line('written++;');
    writer.line('if (!(finite < 1)) {');
    writer.line('broken = true;');
    writer.line('break;');
    writer.line('}');
  }

  private writeUpdate(): void {
    const { writer, run, own } = this;
    const outputs = updateOutputs(run);
    const memories = run.update.memories.map((memory) => memory.symbol);
    const differing = new Set([own.parameter, own.gradient, ...memories]);
    const shared = new Map(this.names);
    const order = inOrder([...outputs, run.learningRate], (node) => shared.has(node));
    for (const node of order)
      if (node.operands.some((operand) => differing.has(operand))) differing.add(node);
    const needed = new Set(order.filter((node) => differing.has(node)).flatMap((node) => node.operands));
    const isRoot = (node: Node) => needed.has(node) || node === run.learningRate || outputs.includes(node);
    const common = order.filter((node) => !differing.has(node) && !shared.has(node) && isRoot(node));
    writer.writeLocals([...common, run.learningRate], shared);
    this.writeParameterUpdates(shared);
    if (!this.hasConstantRate) writer.line(`rate = ${nameOf(run.learningRate, shared).text};`);
  }

  private time(name: string): Expression {
    return atom(this.writer.precision === 'float32' ? `Math.fround(${name})` : name);
  }
}
