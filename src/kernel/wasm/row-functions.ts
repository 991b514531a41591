import type { Node, ReductionKind, ReductionNode } from '../graph.ts';
import { inOrder } from '../in-order.ts';
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
  unsigned,
  whole,
  type FunctionCode,
  type simd,
} from './encoding.ts';
import { hasLanes } from './functions-in-lanes.ts';
import { LaneWriter, rareFunctions, type LaneLocal, type LaneShape } from './lane-writer.ts';
import { addressesAt, mostSums, sumsAt } from './memory-map.ts';

const mostArguments = 400;

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

/** Whether special functions are computed in every row. */
function hasCalls({ reduction, names }: SumOfRows): boolean {
  const nodes = inOrder(reduction.operands, (node) => names.has(node));
  return nodes.some((node) => node.rows && !names.has(node) && isCall(node));
}

function isCall(node: Node): node is Node & { operation: Unary } {
  return ['exp', 'log', 'log1p', 'sin', 'cos', 'tan', 'tanh', 'sigmoid', 'softplus'].includes(node.operation);
}

/**
 * WebAssembly functions for the loops over a block of rows. They take the rows from and to, and the numbers of the
 * loop, and leave their sums in memory. A row is in one lane of a vector of two; two vectors are computed side by side,
 * as long as no function meets a rare argument. The rest of the rows is left to a function of its own, since calls of
 * JavaScript would empty the registers of a loop that has them in it, made or not.
 */
export class RowFunctions {
  private readonly functions: FunctionCode[] = [];

  /** @param constant the text of a number in the calling code */
  add(sums: readonly SumOfRows[], constant: (value: number) => Expression): RowCall | undefined {
    const name = `f${this.functions.length}`;
    const parameters = parametersOf(sums, constant);
    if (parameters.length > mostArguments || sums.length > mostSums) return undefined;
    const whole = { sums, constant, parameters };
    if (!sums.some(hasCalls)) {
      this.functions.push({ ...new RowFunctionWriter(whole, { vectors: 1 }).write(), name });
    } else {
      const placeOfRest = rareFunctions.length + this.functions.length + 1;
      this.functions.push(
        { ...new RowFunctionWriter(whole, { vectors: 2, exit: 1 }).write(placeOfRest), name },
        new RowFunctionWriter(whole, { vectors: 1 }, true).write(),
      );
    }
    return { name, parameters };
  }

