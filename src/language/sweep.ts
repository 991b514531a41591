import type { Choice, Span } from '../kernel/index.ts';
import type { Cell } from './cell.ts';
import { columnOfList, putIntoTable } from './list-as-data.ts';
import type { Problems } from './problems.ts';
import { alternativesOf, isExpression, type Expression, type ListNode } from './syntax.ts';
import { settingsByName } from './words/words.ts';

/** How many runs one sweep may have. */
const mostRuns = 16;

/** What a list in a cell varies. */
interface Varied {
  readonly name: string;
  readonly list: ListNode;
}

/** The runs that the lists of a cell make, and what each is called. */
export interface Sweep {
  readonly runs: number;
  readonly labels: Choice<string>;
}

/** Reads the lists of a cell: all of one length, each item for one run. */
export function readSweep(cell: Cell, problems: Problems): Sweep {
  const varied = listsOf(cell);
  for (const item of varied) checkLength(cell, item, problems);
  const [first] = varied;
  if (first === undefined) return { runs: 1, labels: [''] };
  const items = first.list.items.length;
  for (const { name, list } of varied) {
    if (list.items.length === items || list.items.length === 0 || items === 0) continue;
    const details = { name, count: list.items.length, first: first.name, items };
    problems.add('list-lengths', list, details);
  }
  const runs = Math.max(1, Math.min(items, mostRuns));
  const labels = Array.from({ length: runs }, (_, run) => labelOf(cell, varied, run));
  const [label = '', ...others] = labels;
  return { runs, labels: [label, ...others] };
}

function listsOf(cell: Cell): Varied[] {
  const varied: Varied[] = [];
  for (const { name, list } of [...cell.definitions.values(), ...cell.parameters.values()]) {
    if (list !== undefined) varied.push({ name, list });
  }
  for (const [name, { value }] of cell.settings) {
    if (value.kind === 'list' && settingsByName.get(name)?.sweeps === true)
      varied.push({ name, list: value });
  }
  return varied.sort((a, b) => a.list.start - b.list.start);
}

function checkLength(cell: Cell, { name, list }: Varied, problems: Problems): void {
  const count = list.items.length;
  if (count === 0) problems.add('empty-list', list, {});
  if (count <= mostRuns) return;
  const column = columnOfList(cell, name, list);
  problems.add('too-many-items', list, { count, most: mostRuns, column }, () => [
    column === undefined ? undefined : putIntoTable(cell, column, list),
  ]);
}

/** The varied values of one run, as the cell has them: `learning_rate = 0.1, w = 2`. */
function labelOf(cell: Cell, varied: readonly Varied[], run: number): string {
  return varied.map(({ name, list }) => `${name} = ${textOf(cell, list.items[run] ?? list)}`).join(', ');
}

function textOf(cell: Cell, place: Span): string {
  return cell.tree.source.slice(place.start, place.end).replace(/\s+/g, ' ');
}

/** The alternatives of a setting's value that is a formula, or a list of them. */
export function alternativesOfSetting(cell: Cell, name: string): readonly Expression[] {
  const value = cell.settings.get(name)?.value;
  if (value === undefined || !isExpression(value)) return [];
  return alternativesOf(value);
}

/** The items as a choice; `undefined` where there are none, or one of them is `undefined`. */
export function allOf<T>(items: readonly (T | undefined)[]): Choice<T> | undefined {
  const present = items.filter((item) => item !== undefined);
  return present.length === items.length ? nonEmpty(present) : undefined;
}

/** The items as a choice; `undefined` where there are none. */
export function nonEmpty<T>(items: readonly T[]): Choice<T> | undefined {
  const [first, ...others] = items;
  return first === undefined ? undefined : [first, ...others];
}
