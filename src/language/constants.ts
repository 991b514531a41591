import { special, type Formula, type FunctionName } from '../kernel/index.ts';

/**
 * The value of a formula of numbers and of names whose values are given; `undefined` where anything else stands in
 * it. A reduction of one number is that number, as in the kernel.
 */
export function constantOf(formula: Formula, values: ReadonlyMap<string, number>): number | undefined {
  const valueOf = (part: Formula) => constantOf(part, values);
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'name':
      return formula.name === 'pi' ? Math.PI : values.get(formula.name);
    case 'column':
      return undefined;
    case 'negation':
      return combine([valueOf(formula.operand)], (x) => -x);
    case 'sum':
      return combine(
        formula.terms.map((term) => valueOf(term.formula)),
        (...terms) =>
          terms.reduce(
            (sum, term, index) => (formula.terms[index]?.negative === true ? sum - term : sum + term),
            0,
          ),
      );
    case 'product':
      return combine(
        formula.factors.map((factor) => valueOf(factor.formula)),
        (...factors) =>
          factors.reduce(
            (product, factor, index) =>
              formula.factors[index]?.inverse === true ? product / factor : product * factor,
            1,
          ),
      );
    case 'power':
      return combine([valueOf(formula.base), valueOf(formula.exponent)], power);
    case 'comparison':
      return combine([valueOf(formula.left), valueOf(formula.right)], (a, b) =>
        compares(formula.operator, a, b) ? 1 : 0,
      );
    case 'call': {
      const apply = functions.get(formula.function);
      return apply && combine(formula.arguments.map(valueOf), apply);
    }
  }
}

function combine(
  parts: readonly (number | undefined)[],
  operation: (...values: number[]) => number,
): number | undefined {
  const present = parts.filter((part) => part !== undefined);
  return present.length === parts.length ? operation(...present) : undefined;
}

/** Whole powers of numbers below 2^53 by multiplication, so that `10^3` is exactly whole. */
function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 1024) return special.pow(base, exponent);
  let result = 1;
  for (let count = Math.abs(exponent); count > 0; count -= 1) result *= base;
  return exponent < 0 ? 1 / result : result;
}

function compares(operator: string, a: number, b: number): boolean {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '==':
      return a === b;
    default:
      return a !== b;
  }
}

type Apply = (...values: number[]) => number;

const same: Apply = (x = NaN) => x;

const functions: ReadonlyMap<FunctionName, Apply> = new Map<FunctionName, Apply>([
  ['mean', same],
  ['sum', same],
  ['std', () => 0],
  ['count', () => 1],
  ['min', Math.min],
  ['max', Math.max],
  ['abs', Math.abs],
  ['sqrt', Math.sqrt],
  ['exp', special.exp],
  ['log', special.log],
  ['sin', special.sin],
  ['cos', special.cos],
  ['tan', special.tan],
  ['tanh', special.tanh],
  ['sigmoid', special.sigmoid],
  ['softplus', special.softplus],
  ['relu', (x = NaN) => Math.max(x, 0)],
  ['where', (condition = NaN, a = NaN, b = NaN) => (condition === 0 ? b : a)],
]);
