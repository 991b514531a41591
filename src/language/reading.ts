import { constantValues, type Choice, type ConstantValue, type Formula, type Span } from '../kernel/index.ts';
import type { Cell } from './cell.ts';
import { definitionsIn, factsOf, type Facts } from './facts.ts';
import { lowerFormula, type ColumnNames } from './lower-formula.ts';
import type { Problems } from './problems.ts';
import { allOf, type Sweep } from './sweep.ts';
import type { Expression } from './syntax.ts';
import { isReserved } from './words/words.ts';

/** What is known of a cell while it is checked and lowered. */
export interface Reading {
  readonly cell: Cell;
  readonly problems: Problems;
  /** What is known of each definition. */
  readonly facts: ReadonlyMap<string, Facts>;
  readonly sweep: Sweep;
  /** For each run, the values of formulas that are known before it. */
  readonly constants: readonly ConstantValue[];
}

/** What formulas of numbers, and of definitions that need neither data nor parameters nor time, are in each run. */
export function constantsOf(cell: Cell, facts: ReadonlyMap<string, Facts>, runs: number): ConstantValue[] {
  const definitions = new Map<string, Choice<Formula>>();
  for (const { name, alternatives } of cell.definitions.values()) {
    const known = facts.get(name);
    if (known === undefined || !isConstant(known)) continue;
    const formulas = allOf(alternatives.map((alternative) => lower(cell, alternative)));
    if (formulas !== undefined) definitions.set(name, formulas);
  }
  return Array.from({ length: runs }, (_, run) => constantValues(definitions, run));
}

/** True for one number that is known before the run. */
export function isConstant(facts: Facts): boolean {
  return !facts.broken && !facts.rows && !facts.usesData && !facts.usesParameters && !facts.usesTime;
}

/** The kernel's form of a formula of the cell, or `undefined` where a hole or something that is no formula is in it. */
export function lower(cell: Cell, expression: Expression): Formula | undefined {
  return lowerFormula(expression, columnNames(cell));
}

const columnsOfCells = new WeakMap<Cell, ColumnNames>();

function columnNames(cell: Cell): ColumnNames {
  const found = columnsOfCells.get(cell);
  if (found !== undefined) return found;
  const quoted = cell.columns.names;
  const isHidden = (name: string) =>
    isReserved(name) || cell.definitions.has(name) || cell.parameters.has(name) || cell.memories.has(name);
  const columns = { bare: new Map([...quoted].filter(([name]) => !isHidden(name))), quoted };
  columnsOfCells.set(cell, columns);
  return columns;
}

/** The facts of a formula of the cell. */
export function factsIn(reading: Reading, expression: Expression): Facts {
  return factsOf(expression, reading.cell, reading.facts);
}

/** The definitions that some definitions need, at once or through others, themselves among them. */
export function reachedFrom(cell: Cell, roots: Iterable<string>): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const root of roots) if (cell.definitions.has(root)) reached.add(root);
  for (const name of reached) {
    for (const alternative of cell.definitions.get(name)?.alternatives ?? []) {
      for (const needed of definitionsIn(cell, alternative)) reached.add(needed);
    }
  }
  return reached;
}

/** A place for what a cell lacks: the name of its loss, else of its first statement, else its beginning. */
export function placeForMissing(cell: Cell): Span {
  const place = cell.definitions.get('loss')?.place ?? cell.tree.statements[0];
  if (place === undefined) return { start: 0, end: 0 };
  return place.end - place.start > 40 ? { start: place.start, end: place.start + 1 } : place;
}
