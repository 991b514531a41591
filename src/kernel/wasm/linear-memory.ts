import { writeTables } from './functions-in-lanes.ts';
import { makeMemory, Unavailable } from './host.ts';
import { addressesAt, columnsAt, sumsAt } from './memory-map.ts';

const bytesPerPage = 65536;

/** The stage has room for so many bytes of columns, which are copied there before every slice: it takes no time. */
export const stageBytes = 2 ** 18;

/** A memory that functions of WebAssembly work on. It never grows, so that its arrays stay valid. */
export class LinearMemory {
  readonly memory: WebAssembly.Memory;
  /** The sums of the last call. */
  readonly sums: Float64Array;
  private readonly addresses: Int32Array;

  /** @throws Unavailable where there is no room for so many bytes of columns */
  constructor(bytes: number) {
    this.memory = makeMemory(Math.ceil((columnsAt + bytes) / bytesPerPage));
    const { buffer } = this.memory;
    this.sums = new Float64Array(buffer, sumsAt, (columnsAt - sumsAt) / 8);
    this.addresses = new Int32Array(buffer, addressesAt, (sumsAt - addressesAt) / 4);
    writeTables(buffer);
  }

  /** The bytes that columns may take. */
  get room(): number {
    return this.memory.buffer.byteLength - columnsAt;
  }

  /** Arrays in this memory, as long as the columns and one after the other. */
  allocate(columns: readonly Float64Array[]): Float64Array[] {
    let at = columnsAt;
    return columns.map(({ length }) => {
      const array = new Float64Array(this.memory.buffer, at, length);
      at += 8 * length;
      return array;
    });
  }

  /** Copies of columns in this memory, where the functions find them. */
  copy(columns: readonly Float64Array[]): Float64Array[] {
    const copied = this.allocate(columns);
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
const changing = new WeakSet<Float64Array>();

/** So many numbers take less than a millisecond to copy. */
const numbersPerTurn = 2 ** 17;

/** A copy of columns of equal length in a memory of their own, made little by little. */
class Copy {
  readonly memory: LinearMemory;
  private readonly copied: readonly Float64Array[];
  private rows = 0;

  constructor(columns: readonly Float64Array[]) {
    this.memory = new LinearMemory(bytesOf(columns));
    this.copied = this.memory.allocate(columns);
  }

  /** Copies some more, in less time than passing over so many rows takes; says whether all are there. */
  proceed(columns: readonly Float64Array[], rows: number): boolean {
    const from = this.rows;
    this.rows = from + Math.ceil(Math.max(rows / 4, numbersPerTurn / columns.length));
    this.copied.forEach((column, index) => {
      if (from < column.length) column.set(columns[index]?.subarray(from, this.rows) ?? [], from);
    });
    this.memory.address(this.copied);
    return this.copied.every(({ length }) => length <= this.rows);
  }
}

/** Where the copy of columns is found, column after column: it lives as long as all of them do. */
interface Shelf {
  copy?: Copy;
  readonly next: WeakMap<Float64Array, Shelf>;
}

const copies: Shelf = { next: new WeakMap() };

function shelfOf(columns: readonly Float64Array[]): Shelf {
  let shelf = copies;
  for (const column of columns) {
    let next = shelf.next.get(column);
    if (next === undefined) shelf.next.set(column, (next = { next: new WeakMap() }));
    shelf = next;
  }
  return shelf;
}

/** A memory whose owner needs it no more: getting a new one takes longer than many a run. */
let spare: LinearMemory | undefined;
/** More bytes than these are not kept for the next run. */
export const largestSpare = 2 ** 24;

/**
 * A memory for so many bytes of columns, whose arrays a call finds where they are. Its numbers are undefined.
 *
 * @throws Unavailable where there is no room, or no WebAssembly
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
 * the columns live. Undefined while many are being copied, by and by in every call.
 *
 * @param rows about how many rows the call will pass over
 * @throws Unavailable where there is no room for them, or where they change and are not in a memory
 */
export function memoryWith(columns: readonly Float64Array[], rows: number): LinearMemory | undefined {
  const [first] = columns;
  const home = first && homes.get(first.buffer);
  if (home !== undefined && columns.every(({ buffer }) => buffer === first?.buffer)) {
    home.address(columns);
    return home;
  }
  if (first === undefined || bytesOf(columns) <= stageBytes) {
    stage ??= new LinearMemory(stageBytes);
    stage.copy(columns);
    return stage;
  }
  if (columns.some((column) => changing.has(column))) throw new Unavailable('The columns change.');
  const shelf = shelfOf(columns);
  shelf.copy ??= new Copy(columns);
  return shelf.copy.proceed(columns, rows) ? shelf.copy.memory : undefined;
}

/** The bytes that columns take. */
export function bytesOf(columns: readonly Float64Array[]): number {
  return columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
