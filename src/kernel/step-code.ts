import { compile, type Compiled, type Signature } from './compile.ts';
import { nameSums } from './evaluation.ts';
import { countSymbol, inOrder, type Node } from './graph.ts';
import { oneLane, rowsPerBlock, writeBlock, writeColumns } from './passes.ts';
import { planFor, type Plan } from './plan.ts';
import type { PreparedRun } from './program.ts';
import { ownSymbols } from './update.ts';
import { atom, nameOf, Writer, type Names } from './writer.ts';

/** Where `state` has what a run takes from step to step; after the parameters come their memories. */
export const stateAt = { step: 0, epoch: 1, nextRow: 2, learningRate: 3, parameters: 4 } as const;

/**
 * Goes on with a run by up to `entries` entries of its record, and returns how many it wrote; of these the last is
 * not finite where the number is negative. It ends at step `last`.
 *
 * @param record width of the record for each entry: see `Recorder`
 * @param sums what the passes over the rows gave, where the function does not pass over them itself
 * @param count the rows of the batch, where the function does not take the batches itself
 */
export type StepFunction = (
  state: Float64Array,
  record: Float64Array,
  sums: Float64Array,
  constants: Float64Array,
  columns: readonly Float64Array[],
  entries: number,
  last: number,
  rows: number,
  batchSize: number,
) => number;

const stepSignature: Signature<StepFunction> = {
  parameters: ['state', 'record', 'sums', 'constants', 'columns', 'entries', 'last', 'rows', 'batchSize'],
};

export interface StepCode extends Compiled<StepFunction> {
  readonly plan: Plan;
  /** True where the function passes over the rows itself: a batch is one block of rows at most. */
  readonly passesItself: boolean;
}

/** The loop over the steps as one generated function, with the loop over the examples in it where these are few. */
export function compileSteps(run: PreparedRun): StepCode {
  const steps = new StepWriter(run);
  steps.write();
  return { ...compile(stepSignature, steps.writer), plan: steps.plan, passesItself: steps.passesItself };
}

/** The symbols that `state` holds, in its order. */
export function stateSymbols(run: PreparedRun): Node[] {
  const { graph, symbols } = run;
  return [
    ...Object.keys(stateAt)
      .slice(0, stateAt.parameters)
      .map((name) => graph.symbol(name)),
    ...symbols,
  ];
}

class StepWriter {
  readonly plan: Plan;
  readonly passesItself: boolean;
  private readonly run: PreparedRun;
  readonly writer: Writer;
  private readonly names: Names = new Map();
  private readonly own: ReturnType<typeof ownSymbols>;

  constructor(run: PreparedRun) {
    this.run = run;
    this.own = ownSymbols(run.graph);
    this.writer = new Writer(run.graph.precision);
    const { update } = run;
    const outputs = [update.parameter, ...update.memories.map((memory) => memory.next), run.learningRate];
    this.plan = planFor([run.loss, ...run.gradient, ...outputs], run.schedule.rows);
    this.passesItself = run.schedule.batchSize <= rowsPerBlock;
  }

  write(): void {
    const { writer, run } = this;
    this.writeState();
    this.writeLongLength();
    writer.line('let at = 0;');
    writer.line('let broken = false;');
    writer.line('let written = 0;');
    writer.line('while (written < entries) {');
    if (run.schedule.hasBatches) this.writeBatchStep();
    else this.writeFullStep();
    writer.line('}');
    this.writeStateBack();
    writer.line('return broken ? -written : written;');
  }

  /** An entry, then the step that leads to the next one. */
  private writeFullStep(): void {
    const { writer, run, names } = this;
    this.writeEvaluation('0', 'rows', 'rows');
    this.writeEntry(nameOf(run.loss, names).text);
    writer.line('if (broken || step === last) break;');
    writer.line('step++;');
    writer.line('epoch = step;');
    this.writeUpdate();
  }

  /** A step on the next batch, then its entry. */
  private writeBatchStep(): void {
    const { writer, run, names } = this;
    writer.line('if (step === last) break;');
    writer.line('step++;');
    writer.line('const to = Math.min(nextRow + batchSize, rows);');
    writer.line('const count = to - nextRow;');
    this.writeEvaluation('nextRow', 'to', 'count');
    writer.line('nextRow = to;');
    this.writeUpdate();
    this.writeEntry('NaN', nameOf(run.loss, names).text);
    writer.line('if (broken) break;');
  }

  private writeState(): void {
    const { writer, run, names } = this;
    writer.line(`let step = state[${stateAt.step}] | 0;`);
    writer.line(`let epoch = state[${stateAt.epoch}];`);
    writer.line(`let nextRow = state[${stateAt.nextRow}] | 0;`);
    writer.line(`let rate = state[${stateAt.learningRate}];`);
    run.symbols.forEach((symbol, index) => {
      writer.line(`let p${index} = state[${stateAt.parameters + index}];`);
      names.set(symbol, atom(`p${index}`));
    });
    this.forMemories((local, place) => {
      writer.line(`let ${local} = state[${place}];`);
    });
    names.set(run.graph.symbol('step'), this.time('step'));
    names.set(run.graph.symbol('epoch'), this.time('epoch'));
    if (this.passesItself) writeColumns(writer, this.plan.columns, names);
  }

