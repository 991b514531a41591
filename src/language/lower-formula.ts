import { functionNames, type Formula, type FunctionName } from '../kernel/index.ts';
import type { CallNode, Expression } from './syntax.ts';
import { functionsByName } from './words/words.ts';

const known: ReadonlySet<string> = new Set(functionNames);

/** The known columns, by their names in the cell; the values are their names in the data. */
export interface ColumnNames {
  /** Those that a name without backticks means. */
  readonly bare: ReadonlyMap<string, string>;
  readonly quoted: ReadonlyMap<string, string>;
}

export const noColumns: ColumnNames = { bare: new Map(), quoted: new Map() };

/** The kernel's form of a formula, or `undefined` where a hole or something that is no formula stands in it. */
export function lowerFormula(expression: Expression, columns: ColumnNames): Formula | undefined {
  const place = { start: expression.start, end: expression.end };
  const lower = (part: Expression) => lowerFormula(part, columns);
  switch (expression.kind) {
    case 'number':
      return { kind: 'number', value: expression.value, ...place };
    case 'name': {
      const column = columns.bare.get(expression.name);
      return column === undefined
        ? { kind: 'name', name: expression.name, ...place }
        : { kind: 'column', column, ...place };
    }
    case 'column':
      return { kind: 'column', column: columns.quoted.get(expression.column) ?? expression.column, ...place };
    case 'text':
    case 'list':
    case 'missing':
      return undefined;
    case 'group':
      return lower(expression.inner);
    case 'negation': {
      const operand = lower(expression.operand);
      return operand && { kind: 'negation', operand, ...place };
    }
    case 'sum': {
      const operands = complete(expression.terms.map((term) => lower(term.operand)));
      const terms = operands?.map((formula, index) => ({
        negative: expression.terms[index]?.negative === true,
        formula,
      }));
      return terms && { kind: 'sum', terms, ...place };
    }
    case 'product': {
      const operands = complete(expression.factors.map((factor) => lower(factor.operand)));
      const factors = operands?.map((formula, index) => ({
        inverse: expression.factors[index]?.inverse === true,
        formula,
      }));
      return factors && { kind: 'product', factors, ...place };
    }
    case 'power': {
      const base = lower(expression.base);
      const exponent = lower(expression.exponent);
      return base && exponent && { kind: 'power', base, exponent, ...place };
    }
    case 'comparison': {
      const left = lower(expression.left);
      const right = lower(expression.right);
      return left && right && { kind: 'comparison', operator: expression.operator, left, right, ...place };
    }
    case 'call':
      return lowerCall(expression, complete(expression.arguments.map(lower)));
  }
}

function lowerCall(call: CallNode, parts: Formula[] | undefined): Formula | undefined {
  const word = functionsByName.get(call.name.name);
  const name = word?.aliasOf ?? word?.name ?? '';
  if (parts === undefined || !isFunctionName(name)) return undefined;
  return { kind: 'call', function: name, arguments: parts, start: call.start, end: call.end };
}

function isFunctionName(name: string): name is FunctionName {
  return known.has(name);
}

function complete(formulas: readonly (Formula | undefined)[]): Formula[] | undefined {
  const present = formulas.filter((formula) => formula !== undefined);
  return present.length === formulas.length ? present : undefined;
}
