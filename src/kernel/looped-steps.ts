import { countSymbol, type Node } from './graph.ts';
import { inOrder } from './in-order.ts';
import type { PreparedRun } from './program.ts';
import { stateAt, StepWriter, updateOutputs } from './step-writer.ts';
import { atom, nameOf, type Names, type Writer } from './writer.ts';

/**
 * One step, given the loss and the gradient in `results`, with a loop over the parameters: for models of any size and
 * batches of any size.
 */
export class LoopedStepWriter extends StepWriter {
  /** What the update uses of the rows besides loss and gradient; `results` has it after them. */
  private readonly reductions: readonly Node[];

  constructor(run: PreparedRun, reductions: readonly Node[], writer: Writer) {
    super(run, writer);
    this.reductions = reductions;
  }

  protected override writeState(): void {
    const { run, names } = this;
    const parameters = run.symbols.length;
    run.symbols.forEach((symbol, index) => names.set(symbol, atom(`state[${stateAt.parameters + index}]`)));
    names.set(run.loss, atom('results[0]'));
    this.reductions.forEach((reduction, index) => {
      names.set(reduction, atom(`results[${1 + parameters + index}]`));
    });
  }

  protected override writeStateBack(): void {
    // The parameters have been in `state` all along.
  }

  protected override writeEvaluation(_from: string, _to: string, count: string): void {
    const { writer, run, names, own } = this;
    const last = run.symbols.length;
    names.set(run.graph.symbol(countSymbol), atom(count));
    writer.line('let norm = 0;');
    writer.line(`for (let j = 1; j <= ${last}; j++) norm += results[j] * results[j];`);
    writer.line('norm = Math.sqrt(norm);');
    writer.line('if (norm === Infinity || norm < 1e-150) {');
    writer.line('let longest = 0;');
    writer.line(`for (let j = 1; j <= ${last}; j++) longest = Math.max(longest, Math.abs(results[j]));`);
    writer.line('norm = longest;');
    writer.line('if (longest > 0 && longest < Infinity) {');
    writer.line('let squares = 0;');
    writer.line(
      `for (let j = 1; j <= ${last}; j++) squares += (results[j] / longest) * (results[j] / longest);`,
    );
    writer.line('norm = longest * Math.sqrt(squares);');
    writer.line('}');
    writer.line('}');
    if (writer.precision === 'float32') writer.line('norm = Math.fround(norm);');
    writer.line('let finite = results[0] * 0 + norm * 0;');
    names.set(own.gradientNorm, atom('norm'));
  }

  protected override writeParameters(column: number): void {
    const { writer, run } = this;
    writer.line(`for (let j = 0; j < ${run.symbols.length}; j++) {`);
    writer.line(`const value = state[${stateAt.parameters} + j];`);
    writer.line(`record[${column} + j][written] = value;`);
    writer.line('finite += value * 0;');
    writer.line('}');
  }

  protected override writeParameterUpdates(shared: Names): void {
    const { writer, run, own } = this;
    const count = run.symbols.length;
    const outputs = updateOutputs(run);
    const places = outputs.map((_, place) => `state[${stateAt.parameters + place * count} + j]`);
    const names = new Map(shared);
    const used = new Set(inOrder(outputs, (node) => names.has(node)));
    for (const symbol of run.symbols) {
      // A parameter that the update names is the same for all of them, though the loop changes it on its way.
      if (used.has(symbol)) names.set(symbol, writer.local('const', nameOf(symbol, shared).text));
    }
    writer.line(`for (let j = 0; j < ${count}; j++) {`);
    [own.parameter, ...run.update.memories.map((memory) => memory.symbol)].forEach((symbol, place) => {
      names.set(symbol, writer.local('const', places[place] ?? 'NaN'));
    });
    names.set(own.gradient, writer.local('const', 'results[1 + j]'));
    writer.write(outputs, names);
    outputs.forEach((output, place) => {
      writer.line(`${places[place] ?? ''} = ${nameOf(output, names).text};`);
    });
    writer.line('}');
  }

  protected override lossText(): string {
    return 'results[0]';
  }
}
