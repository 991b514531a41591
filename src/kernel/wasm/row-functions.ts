import { inOrder, type Node, type ReductionKind, type ReductionNode } from '../graph.ts';
import { perform, type Unary } from '../operations.ts';
import type { Expression, Names } from '../writer.ts';
import {
  encodeModule,
  get,
  lanes,
  memoryAt,
  nothing,
  plain,
  set,
  whole,
  type FunctionCode,
  type simd,
} from './encoding.ts';
import { hasLanes } from './functions-in-lanes.ts';
import { LaneWriter, rareFunctions, type Lanes } from './lane-writer.ts';

/** The first bytes of the memory: tables of `exp`, the addresses of the columns, the sums of a call; then columns. */
export const addressesAt = 2048;
export const sumsAt = 4096;
/** The state of the generator that shuffles. */
export const generatorAt = 8176;
export const columnsAt = 8192;
/** So many columns and sums have room there. */
const mostColumns = (sumsAt - addressesAt) / 4;
const mostSums = (generatorAt - sumsAt) / 8;
const mostArguments = 500;

/** A sum over the rows in a call, with the names of what it is made of. */
export interface SumOfRows {
  readonly reduction: ReductionNode;
  readonly names: Names;
}

/** A call that a function in JavaScript makes. */
export interface RowCall {
  readonly name: string;
  /** The texts of its arguments after the rows `from` and `to`. */
  readonly parameters: readonly string[];
}

/** Whether the loops over rows that `roots` need can be written in lanes. */
export function canUseLanes(roots: readonly Node[], isInMemory: (node: Node) => boolean): boolean {
  const nodes = inOrder(roots, isInMemory).filter((node) => node.rows && !isInMemory(node));
  return nodes.every((node) => {
    if (node.operation === 'pow') return false;
    return !isCall(node) || hasLanes(node.operation);
  });
}

function isCall(node: Node): node is Node & { operation: Unary } {
  return ['exp', 'log', 'log1p', 'sin', 'cos', 'tan', 'tanh', 'sigmoid', 'softplus'].includes(node.operation);
}

/**
 * WebAssembly functions for the loops over a block of rows: two rows at once, one in each lane of a vector. They take
 * the rows from and to, and the numbers of the loop, and leave their sums in memory.
 */
export class RowFunctions {
  private readonly functions: FunctionCode[] = [];

  /** @param constant the text of a number in the calling code */
  add(sums: readonly SumOfRows[], constant: (value: number) => Expression): RowCall | undefined {
    const name = `f${this.functions.length}`;
    const writer = new RowFunctionWriter(sums, constant);
    const { parameters } = writer;
    if (parameters.length > mostArguments || sums.length > mostSums) return undefined;
    this.functions.push(writer.write(name));
    return { name, parameters };
  }

  get names(): string[] {
    return this.functions.map(({ name }) => name);
  }

  /** The module with all functions. */
  encode(): Uint8Array<ArrayBuffer> {
    return encodeModule(rareFunctions, this.functions);
  }
}

const combine: Record<ReductionKind, { pair: keyof typeof simd; last: number }> = {
  total: { pair: 'f64x2.add', last: plain['f64.add'] },
  largest: { pair: 'f64x2.max', last: plain['f64.max'] },
  smallest: { pair: 'f64x2.min', last: plain['f64.min'] },
};

const initial: Record<ReductionKind, number> = { total: 0, largest: -Infinity, smallest: Infinity };

/** The upper lane of the first operand, the lower of the second. */
const lowerOfSecond = [16, 17, 18, 19, 20, 21, 22, 23, 8, 9, 10, 11, 12, 13, 14, 15];

const from = 0;
const to = 1;

class RowFunctionWriter {
  /** What the function takes besides the rows. */
  readonly parameters: readonly string[];
  private readonly sums: readonly SumOfRows[];
  private readonly constant: (value: number) => Expression;
  private readonly writer: LaneWriter;
  private readonly columns = new Map<number, number>();

  constructor(sums: readonly SumOfRows[], constant: (value: number) => Expression) {
    this.sums = sums;
    this.constant = constant;
    const texts = sums.flatMap(({ reduction, names }) =>
      inOrder(reduction.operands, (node) => names.has(node)).flatMap((node) => {
        const text = this.scalarText(node, names);
        return text === undefined || isLiteral(text) ? [] : [text];
      }),
    );
    this.parameters = [...new Set(texts)];
    this.writer = new LaneWriter(2 + this.parameters.length);
  }

