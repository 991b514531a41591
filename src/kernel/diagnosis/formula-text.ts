import type { Formula } from '../formula.ts';
import { numberText } from './number-text.ts';

/** How tightly a formula holds together; one that stands inside a tighter one needs brackets. */
const tightness = {
  comparison: 0,
  sum: 1,
  product: 2,
  negation: 3,
  power: 4,
  number: 5,
  name: 5,
  column: 5,
  call: 5,
} as const;

/** A formula as text of a cell, with as few brackets as it needs. */
export function formulaText(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return shortest(formula.value);
    case 'name':
      return formula.name;
    case 'column':
      return columnText(formula);
    case 'sum':
      return formula.terms
        .map(({ negative, formula: term }, index) => {
          const text = within(term, index === 0 && !negative ? tightness.sum : tightness.product);
          if (index === 0) return negative ? `-${text}` : text;
          return `${negative ? '-' : '+'} ${text}`;
        })
        .join(' ');
    case 'product':
      return formula.factors
        .map(({ inverse, formula: factor }, index) => {
          const text = within(factor, index === 0 && !inverse ? tightness.product : tightness.negation);
          if (index === 0) return inverse ? `1 / ${text}` : text;
          return `${inverse ? '/' : '*'} ${text}`;
        })
        .join(' ');
    case 'negation':
      return `-${within(formula.operand, tightness.negation)}`;
    case 'power':
      return `${within(formula.base, tightness.number)}^${within(formula.exponent, tightness.negation)}`;
    case 'comparison': {
      const side = (part: Formula) => within(part, tightness.sum);
      return `${side(formula.left)} ${formula.operator} ${side(formula.right)}`;
    }
    case 'call':
      return `${formula.function}(${formula.arguments.map(formulaText).join(', ')})`;
  }
}

/** A column that stood in the cell without backticks needs none in the new text either. */
function columnText({ column, start, end }: Formula & { kind: 'column' }): string {
  return end - start === column.length ? column : `\`${column}\``;
}

/** A number that is read back as the same: with a short exponent where that is shorter. */
function shortest(value: number): string {
  const text = numberText(value, 17);
  return Number(text) === value ? text : String(value);
}

/** The text of a part, in brackets where it holds less tightly than what surrounds it. */
export function within(part: Formula, around: number): string {
  const isLoose = tightness[part.kind] < around || (part.kind === 'number' && part.value < 0 && around > 1);
  return isLoose ? `(${formulaText(part)})` : formulaText(part);
}

/** How tightly a part of a formula must hold together where it stands. */
export function tightnessNeeded(parent: Formula | undefined): number {
  return parent === undefined || parent.kind === 'call' ? 0 : tightness[parent.kind] + 1;
}
