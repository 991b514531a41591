import { chunksOf, type Chunk } from './chunks.ts';
import { compile, type Compiled, type Signature } from './compile.ts';
import type { Graph, Node } from './graph.ts';
import { nameSums, writeInputs } from './inputs.ts';
import { Passes } from './passes.ts';
import { planFor, type Plan } from './plan.ts';
import type { PreparedRun } from './program.ts';
import type { Pace, Sliced } from './slices.ts';
import type { Part } from './split-rows.ts';
import { atom, nameOf, Writer, type Names } from './writer.ts';

type Finish = (
  inputs: Float64Array,
  sums: Float64Array,
  constants: Float64Array,
  between: Float64Array,
  results: Float64Array,
  count: number,
) => void;

const finishSignature: Signature<Finish> = {
  parameters: ['inputs', 'sums', 'constants', 'between', 'results', 'count'],
};

/** Numbers computed from symbols and data: the values of `outputs`, in their order. */
export class Evaluation {
  readonly passes: Passes;
  private readonly parts: readonly Compiled<Finish>[];
  /** What goes from one part to a later one. */
  private readonly between: Float64Array;
  private readonly size: number;

  /**
   * @param inputs the symbols that `inputs` holds, in this order
   * @param rows about how many rows it will run over
   */
  constructor(graph: Graph, inputs: readonly Node[], outputs: readonly Node[], rows: number) {
    const plan = planFor(outputs, rows);
    this.passes = new Passes(graph, plan, inputs);
    this.size = outputs.length;
    const chunks = chunksOf(outputs, isGiven);
    const places = new Map(chunks.flatMap((chunk) => chunk.gives).map((node, place) => [node, place]));
    this.between = new Float64Array(places.size);
    this.parts = partsOf(outputs, chunks).map((part) =>
      compilePart(graph, plan, inputs, outputs, part, places),
    );
  }

  /** @param columns the values of the plan's columns at the rows from `from` to `to` */
  *over(
    inputs: Float64Array,
    columns: readonly Float64Array[],
    from: number,
    to: number,
    pace: Pace,
  ): Sliced<Float64Array> {
    const sums = yield* this.passes.over(inputs, columns, from, to, pace);
    return this.results(inputs, sums, to - from);
  }

  /** The outputs from the sums of the passes over `count` rows. */
  results(inputs: Float64Array, sums: Float64Array, count: number): Float64Array {
    const results = new Float64Array(this.size);
    for (const { run, constants } of this.parts) run(inputs, sums, constants, this.between, results, count);
    return results;
  }
}

/** An evaluation over the rows of one part of a run's data. */
export class PartEvaluation {
  private readonly run: PreparedRun;
  private readonly part: Part;
  private readonly evaluation: Evaluation;
  private readonly rows: number;
  private columns: readonly Float64Array[] | undefined;

  constructor(run: PreparedRun, part: Part, inputs: readonly Node[], outputs: readonly Node[]) {
    this.run = run;
    this.part = part;
    this.rows = part === 'training' ? run.data.trainingRows : run.data.validationRows;
    this.evaluation = new Evaluation(run.graph, inputs, outputs, this.rows);
  }

  /** The values of the outputs where the inputs have these values. */
  *at(inputs: Float64Array, pace: Pace): Sliced<Float64Array> {
    const { plan } = this.evaluation.passes;
    this.columns ??= yield* this.run.data.columnsInSlices(plan.columns, this.part, pace);
    return yield* this.evaluation.over(inputs, this.columns, 0, this.rows, pace);
  }
}

/** Known before the outputs are computed from it. */
function isGiven(node: Node): boolean {
  return node.operation === 'symbol' || node.operation === 'constant' || node.operation === 'reduction';
}

interface OutputPart extends Chunk {
  /** The places of the outputs that it writes. */
  readonly outputs: readonly number[];
}

/** Each output is written by the part that computes it, or by the first if it is given. */
function partsOf(outputs: readonly Node[], chunks: readonly Chunk[]): OutputPart[] {
  const parts = chunks.length > 0 ? chunks : [{ nodes: [], takes: [], gives: [] }];
  const homes = new Map(parts.flatMap((part, index) => part.nodes.map((node) => [node, index])));
  return parts.map((part, index) => ({
    ...part,
    outputs: [...outputs.keys()].filter((place) => {
      const output = outputs[place];
      return output !== undefined && (homes.get(output) ?? 0) === index;
    }),
  }));
}

function compilePart(
  graph: Graph,
  plan: Plan,
  inputs: readonly Node[],
  outputs: readonly Node[],
  part: OutputPart,
  places: ReadonlyMap<Node, number>,
): Compiled<Finish> {
  const writer = new Writer(graph.precision);
  const names: Names = new Map();
  const placeOf = (node: Node) => `between[${places.get(node) ?? 0}]`;
  nameSums(plan, plan.passes.length, names);
  for (const node of part.takes) names.set(node, atom(placeOf(node)));
  const own = part.outputs.flatMap((place) => outputs[place] ?? []);
  const roots = [...own, ...part.gives];
  writeInputs(writer, names, inputs, 'inputs', roots);
  writer.writeLocals(roots, names);
  part.outputs.forEach((place, index) => {
    const node = own[index];
    if (node !== undefined) writer.line(`results[${place}] = ${nameOf(node, names).text};`);
  });
  for (const node of part.gives) writer.line(`${placeOf(node)} = ${nameOf(node, names).text};`);
  return compile(finishSignature, writer);
}
