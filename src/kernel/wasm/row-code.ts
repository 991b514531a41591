import { compile, type Compiled, type Generated, type Signature } from '../compile.ts';
import type { Precision } from '../experiment.ts';
import type { Node } from '../graph.ts';
import { Writer } from '../writer.ts';
import { Unavailable } from './host.ts';
import { memoryWith, type LinearMemory } from './linear-memory.ts';
import { hasRoomFor } from './memory-map.ts';
import { canUseLanes, RowFunctions } from './row-functions.ts';
import { compileRows, type CompiledRows } from './compile-rows.ts';

/**
 * When WebAssembly pays: making it takes as long as passing in JavaScript over so many rows, so that is when it is
 * made. Another run of the same code finds it made.
 */
export const breakEven = { rows: 2 ** 18 };

/** What a piece of generated code is, for either machine. */
export interface RowSource<T> {
  readonly signature: Signature<T>;
  readonly precision: Precision;
  /** What the columns of a call hold. */
  readonly columns: readonly Node[];
  /** What its loops over rows compute. */
  readonly roots: readonly Node[];
  readonly write: (writer: Writer) => void;
}

/**
 * Generated code with loops over rows: JavaScript at first, and once it has much to do JavaScript whose loops are
 * WebAssembly, where the host has it. Both give the same bits.
 */
export class RowCode<T extends Generated> {
  private readonly source: RowSource<T>;
  private readonly script: Compiled<T>;
  private canUseRows: boolean;
  private rows: CompiledRows<T> | undefined;

  constructor(source: RowSource<T>) {
    const { signature, precision, columns, roots } = source;
    const writer = new Writer(precision);
    source.write(writer);
    this.source = source;
    this.script = compile(signature, writer);
    const inMemory = new Set(columns);
    this.canUseRows =
      precision === 'float64' &&
      hasRoomFor(columns.length) &&
      canUseLanes(roots, (node) => inMemory.has(node));
  }

  /** The code for a call with these columns that will pass over about `rows` rows. */
  over(columns: readonly Float64Array[], rows: number): Compiled<T> {
    const { script } = this;
    script.use.rows += rows;
    if (!this.canUseRows || script.use.rows < breakEven.rows) return script;
    try {
      const memory = memoryWith(columns, rows);
      return memory === undefined ? script : this.inMemory(memory);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      this.canUseRows = false;
      return script;
    }
  }

  private inMemory(memory: LinearMemory): Compiled<T> {
    const { source } = this;
    if (this.rows === undefined) {
      const writer = new Writer(source.precision, new RowFunctions());
      source.write(writer);
      this.rows = compileRows(source.signature, writer);
    }
    return { ...this.rows.runIn(memory), constants: this.rows.constants };
  }
}
