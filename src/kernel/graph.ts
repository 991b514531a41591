import type { ComparisonOperator } from './formula.ts';
import type { Precision } from './experiment.ts';
import {
  numberArithmetic,
  perform,
  type Arithmetic,
  type Elementwise,
  type Operation,
} from './operations.ts';

/** A number that is known when an evaluation begins: a parameter, the step, how many rows the batch has ... */
export interface SymbolNode extends NodeBase {
  readonly operation: 'symbol';
  readonly symbol: string;
}

export interface ConstantNode extends NodeBase {
  readonly operation: 'constant';
  readonly value: number;
}

export interface ColumnNode extends NodeBase {
  readonly operation: 'column';
  readonly column: string;
}

/** A sum; an operand is subtracted where `negative` is true. */
export interface SumNode extends NodeBase {
  readonly operation: 'sum';
  readonly negative: readonly boolean[];
}

/** A whole power from 2 on, which is made of multiplications. */
export interface PowerNode extends NodeBase {
  readonly operation: 'power';
  readonly exponent: number;
}

export interface ComparisonNode extends NodeBase {
  readonly operation: 'comparison';
  readonly operator: ComparisonOperator;
}

/** Any other operation on the values of one example, or on numbers. */
export interface ElementwiseNode extends NodeBase {
  readonly operation: Elementwise;
}

export type ReductionKind = 'total' | 'largest' | 'smallest';

/** One number out of the values of all examples of the current batch. */
export interface ReductionNode extends NodeBase {
  readonly operation: 'reduction';
  readonly reduction: ReductionKind;
}

/**
 * Its first operand, with another derivative: that of the binary cross-entropy of the second operand against the
 * third, which PyTorch defines apart from the value.
 */
export interface CrossEntropyNode extends NodeBase {
  readonly operation: 'cross-entropy';
}

interface NodeBase {
  /** Counted from 0 in the order of making; operands come before what is made of them. */
  readonly id: number;
  readonly operands: readonly Node[];
  /** True where there is one value an example. */
  readonly rows: boolean;
  /** True where the value depends on a symbol, false where on data and constants alone. */
  readonly varies: boolean;
}

export type Node =
  | SymbolNode
  | ConstantNode
  | ColumnNode
  | SumNode
  | PowerNode
  | ComparisonNode
  | ElementwiseNode
  | ReductionNode
  | CrossEntropyNode;

type Kind<T> = T extends Node ? Omit<T, keyof NodeBase> : never;

/** The largest whole exponent that becomes multiplications; a greater one is left to the `pow` function. */
const largestWholeExponent = 2 ** 31;

/** Operands of one node of a sum. */
const longestSum = 16;

/**
 * An expression graph in which equal expressions are one node and operations on constants are constants.
 * What a formula says is kept in its order, so that rounding is that of the formula as written.
 */
export class Graph {
  readonly precision: Precision;
  private readonly known = new Map<string, Node>();
  private readonly arithmetic: Arithmetic<number>;

  constructor(precision: Precision) {
    this.precision = precision;
    this.arithmetic = numberArithmetic(precision);
  }

  constant(value: number): Node {
    const rounded = this.precision === 'float32' ? Math.fround(value) : value;
    const key = Object.is(rounded, -0) ? '-0' : String(rounded);
    return this.intern(key, { operation: 'constant', value: rounded }, [], false, false);
  }

  symbol(symbol: string): Node {
    return this.intern(`symbol ${symbol}`, { operation: 'symbol', symbol }, [], false, true);
  }

  column(column: string): Node {
    return this.intern(`column ${column}`, { operation: 'column', column }, [], true, false);
  }

  /**
   * The sum of the operands from left to right, those subtracted that are `negative`. A long sum is a chain of short
   * ones, which round in the same way, so that its code can be cut anywhere.
   */
  sum(operands: readonly Node[], negative: readonly boolean[] = operands.map(() => false)): Node {
    let sum = this.shortSum(operands.slice(0, longestSum), negative.slice(0, longestSum));
    for (let from = longestSum; from < operands.length; from += longestSum - 1) {
      const to = from + longestSum - 1;
      sum = this.shortSum([sum, ...operands.slice(from, to)], [false, ...negative.slice(from, to)]);
    }
    return sum;
  }

  private shortSum(operands: readonly Node[], minus: readonly boolean[]): Node {
    const [first] = operands;
    if (first === undefined) return this.constant(0);
    if (operands.length === 1) return minus[0] === true ? this.negate(first) : first;
    // To add what was negated is to subtract.
    const terms = operands.map((operand) => negated(operand) ?? operand);
    const negative = operands.map((operand, index) => (minus[index] === true) !== (operand !== terms[index]));
    const signs = negative.map((isNegative) => (isNegative ? '-' : '+')).join('');
    return this.derive(`sum ${signs}`, { operation: 'sum', negative }, terms);
  }

  difference(left: Node, right: Node): Node {
    return this.sum([left, right], [false, true]);
  }