  private writeStateBack(): void {
    const { writer, run } = this;
    writer.line(`state[${stateAt.step}] = step;`);
    writer.line(`state[${stateAt.nextRow}] = nextRow;`);
    writer.line(`state[${stateAt.learningRate}] = rate;`);
    run.symbols.forEach((_, index) => {
      writer.line(`state[${stateAt.parameters + index}] = p${index};`);
    });
    this.forMemories((local, place) => {
      writer.line(`state[${place}] = ${local};`);
    });
  }

  /** Writes loss, gradient and its length as locals, over the rows `from` to `to` in the columns. */
  private writeEvaluation(from: string, to: string, count: string): void {
    const { writer, run, names, plan } = this;
    names.set(run.graph.symbol(countSymbol), atom(count));
    if (this.passesItself) {
      for (const reductions of plan.passes) writeBlock(writer, reductions, oneLane(names), from, to);
    } else {
      nameSums(plan, plan.passes.length, names);
    }
    writer.writeLocals([run.loss, ...run.gradient], names);
    this.writeNorm();
  }

  /** The length of the gradient; `longLength` where a square would overflow or underflow. */
  private writeNorm(): void {
    const { writer, run, names, own } = this;
    const parts = run.gradient.map((node) => nameOf(node, names).text);
    if (parts.length <= 1) {
      writer.line(`let norm = Math.abs(${parts[0] ?? '0'});`);
    } else {
      writer.line('let norm = 0;');
      for (const part of parts) writer.line(`norm += ${part} * ${part};`);
      writer.line('norm = Math.sqrt(norm);');
      writer.line(`if (norm === Infinity || norm < 1e-150) norm = longLength(${parts.join(', ')});`);
    }
    if (writer.precision === 'float32') writer.line('norm = Math.fround(norm);');
    names.set(own.gradientNorm, atom('norm'));
  }

  /** Apart from the loop, as it is hardly ever needed and would make the loop slower. */
  private writeLongLength(): void {
    const { writer, run } = this;
    const parts = run.gradient.map((_, index) => `g${index}`);
    if (parts.length <= 1) return;
    writer.line(`const longLength = (${parts.join(', ')}) => {`);
    writer.line('let longest = 0;');
    for (const part of parts) writer.line(`longest = Math.max(longest, Math.abs(${part}));`);
    writer.line('if (!(longest > 0 && longest < Infinity)) return longest;');
    writer.line('let squares = 0;');
    for (const part of parts) writer.line(`squares += (${part} / longest) * (${part} / longest);`);
    writer.line('return longest * Math.sqrt(squares);');
    writer.line('};');
  }

  private writeEntry(loss: string, batchLoss?: string): void {
    const { writer, run, names, own } = this;
    const norm = nameOf(own.gradientNorm, names).text;
    const parameters = run.symbols.map((_, index) => `p${index}`);
    const leading = [loss, 'rate', norm];
    if (batchLoss !== undefined) leading.push(batchLoss);
    if (run.data.validationRows > 0) leading.push('NaN');
    [...leading, ...parameters].forEach((value, place) => {
      writer.line(`record[at + ${place}] = ${value};`);
    });
    writer.line(`at += ${leading.length + parameters.length};`);
    writer.line('written++;');
    writer.line(`let finite = ${batchLoss ?? loss} * 0 + ${norm} * 0;`);
    for (const parameter of parameters) writer.line(`finite += ${parameter} * 0;`);
    writer.line('broken = finite !== 0;');
  }

  /** All parameters and memories anew, from the values before the step. */
  private writeUpdate(): void {
    const { writer, run, own } = this;
    const { update } = run;
    const outputs = [update.parameter, ...update.memories.map((memory) => memory.next)];
    const differing = new Set([
      own.parameter,
      own.gradient,
      ...update.memories.map((memory) => memory.symbol),
    ]);
    const shared = new Map(this.names);
    const order = inOrder([...outputs, run.learningRate], (node) => shared.has(node));
    for (const node of order)
      if (node.operands.some((operand) => differing.has(operand))) differing.add(node);
    const common = order.filter((node) => !differing.has(node) && !shared.has(node));
    const needed = new Set(order.filter((node) => differing.has(node)).flatMap((node) => node.operands));
    const roots = common.filter((node) => needed.has(node) || node === run.learningRate);
    writer.writeLocals(roots, shared);
    const assignments = [`rate = ${nameOf(run.learningRate, shared).text};`];
    run.symbols.forEach((_, index) => {
      const names = new Map(shared);
      names.set(own.parameter, atom(`p${index}`));
      names.set(own.gradient, nameOf(run.gradient[index] ?? own.gradient, this.names));
      update.memories.forEach((memory, place) => names.set(memory.symbol, atom(`m${place}_${index}`)));
      writer.write(outputs, names);
      const targets = [`p${index}`, ...update.memories.map((_, place) => `m${place}_${index}`)];
      outputs.forEach((output, place) => {
        const next = writer.local('const', nameOf(output, names).text).text;
        assignments.push(`${targets[place] ?? ''} = ${next};`);
      });
    });
    for (const assignment of assignments) writer.line(assignment);
  }

  private forMemories(write: (local: string, place: number) => void): void {
    const { symbols, update } = this.run;
    update.memories.forEach((_, memory) => {
      symbols.forEach((_, index) => {
        write(`m${memory}_${index}`, stateAt.parameters + (memory + 1) * symbols.length + index);
      });
    });
  }

  private time(name: string) {
    return atom(this.writer.precision === 'float32' ? `Math.fround(${name})` : name);
  }
}
