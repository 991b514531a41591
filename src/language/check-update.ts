import { assigns, type Cell } from './cell.ts';
import { nudge, spaceInside } from './into-block.ts';
import { checkFormula, meaningOf, ownNamesFor } from './names.ts';
import { insertAt, type Fix } from './problems.ts';
import { factsIn, type Reading } from './reading.ts';
import {
  alternativesOf,
  hasPart,
  isExpression,
  walk,
  type Assignment,
  type BlockStatement,
  type Expression,
  type NameNode,
} from './syntax.ts';
import { lineEndOf, moveAbove } from './text-lines.ts';

/** Checks the lines of the block that run at every step. */
export function checkUpdate(reading: Reading): void {
  const { cell } = reading;
  for (const line of cell.update) {
    if (isExpression(line.value)) checkLine(reading, line, line.value);
  }
  if (cell.block !== undefined && cell.block.lines.length > 0) checkNudge(reading, cell.block);
}

function checkLine(reading: Reading, line: Assignment, value: Expression): void {
  const { cell, problems } = reading;
  const { name } = line.name;
  const isNumber =
    cell.memories.has(name) && !alternativesOf(value).some((item) => factsIn(reading, item).rows);
  const details = { above: isNumber ? name : undefined };
  const above = () => [isNumber ? defineAbove(reading, line, value) : undefined];
  if (value.kind === 'list') problems.add('list-in-block', value, details, above);
  for (const formula of alternativesOf(value)) {
    walk(formula, (part) => {
      const values = valuesIn(reading, part);
      if (values === undefined) return;
      problems.add('values-in-update', part, { ...details, name: values }, above);
    });
    checkFormula(formula, 'update', cell, problems);
  }
}

/** The name or column that a part of an update is, where it has one value an example. */
function valuesIn(reading: Reading, part: Expression): string | undefined {
  if (part.kind === 'column') return part.column;
  if (part.kind !== 'name') return undefined;
  const { name } = part;
  const meaning = meaningOf(reading.cell, name, 'update');
  if (meaning !== 'column' && meaning !== 'definition') return undefined;
  const { rows, broken } = factsIn(reading, part);
  return name === 'prediction' || (rows && !broken) ? name : undefined;
}

/** Puts a line above the block, where its name can be one for the whole run. */
function defineAbove({ cell }: Reading, line: Assignment, value: Expression): Fix | undefined {
  const { name } = line.name;
  const { block, tree } = cell;
  const isOnly = cell.update.filter((other) => other.name.name === name).length === 1;
  if (block === undefined || !isOnly || cell.definitions.has(name) || !isDefinition(cell, value))
    return undefined;
  return moveAbove(tree.source, line, block.start, `Define \`${name}\` above the block`);
}

/** True for a formula that needs nothing which only an update has. */
function isDefinition(cell: Cell, formula: Expression): boolean {
  const names = new Set([...ownNamesFor(cell, 'definition'), ...cell.columns.names.keys()]);
  return !hasPart(formula, (part) =>
    part.kind === 'name'
      ? !names.has(part.name) || cell.memories.has(part.name)
      : part.kind === 'call' && part.name.name === 'slope',
  );
}

function checkNudge({ cell, problems }: Reading, block: BlockStatement): void {
  const isNudge = ({ name }: NameNode) => /^parameters?$/.test(name) || cell.parameters.has(name);
  if (block.lines.some((line) => isNudge(line.name)) || assigns(cell.tree, 'parameter')) return;
  const { source } = cell.tree;
  const line = lineEndOf(source) + spaceInside(source, block) + nudge;
  problems.add('update-without-parameter', block.head, {}, [insertAt(block.end, line, 'Insert the nudge')]);
}
