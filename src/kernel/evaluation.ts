import { compile, type Compiled, type Signature } from './compile.ts';
import type { Part } from './data.ts';
import { countSymbol, inOrder, type Graph, type Node, type ReductionNode } from './graph.ts';
import { initialValue, oneLane, rowsPerGroup, writeColumns, writeGroups } from './passes.ts';
import { planFor, type Plan } from './plan.ts';
import type { PreparedRun } from './program.ts';
import type { Pace, Sliced } from './slices.ts';
import { atom, nameOf, Writer, type Names } from './writer.ts';

type Pass = (
  inputs: Float64Array,
  sums: Float64Array,
  constants: Float64Array,
  columns: readonly Float64Array[],
  from: number,
  to: number,
  count: number,
) => void;

type Finish = (
  inputs: Float64Array,
  sums: Float64Array,
  constants: Float64Array,
  results: Float64Array,
  count: number,
) => void;

const passSignature: Signature<Pass> = {
  parameters: ['inputs', 'sums', 'constants', 'columns', 'from', 'to', 'count'],
};

const finishSignature: Signature<Finish> = {
  parameters: ['inputs', 'sums', 'constants', 'results', 'count'],
};

/** The passes over the rows that an evaluation makes, as generated functions that may be cut between groups. */
export class Passes {
  readonly plan: Plan;
  private readonly functions: readonly Compiled<Pass>[];
  private readonly initial: readonly number[];

  /** @param inputs the symbols that `inputs` holds when a pass runs, in this order */
  constructor(graph: Graph, plan: Plan, inputs: readonly Node[]) {
    this.plan = plan;
    this.functions = plan.passes.map((_, index) => compilePass(graph, plan, index, inputs));
    this.initial = plan.passes.flat().map((reduction) => Number(initialValue(reduction)));
  }

  /** Makes the sums over the rows from `from` to `to`; `columns` are those of the plan. */
  *over(
    inputs: Float64Array,
    columns: readonly Float64Array[],
    from: number,
    to: number,
    pace: Pace,
  ): Sliced<Float64Array> {
    const sums = Float64Array.from(this.initial);
    for (const { run, constants } of this.functions) {
      for (let row = from; row < to;) {
        const groups = Math.max(1, Math.floor(pace.rows / rowsPerGroup));
        const end = Math.min(row + groups * rowsPerGroup, to);
        run(inputs, sums, constants, columns, row, end, to - from);
        row = end;
        if (row < to) yield;
      }
    }
    return sums;
  }
}

/** Numbers computed from symbols and data: the values of `outputs`, in their order. */
export class Evaluation {
  readonly passes: Passes;
  private readonly finish: Compiled<Finish>;
  private readonly size: number;

  /** @param rows about how many rows it will run over */
  constructor(graph: Graph, inputs: readonly Node[], outputs: readonly Node[], rows: number) {
    this.passes = new Passes(graph, planFor(outputs, rows), inputs);
    this.finish = compileFinish(graph, this.passes.plan, inputs, outputs);
    this.size = outputs.length;
  }

  /** @param columns the values of the plan's columns */
  *over(
    inputs: Float64Array,
    columns: readonly Float64Array[],
    rows: number,
    pace: Pace,
  ): Sliced<Float64Array> {
    const sums = yield* this.passes.over(inputs, columns, 0, rows, pace);
    const results = new Float64Array(this.size);
    this.finish.run(inputs, sums, this.finish.constants, results, rows);
    return results;
  }
}

/** An evaluation over the rows of one part of a run's data. */
export class PartEvaluation {
  private readonly evaluation: Evaluation;
  private readonly columns: readonly Float64Array[];
  private readonly rows: number;

  constructor(run: PreparedRun, part: Part, inputs: readonly Node[], outputs: readonly Node[]) {
    this.rows = part === 'training' ? run.data.trainingRows : run.data.validationRows;
    this.evaluation = new Evaluation(run.graph, inputs, outputs, this.rows);
    this.columns = run.data.columns(this.evaluation.passes.plan.columns, part);
  }

  /** The values of the outputs where the inputs have these values. */
  at(inputs: Float64Array, pace: Pace): Sliced<Float64Array> {
    return this.evaluation.over(inputs, this.columns, this.rows, pace);
  }
}

/** Names the symbols among `roots` by their places in `array`. */
export function writeInputs(
  writer: Writer,
  names: Names,
  inputs: readonly Node[],
  array: string,
  roots: readonly Node[],
): void {
  const used = new Set(inOrder(roots, (node) => names.has(node)));
  inputs.forEach((input, index) => {
    if (used.has(input)) names.set(input, writer.local('const', `${array}[${index}]`));
  });
  for (const node of used) {
    if (node.operation === 'symbol' && node.symbol === countSymbol) names.set(node, atom('count'));
  }
}

/** Names the reductions of the first `passes` passes by their places in `sums`. */
export function nameSums(plan: Plan, passes: number, names: Names): void {
  plan.passes
    .slice(0, passes)
    .flat()
    .forEach((reduction, index) => names.set(reduction, atom(`sums[${index}]`)));
}

function compilePass(graph: Graph, plan: Plan, index: number, inputs: readonly Node[]): Compiled<Pass> {
  const writer = new Writer(graph.precision);
  const names: Names = new Map();
  const reductions: readonly ReductionNode[] = plan.passes[index] ?? [];
  const place = plan.passes.slice(0, index).flat().length;
  writeColumns(writer, plan.columns, names);
  nameSums(plan, index, names);
  const roots = reductions.flatMap((reduction) => reduction.operands);
  writeInputs(writer, names, inputs, 'inputs', roots);
  const placeOf = (reduction: ReductionNode) => `sums[${place + reductions.indexOf(reduction)}]`;
  writeGroups(writer, reductions, oneLane(names), 'from', 'to', placeOf);
  for (const reduction of reductions)
    writer.line(`${placeOf(reduction)} = ${nameOf(reduction, names).text};`);
  return compile(passSignature, writer);
}

function compileFinish(
  graph: Graph,
  plan: Plan,
  inputs: readonly Node[],
  outputs: readonly Node[],
): Compiled<Finish> {
  const writer = new Writer(graph.precision);
  const names: Names = new Map();
  nameSums(plan, plan.passes.length, names);
  writeInputs(writer, names, inputs, 'inputs', outputs);
  writer.write(outputs, names);
  outputs.forEach((output, index) => {
    writer.line(`results[${index}] = ${nameOf(output, names).text};`);
  });
  return compile(finishSignature, writer);
}
