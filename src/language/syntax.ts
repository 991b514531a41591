import type { ComparisonOperator, Span } from '../kernel/index.ts';
import type { Token } from './scanner.ts';

/** What the parser expects at a place where it finds a hole, as the message about it has it. */
export type Expected =
  | 'a value'
  | 'a number, a name or a bracket'
  | 'a name and its start'
  | 'a start'
  | 'a comparison'
  | 'a number'
  | 'a file name in quotes'
  | 'a parameter'
  | 'a column';

export interface NameNode extends Span {
  readonly kind: 'name';
  readonly name: string;
}

export interface ColumnNode extends Span {
  readonly kind: 'column';
  readonly column: string;
}

export interface TextNode extends Span {
  readonly kind: 'text';
  readonly text: string;
}

export interface CallNode extends Span {
  readonly kind: 'call';
  readonly name: NameNode;
  readonly arguments: readonly Expression[];
  /** Where each comma stands. */
  readonly commas: readonly number[];
  /** The text between the brackets. */
  readonly inside: Span;
}

export interface ComparisonNode extends Span {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}

export interface MissingNode extends Span {
  readonly kind: 'missing';
}

export interface SumNode extends Span {
  readonly kind: 'sum';
  readonly terms: readonly { readonly negative: boolean; readonly operand: Expression }[];
}

export interface ProductNode extends Span {
  readonly kind: 'product';
  readonly factors: readonly { readonly inverse: boolean; readonly operand: Expression }[];
  /** True where words of other languages stand between the factors: these bind weaker than every sign. */
  readonly isWordChain?: true;
}

export interface PowerNode extends Span {
  readonly kind: 'power';
  readonly base: Expression;
  readonly exponent: Expression;
}

/** A formula as it stands in the cell, with holes where something is missing. */
export type Expression =
  | (Span & { readonly kind: 'number'; readonly value: number })
  | NameNode
  | ColumnNode
  | TextNode
  | SumNode
  | ProductNode
  | (Span & { readonly kind: 'negation'; readonly operand: Expression })
  | PowerNode
  | ComparisonNode
  | CallNode
  | (Span & { readonly kind: 'group'; readonly inner: Expression })
  | ListNode
  | MissingNode;

/** `table(size: [1, 2], price: [3, 4])` */
export interface TableNode extends Span {
  readonly kind: 'table';
  readonly columns: readonly TableColumn[];
}

export interface TableColumn extends Span {
  readonly name: NameNode | ColumnNode;
  readonly values: readonly number[];
  /** Where each value stands. */
  readonly places: readonly Span[];
  /** False where a value could not be read. */
  readonly complete: boolean;
}

/** `[w: -50..300, b]` */
export interface AxesNode extends Span {
  readonly kind: 'axes';
  readonly axes: readonly AxisNode[];
}

export interface AxisNode extends Span {
  readonly name: NameNode | MissingNode;
  readonly window?: { readonly low: Expression; readonly high: Expression };
}

export type Value = Expression | TableNode | AxesNode;

export function isExpression(value: Value): value is Expression {
  return value.kind !== 'table' && value.kind !== 'axes';
}

export interface Assignment extends Span {
  readonly kind: 'assignment';
  readonly name: NameNode;
  readonly value: Value;
}

export interface StartNode extends Span {
  readonly name: NameNode;
  readonly value: Expression;
}

export interface ParametersStatement extends Span {
  readonly kind: 'parameters';
  readonly keyword: Span;
  readonly starts: readonly StartNode[];
}

export interface CheckStatement extends Span {
  readonly kind: 'check';
  readonly keyword: Span;
  readonly formula: Expression;
  readonly comment?: Token;
}

export interface BlockStatement extends Span {
  readonly kind: 'block';
  readonly head: Span;
  readonly lines: readonly Assignment[];
}

/** A line of which nothing could be made. */
export interface UnreadableStatement extends Span {
  readonly kind: 'unreadable';
}

export type Statement =
  Assignment | ParametersStatement | CheckStatement | BlockStatement | UnreadableStatement;

/** The direct parts of an expression, in the order of the text. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'name':
    case 'column':
    case 'text':
    case 'missing':
      return [];
    case 'sum':
      return expression.terms.map((term) => term.operand);
    case 'product':
      return expression.factors.map((factor) => factor.operand);
    case 'negation':
      return [expression.operand];
    case 'power':
      return [expression.base, expression.exponent];
    case 'comparison':
      return [expression.left, expression.right];
    case 'call':
      return expression.arguments;
    case 'group':
      return [expression.inner];
    case 'list':
      return expression.items;
  }
}

/**
 * Calls `visit` for the expression and all its parts, outermost first, in the order of the text; where it returns
 * false the parts of that part are left out.
 */
export function walk(expression: Expression, visit: (part: Expression) => unknown): void {
  if (visit(expression) === false) return;
  for (const part of partsOf(expression)) walk(part, visit);
}

/** Whether a test holds for the expression or any of its parts. */
export function hasPart(expression: Expression, test: (part: Expression) => boolean): boolean {
  return test(expression) || partsOf(expression).some((part) => hasPart(part, test));
}

/** Whether a name stands in a value. */
export function mentions(value: Value, name: string): boolean {
  return isExpression(value) && hasPart(value, (part) => part.kind === 'name' && part.name === name);
}

/** The place of something alone, without what else it has. */
export function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** The expression without the brackets around it. */
export function unwrap(expression: Expression): Expression {
  let inner = expression;
  while (inner.kind === 'group') inner = inner.inner;
  return inner;
}

/** The alternatives of a right side: the items of a list, else itself. */
export function alternativesOf(value: Expression): readonly Expression[] {
  return value.kind === 'list' ? value.items : [value];
}
