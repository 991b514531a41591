import assert from 'node:assert/strict';
import type { Experiment, Formula } from '../../src/kernel/index.ts';
import { readExperiment } from '../../src/language/index.ts';

/** The experiment of a cell without errors. */
export function read(source: string, columns?: string[]): Experiment {
  const { experiment, problems } = readExperiment(source, columns);
  assert.ok(experiment !== undefined, JSON.stringify(problems));
  return experiment;
}

/** A formula with a bracket around every operation, so that its structure shows. */
export function show(formula: Formula | undefined): string {
  switch (formula?.kind) {
    case undefined:
      return '';
    case 'number':
      return String(formula.value);
    case 'name':
      return formula.name;
    case 'column':
      return `\`${formula.column}\``;
    case 'sum': {
      const terms = formula.terms.map(
        (term, index) => (term.negative ? '-' : index > 0 ? '+' : '') + show(term.formula),
      );
      return `(${terms.join('')})`;
    }
    case 'product': {
      const factors = formula.factors.map(
        (factor, index) => (factor.inverse ? '/' : index > 0 ? '*' : '') + show(factor.formula),
      );
      return `(${factors.join('')})`;
    }
    case 'negation':
      return `(-${show(formula.operand)})`;
    case 'power':
      return `(${show(formula.base)}^${show(formula.exponent)})`;
    case 'comparison':
      return `(${show(formula.left)}${formula.operator}${show(formula.right)})`;
    case 'call':
      return `${formula.function}(${formula.arguments.map(show).join(',')})`;
  }
}
