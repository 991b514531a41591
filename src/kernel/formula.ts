/** A half-open range of UTF-16 offsets in the text of a cell. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';

export const functionNames = [
  'mean',
  'sum',
  'std',
  'min',
  'max',
  'count',
  'abs',
  'exp',
  'log',
  'sqrt',
  'sin',
  'cos',
  'tan',
  'tanh',
  'sigmoid',
  'relu',
  'softplus',
  'where',
  'mse',
  'mae',
  'huber',
  'binary_cross_entropy',
  'slope',
] as const;

/** The functions a formula may call; aliases such as `cross_entropy` are resolved by the language. */
export type FunctionName = (typeof functionNames)[number];

/** How many arguments each function takes. */
export const argumentCounts: Readonly<Record<FunctionName, readonly [least: number, most: number]>> = {
  mean: [1, 1],
  sum: [1, 1],
  std: [1, 1],
  min: [1, Infinity],
  max: [1, Infinity],
  count: [1, 1],
  abs: [1, 1],
  exp: [1, 1],
  log: [1, 1],
  sqrt: [1, 1],
  sin: [1, 1],
  cos: [1, 1],
  tan: [1, 1],
  tanh: [1, 1],
  sigmoid: [1, 1],
  relu: [1, 1],
  softplus: [1, 1],
  where: [3, 3],
  mse: [2, 2],
  mae: [2, 2],
  huber: [2, 3],
  binary_cross_entropy: [2, 2],
  slope: [1, 1],
};

/**
 * A formula as its author wrote it: names are not yet resolved, and every part knows its place in the cell.
 * A long sum or product is one node, so that depth follows brackets and not length.
 */
export type Formula = Span &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'column'; readonly column: string }
    | { readonly kind: 'sum'; readonly terms: readonly Term[] }
    | { readonly kind: 'product'; readonly factors: readonly Factor[] }
    | { readonly kind: 'negation'; readonly operand: Formula }
    | { readonly kind: 'power'; readonly base: Formula; readonly exponent: Formula }
    | {
        readonly kind: 'comparison';
        readonly operator: ComparisonOperator;
        readonly left: Formula;
        readonly right: Formula;
      }
    | { readonly kind: 'call'; readonly function: FunctionName; readonly arguments: readonly Formula[] }
  );

/** A term of a sum: added, or subtracted when `negative`. */
export interface Term {
  readonly negative: boolean;
  readonly formula: Formula;
}

/** A factor of a product: multiplied, or divided by when `inverse`. */
export interface Factor {
  readonly inverse: boolean;
  readonly formula: Formula;
}

/** The formulas that a formula is directly made of, in their order. */
export function partsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'sum':
      return formula.terms.map((term) => term.formula);
    case 'product':
      return formula.factors.map((factor) => factor.formula);
    case 'negation':
      return [formula.operand];
    case 'power':
      return [formula.base, formula.exponent];
    case 'comparison':
      return [formula.left, formula.right];
    case 'call':
      return formula.arguments;
    case 'number':
    case 'name':
    case 'column':
      return [];
  }
}

/** The formulas and all that they are made of, however deep, the last formula first. */
export function* everyPart(formulas: Iterable<Formula>): Generator<Formula, void> {
  const open = [...formulas];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    yield part;
    open.push(...partsOf(part));
  }
}

const reductions: ReadonlySet<FunctionName> = new Set<FunctionName>([
  'mean',
  'sum',
  'std',
  'count',
  'mse',
  'mae',
  'huber',
  'binary_cross_entropy',
]);

/** Whether a formula makes one number of the examples: a mean, a loss, the smallest of one value an example ... */
export function isReduction(formula: Formula): boolean {
  if (formula.kind !== 'call') return false;
  const isExtreme = formula.function === 'min' || formula.function === 'max';
  return isExtreme ? formula.arguments.length === 1 : reductions.has(formula.function);
}
