import { compile, type Signature } from './compile.ts';
import { ExperimentError } from './experiment.ts';
import type { Span } from './formula.ts';
import type { Graph, Node, ReductionKind } from './graph.ts';
import { rowsPerBlock, rowsPerGroup } from './loops.ts';
import { roundingTo } from './operations.ts';
import type { DataScope } from './scope.ts';
import { finishNow, passOver, rowsPerCopy, type Pace, type Sliced } from './slices.ts';
import { splitRows, validationRowsOf, type Part, type SplitRows } from './split-rows.ts';
import { DataError, numericColumn, type Table } from './table.ts';
import { Writer, nameOf, type Names } from './writer.ts';

type Fill = (
  columns: readonly Float64Array[],
  results: readonly Float64Array[],
  constants: Float64Array,
  from: number,
  to: number,
) => void;

const fillSignature: Signature<Fill> = { parameters: ['columns', 'results', 'constants', 'from', 'to'] };

/** The columns of a table as one precision has them, and what graphs of that precision make of them. */
export class ColumnStore {
  readonly rows: number;
  private readonly graph: Graph;
  private readonly table: Table | undefined;
  /** The columns as the table has them. */
  private readonly read = new Map<Node, Float64Array>();
  /** The columns in this precision, and what was made of them. */
  private readonly made = new Map<Node, Float64Array>();

  constructor(graph: Graph, table: Table | undefined) {
    this.graph = graph;
    this.table = table;
    this.rows = table?.rows ?? 0;
  }

  /**
   * The node of a column, of which the numbers have been read.
   *
   * @throws ExperimentError where the column is missing or holds what is not a number
   */
  column(name: string, place: Span): Node {
    const node = this.graph.column(name);
    if (!this.read.has(node)) this.read.set(node, this.numbersOf(name, place));
    return node;
  }

  /** The values of nodes made of data alone, one array of all rows for each. Kept for the next who asks. */
  *values(nodes: readonly Node[], pace: Pace): Sliced<Float64Array[]> {
    const values = yield* this.compute(nodes, pace);
    nodes.forEach((node, index) => this.made.set(node, values[index] ?? new Float64Array()));
    return values;
  }

  /** The same, of which those that are not known yet are not kept. */
  *compute(nodes: readonly Node[], pace: Pace): Sliced<Float64Array[]> {
    yield* this.round(pace);
    const missing = [...new Set(nodes)].filter((node) => !this.made.has(node));
    const results = new Map(missing.map((node) => [node, new Float64Array(this.rows)]));
    if (missing.length > 0) {
      const { columns, fill, constants } = this.compile(missing);
      const targets = [...results.values()];
      yield* passOver(this.rows, 1 + missing.length, pace, (from, to) => {
        fill(columns, targets, constants, from, to);
      });
    }
    return nodes.map((node) => results.get(node) ?? this.made.get(node) ?? new Float64Array());
  }

  private compile(nodes: readonly Node[]): {
    columns: readonly Float64Array[];
    fill: Fill;
    constants: Float64Array;
  } {
    const writer = new Writer(this.graph.precision);
    const names: Names = new Map();
    const columns = [...this.made.values()];
    [...this.made.keys()].forEach((node, place) => {
      writer.line(`const c${place} = columns[${place}];`);
      names.set(node, { text: `c${place}[row]`, binds: 'atom', size: 1 });
    });
    nodes.forEach((_, index) => {
      writer.line(`const r${index} = results[${index}];`);
    });
    writer.line('for (let row = from; row < to; row++) {');
    writer.write(nodes, names);
    nodes.forEach((node, index) => {
      writer.line(`r${index}[row] = ${nameOf(node, names).text};`);
    });
    writer.line('}');
    const { run: fill, constants } = compile(fillSignature, writer);
    return { columns, fill, constants };
  }

  /** Puts the columns that have been read into this precision. */
  private *round(pace: Pace): Sliced<void> {
    for (const [node, values] of this.read) {
      if (this.made.has(node)) continue;
      if (this.graph.precision === 'float64') {
        this.made.set(node, values);
        continue;
      }
      const rounded = new Float64Array(values.length);
      yield* passOver(values.length, 1, pace, (from, to) => {
        for (let row = from; row < to; row++) rounded[row] = Math.fround(values[row] ?? NaN);
      });
      this.made.set(node, rounded);
    }
  }

  private numbersOf(name: string, place: Span): Float64Array {
    if (this.table === undefined) {
      const remedy = 'define it, or add a `data = ...` line with a column of this name';
      throw new ExperimentError(`\`${name}\` is neither a parameter nor a defined name: ${remedy}.`, place);
    }
    try {
      return numericColumn(this.table, name);
    } catch (error) {
      if (error instanceof DataError) throw new ExperimentError(error.message, place);
      throw error;
    }
  }
}

