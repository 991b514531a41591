import type { Span } from '../../kernel/index.ts';
import type { Cell } from '../cell.ts';
import { analyse } from '../read.ts';
import { alternativesOfSetting } from '../sweep.ts';
import { spanOf, unwrap, type Expression } from '../syntax.ts';

/**
 * Where the learning rate stands in a cell: the formula, or the number that a name stands for where this is the only
 * use of the name. One place a run where a list varies it, else one; none where the cell has no learning rate.
 */
export function learningRatePlaces(source: string): Span[] {
  const { cell } = analyse(source);
  const items = alternativesOfSetting(cell, 'learning_rate');
  return items.map((item) => spanOf(meantBy(cell, item) ?? item));
}

/** The number that a name stands for, where this is the only use of the name. */
function meantBy(cell: Cell, expression: Expression): Expression | undefined {
  const inner = unwrap(expression);
  if (inner.kind !== 'name') return undefined;
  const definition = cell.definitions.get(inner.name);
  const uses = cell.tree.tokens.filter((token) => token.kind === 'name' && token.text === inner.name);
  if (definition === undefined || uses.length !== 2) return undefined;
  return isNumber(definition.value) ? definition.value : undefined;
}

function isNumber(expression: Expression): boolean {
  const inner = expression.kind === 'negation' ? expression.operand : expression;
  return inner.kind === 'number';
}