  product(left: Node, right: Node): Node {
    if (isConstant(left, 1)) return right;
    if (isConstant(right, 1)) return left;
    return this.mergedProduct(left, right) ?? this.elementwise('product', [left, right]);
  }

  /** `100 * (2 * x)` as `200 * x`: where doubling comes first, one rounding less leaves every bit as it is. */
  private mergedProduct(left: Node, right: Node): Node | undefined {
    const [inner, rest] = right.operation === 'product' ? right.operands : [];
    if (left.operation !== 'constant' || inner?.operation !== 'constant' || rest === undefined)
      return undefined;
    const factor = this.arithmetic.multiply(left.value, inner.value);
    const doubles = inner.value >= 1 && Number.isInteger(Math.log2(inner.value));
    // A factor below 1 could bring back what doubling made infinite.
    const isExact = doubles && Math.abs(left.value) >= 1 && Number.isFinite(factor);
    return isExact ? this.product(this.constant(factor), rest) : undefined;
  }

  quotient(left: Node, right: Node): Node {
    return isConstant(right, 1) ? left : this.elementwise('quotient', [left, right]);
  }

  negate(operand: Node): Node {
    const [factor, rest] = operand.operation === 'product' ? operand.operands : [];
    if (factor?.operation === 'constant' && rest !== undefined)
      return this.product(this.constant(-factor.value), rest);
    return negated(operand) ?? this.elementwise('negation', [operand]);
  }

  /** A whole exponent makes multiplications, one half a square root, every other the `pow` function. */
  power(base: Node, exponent: Node): Node {
    if (exponent.operation !== 'constant') return this.elementwise('pow', [base, exponent]);
    const value = exponent.value;
    if (value === 0.5) return this.elementwise('sqrt', [base]);
    if (!Number.isInteger(value) || Math.abs(value) > largestWholeExponent) {
      return this.elementwise('pow', [base, exponent]);
    }
    if (value < 0) return this.quotient(this.constant(1), this.wholePower(base, -value));
    return this.wholePower(base, value);
  }

  wholePower(base: Node, exponent: number): Node {
    if (exponent === 0) return this.constant(1);
    if (exponent === 1) return base;
    return this.derive(`power ${exponent}`, { operation: 'power', exponent }, [base]);
  }

  compare(operator: ComparisonOperator, left: Node, right: Node): Node {
    return this.derive(`compare ${operator}`, { operation: 'comparison', operator }, [left, right]);
  }

  /** `chosen` where the condition is not 0, else `other`. */
  choice(condition: Node, chosen: Node, other: Node): Node {
    if (condition.operation === 'constant') return condition.value === 0 ? other : chosen;
    if (chosen === other) return chosen;
    if (condition.operation === 'comparison' && isConstant(chosen, 1) && isConstant(other, 0))
      return condition;
    return this.elementwise('choice', [condition, chosen, other]);
  }

  elementwise(operation: Elementwise, operands: readonly Node[]): Node {
    return this.derive(operation, { operation }, operands);
  }

  /** Over the rows of the batch. The total of one number is that number times the rows. */
  reduce(reduction: ReductionKind, operand: Node): Node {
    if (!operand.rows) return reduction === 'total' ? this.product(this.count(), operand) : operand;
    const key = `reduce ${reduction} ${operand.id}`;
    return this.intern(key, { operation: 'reduction', reduction }, [operand], false, true);
  }

  /** How many rows the batch has. */
  count(): Node {
    return this.symbol(countSymbol);
  }

  crossEntropy(value: Node, probability: Node, truth: Node): Node {
    if (value.operation === 'constant') return value;
    const operands = [value, probability, truth];
    const key = `cross-entropy ${operands.map((operand) => operand.id).join(' ')}`;
    return this.intern(key, { operation: 'cross-entropy' }, operands, value.rows, value.varies);
  }

  private derive(key: string, node: Operation, operands: readonly Node[]): Node {
    const values: number[] = [];
    for (const operand of operands) if (operand.operation === 'constant') values.push(operand.value);
    if (values.length === operands.length) return this.constant(perform(node, values, this.arithmetic));
    const rows = operands.some((operand) => operand.rows);
    const varies = operands.some((operand) => operand.varies);
    return this.intern(
      `${key} ${operands.map((operand) => operand.id).join(' ')}`,
      node,
      operands,
      rows,
      varies,
    );
  }

  private intern(
    key: string,
    node: Kind<Node>,
    operands: readonly Node[],
    rows: boolean,
    varies: boolean,
  ): Node {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made: Node = { ...node, id: this.known.size, operands, rows, varies };
    this.known.set(key, made);
    return made;
  }
}

export const countSymbol = 'count';

/** What a negation negates; undefined for any other node. */
function negated({ operation, operands }: Node): Node | undefined {
  return operation === 'negation' ? operands[0] : undefined;
}

/** Whether a node is a constant of this value; 0 and -0 are one, and no node is the constant NaN. */
export function isConstant(node: Node, value: number): boolean {
  return node.operation === 'constant' && node.value === value;
}
