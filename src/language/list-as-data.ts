import type { Cell } from './cell.ts';
import type { Fix } from './problems.ts';
import type { Expression, ListNode } from './syntax.ts';
import { removableText } from './text-lines.ts';
import { isReserved } from './words/words.ts';

/** The column that a list of numbers makes which is given to a name of the author's own. */
export function columnOfList(cell: Cell, name: string, list: ListNode): string | undefined {
  const isOwn = cell.definitions.has(name) && !isReserved(name);
  return isOwn && list.items.every(isNumber) ? name : undefined;
}

function isNumber(item: Expression): boolean {
  return item.kind === 'number' || (item.kind === 'negation' && item.operand.kind === 'number');
}

/** Makes a list a column of the cell's table, or of a new one where the cell has no data. */
export function putIntoTable(cell: Cell, name: string, list: ListNode): Fix | undefined {
  const definition = cell.definitions.get(name);
  if (definition === undefined || definition.lifted) return undefined;
  const { source } = cell.tree;
  const column = `${name}: ${source.slice(list.start, list.end)}`;
  const title = `Make \`${name}\` a column of the data`;
  const { start } = definition.place;
  const data = cell.settings.get('data')?.value;
  if (data === undefined)
    return { title, edits: [{ start, end: list.end, text: `data = table(${column})` }] };
  if (data.kind !== 'table' || data.columns.length === 0) return undefined;
  const behind = data.columns.at(-1)?.end ?? data.end;
  const statement = { start, end: list.end };
  return {
    title,
    edits: [
      { ...removableText(source, statement), text: '' },
      { start: behind, end: behind, text: `, ${column}` },
    ],
  };
}