  write(name: string): FunctionCode {
    const { writer, sums } = this;
    const totals = sums.map(() => writer.local('v128'));
    const at = writer.local('i32');
    const end = writer.local('i32');
    sums.forEach(({ reduction }, index) => {
      writer.emit(...get(writer.constant(initial[reduction.reduction])), ...set(totals[index] ?? 0));
    });
    writer.emit(...get(from), ...whole(3), plain['i32.shl'], ...set(at));
    const pairs = [...get(to), ...get(to), ...get(from), plain['i32.sub'], ...whole(1), plain['i32.and']];
    writer.emit(...pairs, plain['i32.sub'], ...whole(3), plain['i32.shl'], ...set(end));
    const isBeforeEnd = [...get(at), ...get(end), plain['i32.lt_u']];
    writer.emit(...isBeforeEnd, plain.if, nothing, plain.loop, nothing);
    this.writeRow(at, 'v128.load', totals, (index, sum, value) => [
      ...get(sum),
      ...get(value),
      ...lanes(this.kind(index).pair),
    ]);
    writer.emit(...get(at), ...whole(16), plain['i32.add'], ...set(at));
    writer.emit(...isBeforeEnd, plain.br_if, 0, plain.end, plain.end);
    const isLastAlone = [...get(at), ...get(to), ...whole(3), plain['i32.shl'], plain['i32.lt_u']];
    writer.emit(...isLastAlone, plain.if, nothing);
    this.writeRow(at, 'v128.load64_zero', totals, (index, sum, value) => [
      ...get(sum),
      ...get(sum),
      ...get(value),
      ...lanes(this.kind(index).pair),
      ...lanes('i8x16.shuffle', ...lowerOfSecond),
    ]);
    writer.emit(plain.end);
    totals.forEach((sum, index) => {
      const both = [0, 1].flatMap((lane) => [...get(sum), ...lanes('f64x2.extract_lane', lane)]);
      writer.emit(...whole(sumsAt + 8 * index), ...both, this.kind(index).last);
      writer.emit(plain['f64.store'], ...memoryAt(3));
    });
    const parameters = [...(['i32', 'i32'] as const), ...this.parameters.map(() => 'f64' as const)];
    return { name, parameters, locals: writer.locals, code: [...this.loadAddresses(), ...writer.whole] };
  }

  /** One row in each lane, put onto the sums. */
  private writeRow(
    at: number,
    load: 'v128.load' | 'v128.load64_zero',
    totals: readonly number[],
    onto: (index: number, sum: number, value: Lanes) => number[],
  ): void {
    const { writer, sums } = this;
    writer.forget();
    const values = new Map<Names, Map<Node, Lanes>>();
    for (const { names, reduction } of sums) {
      const known = values.get(names) ?? new Map<Node, Lanes>();
      values.set(names, known);
      for (const node of inOrder(reduction.operands, (candidate) => names.has(candidate))) {
        if (!known.has(node)) known.set(node, this.express(node, names, known, at, load));
      }
    }
    sums.forEach(({ reduction, names }, index) => {
      const [operand] = reduction.operands;
      const value = operand && values.get(names)?.get(operand);
      const sum = totals[index];
      if (value !== undefined && sum !== undefined) writer.emit(...onto(index, sum, value), ...set(sum));
    });
    writer.forget();
  }

  private express(
    node: Node,
    names: Names,
    known: ReadonlyMap<Node, Lanes>,
    at: number,
    load: 'v128.load' | 'v128.load64_zero',
  ): Lanes {
    const { writer } = this;
    const column = names.get(node)?.column;
    if (column !== undefined) {
      const address = [...get(this.addressOf(column)), ...get(at), plain['i32.add']];
      return writer.keep(`column ${column}`, [...address, ...lanes(load, ...memoryAt(3))]);
    }
    const text = this.scalarText(node, names);
    if (text !== undefined) return this.scalar(text);
    const operands = node.operands.map((operand) => known.get(operand) ?? 0);
    switch (node.operation) {
      case 'cross-entropy':
        return operands[0] ?? 0;
      case 'constant':
      case 'symbol':
      case 'column':
      case 'reduction':
        throw new Error(`Generated code has no ${node.operation} here.`);
      default:
        return perform(node, operands, writer.arithmetic);
    }
  }

  private scalar(text: string): Lanes {
    if (isLiteral(text)) return this.writer.constant(Number(text.replace(/[()]/g, '')));
    return this.writer.parameter(2 + this.parameters.indexOf(text));
  }

  /** The text in the calling code of a number that is the same for all rows. */
  private scalarText(node: Node, names: Names): string | undefined {
    if (node.operation === 'constant') return this.constant(node.value).text;
    return node.rows ? undefined : names.get(node)?.text;
  }

  private kind(index: number) {
    return combine[this.sums[index]?.reduction.reduction ?? 'total'];
  }

  private addressOf(column: number): number {
    const known = this.columns.get(column) ?? this.writer.local('i32');
    this.columns.set(column, known);
    return known;
  }

  private loadAddresses(): number[] {
    return [...this.columns].flatMap(([column, local]) => [
      ...whole(addressesAt + 4 * column),
      plain['i32.load'],
      ...memoryAt(2),
      ...set(local),
    ]);
  }
}

/** A number that the text itself says. */
function isLiteral(text: string): boolean {
  return /^\(?-?\d+\)?$/.test(text);
}

/** Whether the memory has room for the addresses of so many columns. */
export function hasRoomFor(columns: number): boolean {
  return columns <= mostColumns;
}
