import { chunksOf, type Chunk } from './chunks.ts';
import { compile, type Compiled, type Signature } from './compile.ts';
import type { Graph, Node, ReductionNode } from './graph.ts';
import { nameSums, writeInputs } from './inputs.ts';
import {
  initialValue,
  oneLane,
  rowsPerBlock,
  rowsPerGroup,
  writeColumns,
  writeGroups,
  writePart,
} from './loops.ts';
import { numberArithmetic } from './operations.ts';
import type { Plan } from './plan.ts';
import { unitsLeft, type Pace, type Sliced } from './slices.ts';
import { RowCode } from './wasm/row-code.ts';
import { nameOf, Writer, type Names } from './writer.ts';

type Whole = (
  inputs: Float64Array,
  sums: Float64Array,
  constants: Float64Array,
  columns: readonly Float64Array[],
  from: number,
  to: number,
  count: number,
) => void;

const wholeSignature: Signature<Whole> = {
  parameters: ['inputs', 'sums', 'constants', 'columns', 'from', 'to', 'count'],
};

type Part = (
  inputs: Float64Array,
  sums: Float64Array,
  groupSums: Float64Array,
  constants: Float64Array,
  columns: readonly Float64Array[],
  scratch: readonly Float64Array[],
  from: number,
  to: number,
  count: number,
) => void;

const partSignature: Signature<Part> = {
  parameters: ['inputs', 'sums', 'groupSums', 'constants', 'columns', 'scratch', 'from', 'to', 'count'],
};

/** A pass over a whole number of groups of rows, or over the last rows; adds to what `sums` holds. */
type Pass = (
  inputs: Float64Array,
  sums: Float64Array,
  columns: readonly Float64Array[],
  from: number,
  to: number,
  count: number,
) => void;

/** The passes over the rows that an evaluation makes, as generated functions. */
export class Passes {
  readonly plan: Plan;
  private readonly passes: readonly Pass[];
  private readonly initial: Float64Array;
  /** Before it has run nobody knows how many of its rows fit into a slice. */
  private hasRun = false;

  /** @param inputs the symbols that `inputs` holds when a pass runs, in this order */
  constructor(graph: Graph, plan: Plan, inputs: readonly Node[]) {
    this.plan = plan;
    this.passes = plan.passes.map((_, index) => new PassCompiler(graph, plan, index, inputs).compile());
    this.initial = initialSums(plan.passes.flat());
  }

  /** Makes the sums over the rows from `from` to `to`; `columns` are those of the plan. */
  *over(
    inputs: Float64Array,
    columns: readonly Float64Array[],
    from: number,
    to: number,
    pace: Pace,
  ): Sliced<Float64Array> {
    const sums = this.initial.slice();
    for (const pass of this.passes) {
      for (let row = from; row < to;) {
        const groups = this.hasRun ? unitsLeft(pace, rowsPerGroup) : 1;
        const end = Math.min(row + groups * rowsPerGroup, to);
        pass(inputs, sums, columns, row, end, to - from);
        pace.spent += end - row;
        row = end;
        this.hasRun = true;
        if (row < to) yield;
      }
    }
    return sums;
  }
}

function initialSums(reductions: readonly ReductionNode[]): Float64Array {
  return Float64Array.from(reductions, (reduction) => Number(initialValue(reduction)));
}

/** Makes one pass: one function, or, where its loop would be long, a function for each part of it. */
class PassCompiler {
  private readonly graph: Graph;
  private readonly plan: Plan;
  private readonly index: number;
  private readonly inputs: readonly Node[];
  private readonly reductions: readonly ReductionNode[];
  /** Where the reductions begin in `sums`. */
  private readonly place: number;

  constructor(graph: Graph, plan: Plan, index: number, inputs: readonly Node[]) {
    this.graph = graph;
    this.plan = plan;
    this.index = index;
    this.inputs = inputs;
    this.reductions = plan.passes[index] ?? [];
    this.place = plan.passes.slice(0, index).flat().length;
  }

  compile(): Pass {
    const columns = new Set(this.plan.columns);
    const roots = this.reductions.flatMap((reduction) => reduction.operands);
    const chunks = chunksOf(roots, (node) => !node.rows || columns.has(node));
    return chunks.length <= 1 ? this.compileWhole() : this.compileParts(chunks);
  }

  private compileWhole(): Pass {
    const { reductions } = this;
    const code = new RowCode({
      signature: wholeSignature,
      precision: this.graph.precision,
      columns: this.plan.columns,
      roots: reductions,
      write: (writer) => {
        this.writeWhole(writer);
      },
    });
    return (inputs, sums, columns, from, to, count) => {
      const { run, constants } = code.over(columns, to - from);
      run(inputs, sums, constants, columns, from, to, count);
    };
  }

