import { countSymbol } from './graph.ts';
import { oneLane, writeBlock, writeColumns } from './loops.ts';
import type { Plan } from './plan.ts';
import type { PreparedRun } from './program.ts';
import { stateAt, StepWriter, updateOutputs } from './step-writer.ts';
import { atom, nameOf, type Names, type Writer } from './writer.ts';

/**
 * The loop over the steps with the loop over the examples in it, and all parameters in locals: the fastest, for small
 * models and batches of one block of rows at most.
 */
export class FusedStepWriter extends StepWriter {
  private readonly plan: Plan;

  constructor(run: PreparedRun, plan: Plan, writer: Writer) {
    super(run, writer);
    this.plan = plan;
  }

  protected override writeState(): void {
    const { writer, run, names, plan } = this;
    this.writeRecordColumns(this.layout.parameters, this.layout.width);
    run.symbols.forEach((symbol, index) => {
      writer.line(`let p${index} = state[${stateAt.parameters + index}];`);
      names.set(symbol, atom(`p${index}`));
    });
    this.forMemories((local, place) => {
      writer.line(`let ${local} = state[${place}];`);
    });
    writeColumns(writer, plan.columns, names, plan.passes.flat());
    this.writeLongLength();
  }

  protected override writeStateBack(): void {
    const { writer, run } = this;
    run.symbols.forEach((_, index) => {
      writer.line(`state[${stateAt.parameters + index}] = p${index};`);
    });
    this.forMemories((local, place) => {
      writer.line(`state[${place}] = ${local};`);
    });
  }

  protected override writeEvaluation(from: string, to: string, count: string): void {
    const { writer, run, names, plan } = this;
    names.set(run.graph.symbol(countSymbol), atom(count));
    for (const reductions of plan.passes) writeBlock(writer, reductions, oneLane(names), from, to);
    writer.writeLocals([run.loss, ...run.gradient], names);
    this.writeNorm();
  }

  protected override writeParameters(column: number): void {
    this.run.symbols.forEach((_, index) => {
      this.writer.line(`r${column + index}[written] = p${index};`);
      this.writer.line(`finite += p${index} * 0;`);
    });
  }

  protected override writeParameterUpdates(shared: Names): void {
    const { writer, run, own } = this;
    const outputs = updateOutputs(run);
    const assignments: string[] = [];
    run.symbols.forEach((_, index) => {
      const names = new Map(shared);
      names.set(own.parameter, atom(`p${index}`));
      names.set(own.gradient, nameOf(run.gradient[index] ?? own.gradient, this.names));
      run.update.memories.forEach((memory, place) => names.set(memory.symbol, atom(`m${place}_${index}`)));
      writer.write(outputs, names);
      const targets = [`p${index}`, ...run.update.memories.map((_, place) => `m${place}_${index}`)];
      outputs.forEach((output, place) => {
        const next = writer.local('const', nameOf(output, names).text).text;
        assignments.push(`${targets[place] ?? ''} = ${next};`);
      });
    });
    for (const assignment of assignments) writer.line(assignment);
  }

  protected override lossText(): string {
    return nameOf(this.run.loss, this.names).text;
  }

  /** The length of the gradient; `longLength` where a square would overflow or underflow. */
  private writeNorm(): void {
    const { writer, run, names, own } = this;
    const parts = run.gradient.map((node) => nameOf(node, names).text);
    const lossPart = `${nameOf(run.loss, names).text} * 0`;
    if (parts.length <= 1) {
      writer.line(`let norm = Math.abs(${parts[0] ?? '0'});`);
      writer.line(`let finite = ${lossPart} + norm * 0;`);
    } else {
      writer.line(`let finite = ${lossPart};`);
      writer.line(`let norm = Math.sqrt(${parts.map((part) => `${part} * ${part}`).join(' + ')});`);
      const [least, most] = [writer.constant(1e-150).text, writer.constant(Infinity).text];
      writer.line(`if (!(norm >= ${least} && norm < ${most})) {`);
      writer.line(`norm = longLength(${parts.join(', ')});`);
      writer.line('finite += norm * 0;');
      writer.line('}');
    }
    if (writer.precision === 'float32') {
      writer.line('norm = Math.fround(norm);');
      writer.line('finite += norm * 0;');
    }
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

  private forMemories(write: (local: string, place: number) => void): void {
    const { symbols, update } = this.run;
    update.memories.forEach((_, memory) => {
      symbols.forEach((_, index) => {
        write(`m${memory}_${index}`, stateAt.parameters + (memory + 1) * symbols.length + index);
      });
    });
  }
}
