import type { Precision } from './experiment.ts';
import type { ComparisonOperator } from './formula.ts';
import { special } from './special.ts';

/** Functions of one number: those of `special`, and of `Math` where every engine gives the same bits. */
export type Unary =
  'exp' | 'log' | 'log1p' | 'sin' | 'cos' | 'tan' | 'tanh' | 'sigmoid' | 'softplus' | 'sqrt' | 'abs' | 'sign';

export type Elementwise =
  Unary | 'product' | 'quotient' | 'negation' | 'pow' | 'relu' | 'choice' | 'maximum' | 'minimum';

/** What is done with operands; the parts of a node that, besides its operands, decide its value. */
export type Operation =
  | { readonly operation: Elementwise }
  | { readonly operation: 'sum'; readonly negative: readonly boolean[] }
  | { readonly operation: 'power'; readonly exponent: number }
  | { readonly operation: 'comparison'; readonly operator: ComparisonOperator };

/** The steps of arithmetic over values of some kind: numbers, or the text of generated code. */
export interface Arithmetic<T> {
  readonly add: (left: T, right: T) => T;
  readonly subtract: (left: T, right: T) => T;
  readonly multiply: (left: T, right: T) => T;
  readonly divide: (left: T, right: T) => T;
  readonly negate: (value: T) => T;
  readonly call: (name: Unary, value: T) => T;
  readonly pow: (base: T, exponent: T) => T;
  readonly compare: (operator: ComparisonOperator, left: T, right: T) => T;
  readonly choose: (condition: T, chosen: T, other: T) => T;
  readonly largest: (values: readonly T[]) => T;
  readonly smallest: (values: readonly T[]) => T;
  readonly positivePart: (value: T) => T;
  /** A value that is used more than once from here on. */
  readonly keep: (value: T) => T;
}

/** The one definition of what every operation means, for constants and for generated code alike. */
export function perform<T>(operation: Operation, operands: readonly T[], arithmetic: Arithmetic<T>): T {
  const at = (index: number) => operandAt(operands, index);
  switch (operation.operation) {
    case 'sum': {
      const { negative } = operation;
      const first = negative[0] === true ? arithmetic.negate(at(0)) : at(0);
      return operands
        .slice(1)
        .reduce(
          (sum, term, index) =>
            negative[index + 1] === true ? arithmetic.subtract(sum, term) : arithmetic.add(sum, term),
          first,
        );
    }
    case 'power':
      return wholePower(arithmetic.keep(at(0)), operation.exponent, arithmetic);
    case 'comparison':
      return arithmetic.compare(operation.operator, at(0), at(1));
    case 'product':
      return arithmetic.multiply(at(0), at(1));
    case 'quotient':
      return arithmetic.divide(at(0), at(1));
    case 'negation':
      return arithmetic.negate(at(0));
    case 'pow':
      return arithmetic.pow(at(0), at(1));
    case 'relu':
      return arithmetic.positivePart(at(0));
    case 'choice':
      return arithmetic.choose(at(0), at(1), at(2));
    case 'maximum':
      return arithmetic.largest(operands);
    case 'minimum':
      return arithmetic.smallest(operands);
    default:
      return arithmetic.call(operation.operation, at(0));
  }
}

/** Whether a comparison holds; with NaN none does but `!=`. */
export function compareNumbers(operator: ComparisonOperator, left: number, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
  }
}

/** Rounds a number to the nearest that the precision has. */
export function roundingTo(precision: Precision): (value: number) => number {
  return precision === 'float32' ? Math.fround : (value) => value;
}

/** Arithmetic on numbers, rounded after every operation as the precision has it. */
export function numberArithmetic(precision: Precision): Arithmetic<number> {
  const round = roundingTo(precision);
  return {
    add: (left, right) => round(left + right),
    subtract: (left, right) => round(left - right),
    multiply: (left, right) => round(left * right),
    divide: (left, right) => round(left / right),
    negate: (value) => -value,
    call: (name, value) => round(functionOf(name)(value)),
    pow: (base, exponent) => round(special.pow(base, exponent)),
    compare: (operator, left, right) => (compareNumbers(operator, left, right) ? 1 : 0),
    choose: (condition, chosen, other) => (condition === 0 ? other : chosen),
    largest: (values) => Math.max(...values),
    smallest: (values) => Math.min(...values),
    positivePart: (value) => Math.max(value, 0),
    keep: (value) => value,
  };
}

function functionOf(name: Unary): (value: number) => number {
  switch (name) {
    case 'sqrt':
      return Math.sqrt;
    case 'abs':
      return Math.abs;
    case 'sign':
      return Math.sign;
    default:
      return special[name];
  }
}

/** From the highest bit of the exponent down: square, and multiply where the bit is set. */
function wholePower<T>(base: T, exponent: number, arithmetic: Arithmetic<T>): T {
  let result = base;
  for (const bit of exponent.toString(2).slice(1)) {
    result = arithmetic.keep(result);
    result = arithmetic.multiply(result, result);
    if (bit === '1') result = arithmetic.multiply(result, base);
  }
  return result;
}

function operandAt<T>(operands: readonly T[], index: number): T {
  const operand = operands[index];
  if (operand === undefined) throw new RangeError(`The operation has no operand ${index}.`);
  return operand;
}
