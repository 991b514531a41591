import { compile, type Signature } from './compile.ts';
import { ExperimentError } from './experiment.ts';
import type { Span } from './formula.ts';
import type { Graph, Node, ReductionKind } from './graph.ts';
import { rowsPerBlock, rowsPerGroup } from './loops.ts';
import type { DataScope } from './scope.ts';
import { DataError, numericColumn, type Table } from './table.ts';
import { Writer, nameOf, type Names } from './writer.ts';

type Fill = (
  columns: readonly Float64Array[],
  results: readonly Float64Array[],
  constants: Float64Array,
  rows: number,
) => void;

const fillSignature: Signature<Fill> = { parameters: ['columns', 'results', 'constants', 'rows'] };

/** The columns of a table as one precision has them, and what graphs of that precision make of them. */
export class ColumnStore {
  readonly rows: number;
  private readonly graph: Graph;
  private readonly table: Table | undefined;
  private readonly raw = new Map<string, Float64Array>();
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
    if (!this.raw.has(name)) this.raw.set(name, this.read(name, place));
    return this.graph.column(name);
  }

  /** The values of nodes made of data alone, one array of all rows for each. Kept for the next who asks. */
  values(nodes: readonly Node[]): Float64Array[] {
    const missing = nodes.filter((node) => node.operation !== 'column' && !this.made.has(node));
    this.compute(missing).forEach((values, index) => {
      const node = missing[index];
      if (node !== undefined) this.made.set(node, values);
    });
    return nodes.map((node) => this.known(node));
  }

  /** The same, not kept. */
  compute(nodes: readonly Node[]): Float64Array[] {
    if (nodes.length === 0) return [];
    const writer = new Writer(this.graph.precision);
    const names: Names = new Map();
    const columns: Float64Array[] = [];
    const add = (node: Node, values: Float64Array) => {
      const place = columns.push(values) - 1;
      writer.line(`const c${place} = columns[${place}];`);
      names.set(node, { text: `c${place}[row]`, binds: 'atom', size: 1 });
    };
    for (const [name, values] of this.raw) add(this.graph.column(name), values);
    for (const [node, values] of this.made) add(node, values);
    nodes.forEach((_, index) => {
      writer.line(`const r${index} = results[${index}];`);
    });
    writer.line('for (let row = 0; row < rows; row++) {');
    writer.write(nodes, names);
    nodes.forEach((node, index) => {
      writer.line(`r${index}[row] = ${nameOf(node, names).text};`);
    });
    writer.line('}');
    const { run: fill, constants } = compile(fillSignature, writer);
    const results = nodes.map(() => new Float64Array(this.rows));
    fill(columns, results, constants, this.rows);
    return results;
  }

  private known(node: Node): Float64Array {
    const values = node.operation === 'column' ? this.raw.get(node.column) : this.made.get(node);
    if (values === undefined) throw new Error('A column has no values.');
    return values;
  }

  private read(name: string, place: Span): Float64Array {
    if (this.table === undefined) {
      const remedy = 'define it, or add a `data = ...` line with a column of this name';
      throw new ExperimentError(`\`${name}\` is neither a parameter nor a defined name: ${remedy}.`, place);
    }
    try {
      const values = numericColumn(this.table, name);
      return this.graph.precision === 'float32' ? values.map(Math.fround) : values;
    } catch (error) {
      if (error instanceof DataError) throw new ExperimentError(error.message, place);
      throw error;
    }
  }
}

/** Some of the rows: those that train, or those that only judge. */
export type Part = 'training' | 'validation';

/** The data as one run sees it: reductions of data alone are over its training rows. */
export class RunData implements DataScope {
  private readonly store: ColumnStore;
  private readonly precision: Graph['precision'];
  private readonly rows: Readonly<Record<Part, Int32Array>> | undefined;
  private readonly reduced = new Map<string, number>();
  private readonly gathered = {
    training: new Map<Node, Float64Array>(),
    validation: new Map<Node, Float64Array>(),
  };

  /** @param rows the rows of each part, ascending; absent where all are for training */
  constructor(graph: Graph, store: ColumnStore, rows?: Readonly<Record<Part, Int32Array>>) {
    this.store = store;
    this.precision = graph.precision;
    this.rows = rows;
  }

  get trainingRows(): number {
    return this.rows?.training.length ?? this.store.rows;
  }

  get validationRows(): number {
    return this.rows?.validation.length ?? 0;
  }

  column(name: string, place: Span): Node {
    return this.store.column(name, place);
  }

  /** The values of nodes made of data alone at the rows of a part. Not to be written to. */
  columns(nodes: readonly Node[], part: Part): Float64Array[] {
    const all = this.store.values(nodes);
    const { rows } = this;
    if (rows === undefined) return all;
    return nodes.map((node, index) => {
      const known = this.gathered[part].get(node) ?? gather(all[index] ?? new Float64Array(), rows[part]);
      this.gathered[part].set(node, known);
      return known;
    });
  }

  reduce(reduction: ReductionKind, operand: Node): number {
    const key = `${reduction} ${operand.id}`;
    const known = this.reduced.get(key);
    if (known !== undefined) return known;
    const [values = new Float64Array()] =
      operand.operation === 'column' ? this.store.values([operand]) : this.store.compute([operand]);
    const training = this.rows === undefined ? values : gather(values, this.rows.training);
    const result = reduceValues(reduction, training, this.precision === 'float32' ? Math.fround : identity);
    this.reduced.set(key, result);
    return result;
  }
}

/** The values at `rows`, in that order. */
function gather(values: Float64Array, rows: Int32Array): Float64Array {
  const gathered = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) gathered[place] = values[rows[place] ?? 0] ?? NaN;
  return gathered;
}

function reduceValues(
  reduction: ReductionKind,
  values: Float64Array,
  round: (value: number) => number,
): number {
  if (reduction === 'largest') return values.reduce((best, value) => Math.max(best, value), -Infinity);
  if (reduction === 'smallest') return values.reduce((best, value) => Math.min(best, value), Infinity);
  let total = 0;
  for (let group = 0; group < values.length; group += rowsPerGroup) {
    const groupEnd = Math.min(group + rowsPerGroup, values.length);
    let groupSum = 0;
    for (let block = group; block < groupEnd; block += rowsPerBlock) {
      const blockEnd = Math.min(block + rowsPerBlock, groupEnd);
      const [sum, others] = [block, block + 1].map((first) => {
        let lane = 0;
        for (let row = first; row < blockEnd; row += 2) lane = round(lane + (values[row] ?? NaN));
        return lane;
      });
      groupSum = round(groupSum + round((sum ?? NaN) + (others ?? NaN)));
    }
    total = round(total + groupSum);
  }
  return total;
}

function identity(value: number): number {
  return value;
}