  get names(): string[] {
    return this.functions.flatMap(({ name }) => name ?? []);
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

/** What a function computes. */
interface RowFunction {
  readonly sums: readonly SumOfRows[];
  readonly constant: (value: number) => Expression;
  readonly parameters: readonly string[];
}

class RowFunctionWriter {
  private readonly sums: readonly SumOfRows[];
  private readonly constant: (value: number) => Expression;
  private readonly parameters: readonly string[];
  private readonly shape: LaneShape;
  private readonly goesOn: boolean;
  private readonly writer: LaneWriter;
  private readonly columns = new Map<number, number>();

  /** @param goesOn whether the function adds to sums that it is given after the other parameters */
  constructor({ sums, constant, parameters }: RowFunction, shape: LaneShape, goesOn = false) {
    this.sums = sums;
    this.constant = constant;
    this.parameters = parameters;
    this.shape = shape;
    this.goesOn = goesOn;
    this.writer = new LaneWriter(2 + parameters.length + (goesOn ? sums.length : 0), shape);
  }

  /** @param placeOfRest the function of the module that goes on with the rows that are left; else there is one at most */
  write(placeOfRest?: number): FunctionCode {
    const { writer } = this;
    const totals = this.sums.map(({ reduction }, index) => {
      if (this.goesOn) return 2 + this.parameters.length + index;
      const total = writer.local('v128');
      writer.emit(...get(writer.constant(initial[reduction.reduction])), ...set(total));
      return total;
    });
    const at = this.writeLoop(totals);
    writer.emit(...get(at), ...get(to), ...whole(3), plain['i32.shl'], plain['i32.lt_u'], plain.if, nothing);
    if (placeOfRest === undefined) {
      this.writeLastRow(at, totals);
      writer.emit(plain.end);
      this.writeSums(totals);
    } else {
      writer.emit(...get(at), ...whole(3), plain['i32.shr_u'], ...get(to));
      writer.emit(...this.parameters.flatMap((_, index) => get(2 + index)), ...totals.flatMap(get));
      writer.emit(plain.call, ...unsigned(placeOfRest), plain.else);
      this.writeSums(totals);
      writer.emit(plain.end);
    }
    const numbers = this.parameters.map(() => 'f64' as const);
    const given = this.goesOn ? totals.map(() => 'v128' as const) : [];
    return {
      parameters: ['i32', 'i32', ...numbers, ...given],
      locals: writer.locals,
      code: [...this.loadAddresses(), ...writer.whole],
    };
  }

  /** Goes through the rows as long as there are enough for all vectors. Gives the local that says, in bytes, how far. */
  private writeLoop(totals: readonly number[]): number {
    const { writer } = this;
    const { vectors } = this.shape;
    const at = writer.local('i32');
    const end = writer.local('i32');
    writer.emit(...get(from), ...whole(3), plain['i32.shl'], ...set(at));
    const left = [...get(to), ...get(from), plain['i32.sub'], ...whole(2 * vectors - 1), plain['i32.and']];
    writer.emit(...get(to), ...left, plain['i32.sub'], ...whole(3), plain['i32.shl'], ...set(end));
    const isBeforeEnd = [...get(at), ...get(end), plain['i32.lt_u']];
    writer.emit(plain.block, nothing, ...isBeforeEnd, plain['i32.eqz'], plain.br_if, 0, plain.loop, nothing);
    this.writeRow(at, 'v128.load').forEach((value, index) => {
      const total = totals[index] ?? 0;
      for (let vector = 0; vector < vectors; vector++) {
        writer.emit(
          ...get(total),
          ...writer.get(value, vector),
          ...lanes(this.kind(index).pair),
          ...set(total),
        );
      }
    });
    writer.emit(...get(at), ...whole(16 * vectors), plain['i32.add'], ...set(at));
    writer.emit(...isBeforeEnd, plain.br_if, 0, plain.end, plain.end);
    return at;
  }

  private writeLastRow(at: number, totals: readonly number[]): void {
    this.writeRow(at, 'v128.load64_zero').forEach((value, index) => {
      const total = totals[index] ?? 0;
      const both = [...get(total), ...get(value), ...lanes(this.kind(index).pair)];
      this.writer.emit(...get(total), ...both, ...lanes('i8x16.shuffle', ...lowerOfSecond), ...set(total));
    });
  }

  private writeSums(totals: readonly number[]): void {
    totals.forEach((total, index) => {
      const both = [0, 1].flatMap((lane) => [...get(total), ...lanes('f64x2.extract_lane', lane)]);
      this.writer.emit(...whole(sumsAt + 8 * index), ...both, this.kind(index).last);
      this.writer.emit(plain['f64.store'], ...memoryAt(3));
    });
  }

  /** The values that go onto the sums, of one row in each lane. */
  private writeRow(at: number, load: 'v128.load' | 'v128.load64_zero'): LaneLocal[] {
    this.writer.forget();
    const values = new Map<Names, Map<Node, LaneLocal>>();
    return this.sums.map(({ names, reduction }) => {
      const known = values.get(names) ?? new Map<Node, LaneLocal>();
      values.set(names, known);
      for (const node of inOrder(reduction.operands, (candidate) => names.has(candidate))) {
        if (!known.has(node)) known.set(node, this.express(node, names, known, at, load));
      }
      const [operand] = reduction.operands;
      return (operand && known.get(operand)) ?? 0;
    });
  }

  private express(
    node: Node,
    names: Names,
    known: ReadonlyMap<Node, LaneLocal>,
    at: number,
    load: 'v128.load' | 'v128.load64_zero',
  ): LaneLocal {
    const { writer } = this;
    const column = names.get(node)?.column;
    if (column !== undefined) {
      const address = [...get(this.addressOf(column)), ...get(at), plain['i32.add']];
      return writer.keep(`column ${column}`, (vector) => [
        ...address,
        ...lanes(load, ...memoryAt(3, 16 * vector)),
      ]);
    }
    const text = scalarText(node, names, this.constant);
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

  private scalar(text: string): LaneLocal {
    if (isLiteral(text)) return this.writer.constant(Number(text.replace(/[()]/g, '')));
    return this.writer.parameter(2 + this.parameters.indexOf(text));
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

/** The texts in the calling code of the numbers that the sums need besides the rows. */
function parametersOf(sums: readonly SumOfRows[], constant: (value: number) => Expression): string[] {
  const texts = sums.flatMap(({ reduction, names }) =>
    inOrder(reduction.operands, (node) => names.has(node)).flatMap((node) => {
      const text = scalarText(node, names, constant);
      return text === undefined || isLiteral(text) ? [] : [text];
    }),
  );
  return [...new Set(texts)];
}

/** The text in the calling code of a number that is the same for all rows. */
function scalarText(node: Node, names: Names, constant: (value: number) => Expression): string | undefined {
  if (node.operation === 'constant') return constant(node.value).text;
  return node.rows ? undefined : names.get(node)?.text;
}

/** A number that the text itself says. */
function isLiteral(text: string): boolean {
  return /^\(?-?\d+\)?$/.test(text);
}
