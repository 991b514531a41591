import { writeTables } from './functions-in-lanes.ts';
import { addressesAt, columnsAt, sumsAt } from './row-functions.ts';

const bytesPerPage = 65536;

/** The stage has room for so many bytes of columns, which are copied there before every slice: it takes no time. */
export const stageBytes = 2 ** 18;

/** A memory that functions of WebAssembly work on. It never grows, so that its arrays stay valid. */
export class LinearMemory {
  readonly memory: WebAssembly.Memory;
  /** The sums of the last call. */
  readonly sums: Float64Array;
  private readonly addresses: Int32Array;

  /** @throws RangeError where there is no room for so many bytes of columns */
  constructor(bytes: number) {
    this.memory = new WebAssembly.Memory({ initial: Math.ceil((columnsAt + bytes) / bytesPerPage) });
    const { buffer } = this.memory;
    this.sums = new Float64Array(buffer, sumsAt, (columnsAt - sumsAt) / 8);
    this.addresses = new Int32Array(buffer, addressesAt, (sumsAt - addressesAt) / 4);
    writeTables(buffer);
  }

  /** The bytes that columns may take. */
  get room(): number {
    return this.memory.buffer.byteLength - columnsAt;
  }

  /** Arrays in this memory, one after the other. */
  private allocate(lengths: readonly number[]): Float64Array[] {
    let at = columnsAt;
    return lengths.map((length) => {
      const array = new Float64Array(this.memory.buffer, at, length);
      at += 8 * length;
      return array;
    });
  }

  /** Copies of columns in this memory, where the functions find them. */
  copy(columns: readonly Float64Array[]): Float64Array[] {
    const copied = this.allocate(columns.map(({ length }) => length));
    copied.forEach((column, index) => {
      const values = columns[index];
      if (values !== undefined) column.set(values);
    });
    this.address(copied);
    return copied;
  }

  /** Says to the functions where the columns are, which are in this memory. */
  address(columns: readonly Float64Array[]): void {
    columns.forEach((column, index) => (this.addresses[index] = column.byteOffset));
  }
}

let stage: LinearMemory | undefined;
/** The memories whose arrays are columns already. */
const homes = new WeakMap<ArrayBufferLike, LinearMemory>();
/** The copies of columns, by the first of them. */
const copies = new WeakMap<Float64Array, Copy[]>();
/** Data are seldom used in more choices of columns at a time. */
const mostCopies = 4;
const changing = new WeakSet<Float64Array>();

interface Copy {
  readonly columns: readonly Float64Array[];
  readonly copied: readonly Float64Array[];
  readonly memory: LinearMemory;
}

/** A memory whose owner needs it no more: getting a new one takes longer than many a run. */
let spare: LinearMemory | undefined;
const largestSpare = 2 ** 24;

/**
 * A memory for so many bytes of columns, whose arrays a call finds where they are. Its numbers are undefined.
 *
 * @throws where there is no room, or no WebAssembly
 */
export function takeMemory(bytes: number): LinearMemory {
  const kept = spare;
  spare = undefined;
  const memory = kept !== undefined && kept.room >= bytes ? kept : new LinearMemory(bytes);
  homes.set(memory.memory.buffer, memory);
  return memory;
}

/** Says that the numbers of these columns change, so that a copy of them would be out of date. */
export function keepOut(columns: readonly Float64Array[]): void {
  for (const column of columns) changing.add(column);
}

/** Takes a memory back whose arrays nobody uses any more. */
export function giveBack(memory: LinearMemory): void {
  if (memory.room <= largestSpare) spare = memory;
}

/**
 * The memory that has the columns, ready for a call: few numbers are copied each time, many once and for as long as
 * the columns live.
 *
 * @throws where there is no room for them, or where they change and are not in a memory
 */
export function memoryWith(columns: readonly Float64Array[]): LinearMemory {
  const [first] = columns;
  const home = first && homes.get(first.buffer);
  if (home !== undefined && columns.every(({ buffer }) => buffer === first?.buffer)) {
    home.address(columns);
    return home;
  }
  const bytes = columns.reduce((sum, column) => sum + column.byteLength, 0);
  if (first === undefined || bytes <= stageBytes) {
    stage ??= new LinearMemory(stageBytes);
    stage.copy(columns);
    return stage;
  }
  if (columns.some((column) => changing.has(column))) throw new Error('The columns change.');
  const made = copies.get(first) ?? [];
  const known = made.find(
    (copy) =>
      copy.columns.length === columns.length && copy.columns.every((column, at) => column === columns[at]),
  );
  if (known !== undefined) {
    known.memory.address(known.copied);
    return known.memory;
  }
  const memory = new LinearMemory(bytes);
  const copy = { columns, copied: memory.copy(columns), memory };
  copies.set(first, [...made.slice(1 - mostCopies), copy]);
  return memory;
}
