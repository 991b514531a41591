import type { Formula, OptimizerName, Span, Update, UpdateLine } from '../kernel/index.ts';
import { lowerFormula, noColumns } from './lower-formula.ts';
import { parse } from './parse.ts';
import { Problems } from './problems.ts';
import { isExpression, spanOf } from './syntax.ts';
import { optimizersByName } from './words/words.ts';

const updates = new Map<OptimizerName, readonly UpdateLine[]>();

/** The lines of the block that runs these lines at every step. */
export function blockOf(update: readonly string[]): string[] {
  return ['for each step:', ...update.map((line) => `    ${line}`)];
}

/** The update that a named optimizer stands for, every part of it at the place of its name in the cell. */
export function updateOf(name: OptimizerName, place: Span): Update {
  const lines = linesOf(name).map((line) => ({
    name: line.name,
    formula: placed(line.formula, place),
    ...spanOf(place),
  }));
  return { lines, memories: new Map() };
}

function linesOf(name: OptimizerName): readonly UpdateLine[] {
  const known = updates.get(name);
  if (known !== undefined) return known;
  const text = blockOf(optimizersByName.get(name)?.update ?? []).join('\n');
  const [block] = parse(text, new Problems()).statements;
  const lines = (block?.kind === 'block' ? block.lines : []).flatMap(
    ({ name: target, value, start, end }) => {
      const formula = isExpression(value) ? lowerFormula(value, noColumns) : undefined;
      return formula === undefined ? [] : [{ name: target.name, formula, start, end }];
    },
  );
  updates.set(name, lines);
  return lines;
}

function placed(formula: Formula, place: Span): Formula {
  const span = spanOf(place);
  const inner = (part: Formula) => placed(part, place);
  switch (formula.kind) {
    case 'number':
    case 'name':
    case 'column':
      return { ...formula, ...span };
    case 'negation':
      return { ...formula, operand: inner(formula.operand), ...span };
    case 'sum':
      return {
        ...formula,
        terms: formula.terms.map((term) => ({ ...term, formula: inner(term.formula) })),
        ...span,
      };
    case 'product':
      return {
        ...formula,
        factors: formula.factors.map((factor) => ({ ...factor, formula: inner(factor.formula) })),
        ...span,
      };
    case 'power':
      return { ...formula, base: inner(formula.base), exponent: inner(formula.exponent), ...span };
    case 'comparison':
      return { ...formula, left: inner(formula.left), right: inner(formula.right), ...span };
    case 'call':
      return { ...formula, arguments: formula.arguments.map(inner), ...span };
  }
}