  private writeWhole(writer: Writer): void {
    const { reductions } = this;
    const names: Names = new Map();
    this.writeNames(
      writer,
      names,
      reductions.flatMap((reduction) => reduction.operands),
    );
    const placeOf = (reduction: ReductionNode) => `sums[${this.place + reductions.indexOf(reduction)}]`;
    writeGroups(writer, reductions, oneLane(names), 'from', 'to', placeOf);
    for (const reduction of reductions) {
      writer.line(`${placeOf(reduction)} = ${nameOf(reduction, names).text};`);
    }
  }

  private compileParts(chunks: readonly Chunk[]): Pass {
    const homes = new Map(chunks.flatMap((chunk) => chunk.nodes.map((node) => [node, chunk])));
    const slots = slotsOf(chunks);
    const parts = chunks.map((chunk, index) => {
      const own = this.reductions.filter(
        ({ operands: [operand] }) => operand && (homes.get(operand) ?? chunks[0]) === chunk,
      );
      return this.compilePart(chunk, own, slots.places, index);
    });
    const scratch = Array.from({ length: slots.count }, () => new Float64Array(rowsPerBlock));
    const initial = initialSums(this.reductions);
    const combine = this.combiner();
    return (inputs, sums, columns, from, to, count) => {
      for (let group = from; group < to; group += rowsPerGroup) {
        const groupEnd = Math.min(group + rowsPerGroup, to);
        const groupSums = initial.slice();
        for (let block = group; block < groupEnd; block += rowsPerBlock) {
          const blockEnd = Math.min(block + rowsPerBlock, groupEnd);
          for (const { run, constants } of parts) {
            run(inputs, sums, groupSums, constants, columns, scratch, block, blockEnd, count);
          }
        }
        combine(sums, groupSums);
      }
    };
  }

  private compilePart(
    chunk: Chunk,
    reductions: readonly ReductionNode[],
    slots: ReadonlyMap<Node, number>,
    index: number,
  ): Compiled<Part> {
    const roots = [...chunk.gives, ...reductions.flatMap((reduction) => reduction.operands)];
    const writer = new Writer(this.graph.precision);
    const names: Names = new Map();
    const slotOf = (node: Node) => slots.get(node) ?? index;
    const arrays = new Set([...chunk.takes, ...chunk.gives].map(slotOf));
    for (const slot of arrays) writer.line(`const s${slot} = scratch[${slot}];`);
    for (const node of chunk.takes) {
      names.set(node, { text: `s${slotOf(node)}[row - from]`, binds: 'atom', size: 1 });
    }
    this.writeNames(writer, names, roots);
    writePart(
      writer,
      reductions,
      (reduction) => `groupSums[${this.reductions.indexOf(reduction)}]`,
      chunk.gives.map((node) => ({ node, target: `s${slotOf(node)}[row - from]` })),
      names,
    );
    return compile(partSignature, writer);
  }

  /** Names what `roots` take from the arguments. */
  private writeNames(writer: Writer, names: Names, roots: readonly Node[]): void {
    nameSums(this.plan, this.index, names);
    writeColumns(writer, this.plan.columns, names, roots);
    writeInputs(writer, names, this.inputs, 'inputs', roots);
  }

  /** Adds a group's sums to the totals. */
  private combiner(): (sums: Float64Array, groupSums: Float64Array) => void {
    const { add, largest, smallest } = numberArithmetic(this.graph.precision);
    const kinds = this.reductions.map(({ reduction }) => reduction);
    return (sums, groupSums) => {
      kinds.forEach((kind, index) => {
        const total = sums[this.place + index] ?? NaN;
        const part = groupSums[index] ?? NaN;
        sums[this.place + index] =
          kind === 'total'
            ? add(total, part)
            : kind === 'largest'
              ? largest([total, part])
              : smallest([total, part]);
      });
    };
  }
}

/** Places in the scratch memory for what goes from part to part; a place is free again after its last use. */
function slotsOf(chunks: readonly Chunk[]): { places: ReadonlyMap<Node, number>; count: number } {
  const lastUses = new Map<Node, number>();
  chunks.forEach((chunk, index) => {
    for (const node of chunk.takes) lastUses.set(node, index);
  });
  const places = new Map<Node, number>();
  const free: number[] = [];
  let count = 0;
  chunks.forEach((chunk, index) => {
    for (const node of chunk.gives) places.set(node, free.pop() ?? count++);
    for (const node of chunk.takes) {
      const place = places.get(node);
      if (lastUses.get(node) === index && place !== undefined) free.push(place);
    }
  });
  return { places, count };
}
