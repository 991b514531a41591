import type { Formula, FunctionName } from '../formula.ts';

/** Formulas that stand nowhere in a cell yet. */
const nowhere = { start: 0, end: 0 };

/** A number as a formula. */
export function numberFormula(value: number): Formula {
  return { kind: 'number', value, ...nowhere };
}

/** The use of a name. */
export function nameFormula(name: string): Formula {
  return { kind: 'name', name, ...nowhere };
}

/** `name(parts, ...)`. */
export function callFormula(name: FunctionName, ...parts: readonly Formula[]): Formula {
  return { kind: 'call', function: name, arguments: parts, ...nowhere };
}

/** `part * part * ...`. */
export function productFormula(...parts: readonly Formula[]): Formula {
  return { kind: 'product', factors: parts.map((formula) => ({ inverse: false, formula })), ...nowhere };
}

/** `left / right`. */
export function quotientFormula(left: Formula, right: Formula): Formula {
  const factors = [
    { inverse: false, formula: left },
    { inverse: true, formula: right },
  ];
  return { kind: 'product', factors, ...nowhere };
}

/** `left + right`. */
export function sumFormula(left: Formula, right: Formula): Formula {
  const terms = [left, right].map((formula) => ({ negative: false, formula }));
  return { kind: 'sum', terms, ...nowhere };
}

/** `left - right`. */
export function differenceFormula(left: Formula, right: Formula): Formula {
  const terms = [
    { negative: false, formula: left },
    { negative: true, formula: right },
  ];
  return { kind: 'sum', terms, ...nowhere };
}

/** The formula with its parts, from the outside in, replaced by what `replace` makes of them, which is not entered. */
export function mapFormula(formula: Formula, replace: (part: Formula) => Formula): Formula {
  const inside = (part: Formula) => mapFormula(part, replace);
  const swapped = replace(formula);
  if (swapped !== formula) return swapped;
  switch (formula.kind) {
    case 'number':
    case 'name':
    case 'column':
      return formula;
    case 'sum':
      return {
        ...formula,
        terms: formula.terms.map((term) => ({ ...term, formula: inside(term.formula) })),
      };
    case 'product':
      return {
        ...formula,
        factors: formula.factors.map((factor) => ({ ...factor, formula: inside(factor.formula) })),
      };
    case 'negation':
      return { ...formula, operand: inside(formula.operand) };
    case 'power':
      return { ...formula, base: inside(formula.base), exponent: inside(formula.exponent) };
    case 'comparison':
      return { ...formula, left: inside(formula.left), right: inside(formula.right) };
    case 'call':
      return { ...formula, arguments: formula.arguments.map(inside) };
  }
}