/** Which rows are kept for validation. */
export interface Split {
  readonly share: number;
  readonly seed: number;
}

/** The data as one run sees it: reductions of data alone are over its training rows. */
export class RunData implements DataScope {
  private readonly store: ColumnStore;
  private readonly precision: Graph['precision'];
  private readonly split: Split | undefined;
  private rows: SplitRows | undefined;
  private readonly reduced = new Map<string, number>();
  private readonly gathered = {
    training: new Map<Node, Float64Array>(),
    validation: new Map<Node, Float64Array>(),
  };

  /** @param split absent where all rows are for training; else there are two at least */
  constructor(graph: Graph, store: ColumnStore, split?: Split) {
    this.store = store;
    this.precision = graph.precision;
    this.split = split;
  }

  get trainingRows(): number {
    return this.store.rows - this.validationRows;
  }

  get validationRows(): number {
    return this.split === undefined ? 0 : validationRowsOf(this.store.rows, this.split.share);
  }

  column(name: string, place: Span): Node {
    return this.store.column(name, place);
  }

  /** The values of nodes made of data alone at the rows of a part. Not to be written to. */
  columns(nodes: readonly Node[], part: Part): Float64Array[] {
    return finishNow((pace) => this.columnsInSlices(nodes, part, pace));
  }

  *columnsInSlices(nodes: readonly Node[], part: Part, pace: Pace): Sliced<Float64Array[]> {
    const all = yield* this.store.values(nodes, pace);
    const gathered = this.gathered[part];
    for (const [index, node] of nodes.entries()) {
      if (gathered.has(node)) continue;
      gathered.set(node, yield* this.gather(all[index] ?? new Float64Array(), part, pace));
    }
    return nodes.map((node) => gathered.get(node) ?? new Float64Array());
  }

  reduce(reduction: ReductionKind, operand: Node): number {
    return (
      this.reduced.get(keyOf(reduction, operand)) ??
      finishNow((pace) => this.reduceInSlices(reduction, operand, pace))
    );
  }

  /** Whether `reduce` has its result at hand. */
  hasReduced(reduction: ReductionKind, operand: Node): boolean {
    return this.reduced.has(keyOf(reduction, operand));
  }

  *reduceInSlices(reduction: ReductionKind, operand: Node, pace: Pace): Sliced<number> {
    const [values = new Float64Array()] = yield* this.store.compute([operand], pace);
    const training = yield* this.gather(values, 'training', pace);
    const round = roundingTo(this.precision);
    const result = yield* reduceValues(reduction, training, round, pace);
    this.reduced.set(keyOf(reduction, operand), result);
    return result;
  }

  /** The values at the rows of a part, in their order. */
  private *gather(values: Float64Array, part: Part, pace: Pace): Sliced<Float64Array> {
    if (this.split === undefined) return values;
    this.rows ??= yield* splitRows(this.store.rows, this.split.share, this.split.seed, pace);
    const rows = this.rows[part];
    const gathered = new Float64Array(rows.length);
    yield* passOver(rows.length, rowsPerCopy, pace, (from, to) => {
      for (let place = from; place < to; place++) gathered[place] = values[rows[place] ?? 0] ?? NaN;
    });
    return gathered;
  }
}

function keyOf(reduction: ReductionKind, operand: Node): string {
  return `${reduction} ${operand.id}`;
}

type Round = (value: number) => number;

function* reduceValues(
  reduction: ReductionKind,
  values: Float64Array,
  round: Round,
  pace: Pace,
): Sliced<number> {
  let result = reduction === 'total' ? 0 : reduction === 'largest' ? -Infinity : Infinity;
  yield* passOver(Math.ceil(values.length / rowsPerGroup), rowsPerGroup, pace, (from, to) => {
    for (let group = from; group < to; group++) {
      const rows = values.subarray(group * rowsPerGroup, (group + 1) * rowsPerGroup);
      if (reduction === 'total') result = round(result + totalOf(rows, round));
      else if (reduction === 'largest') for (const value of rows) result = Math.max(result, value);
      else for (const value of rows) result = Math.min(result, value);
    }
  });
  return result;
}

/** The sum of a group of rows. */
function totalOf(values: Float64Array, round: Round): number {
  let total = 0;
  for (let block = 0; block < values.length; block += rowsPerBlock) {
    const blockEnd = Math.min(block + rowsPerBlock, values.length);
    const [sum, others] = [block, block + 1].map((first) => {
      let lane = 0;
      for (let row = first; row < blockEnd; row += 2) lane = round(lane + (values[row] ?? NaN));
      return lane;
    });
    total = round(total + round((sum ?? NaN) + (others ?? NaN)));
  }
  return total;
}
