import type { Cell } from './cell.ts';
import { partsOf, walk, type Expression } from './syntax.ts';
import { functionsByName, reservedByName, settingsByName } from './words/words.ts';

/** What can be said of a formula's value before there are data. */
export interface Facts {
  /** It has one value an example; else it is one number. */
  readonly rows: boolean;
  readonly usesData: boolean;
  readonly usesParameters: boolean;
  /** It depends on `step`, `epoch`, `steps`, `epochs` or `batch_size`. */
  readonly usesTime: boolean;
  /** Something in it could not be understood, so that nothing should be concluded from it. */
  readonly broken: boolean;
}

const plain: Facts = { rows: false, usesData: false, usesParameters: false, usesTime: false, broken: false };
const brokenFacts: Facts = { ...plain, broken: true };
const columnFacts: Facts = { ...plain, rows: true, usesData: true };
const parameterFacts: Facts = { ...plain, usesParameters: true };
const timeFacts: Facts = { ...plain, usesTime: true };

/** The definitions in an order in which each comes after those it needs, and those that need themselves. */
export interface DefinitionOrder {
  readonly order: readonly string[];
  /** Each a round of names, of which each needs the next and the last needs the first. */
  readonly rounds: readonly (readonly string[])[];
}

/** Names in rounds beyond these are as broken, but go unreported. */
const mostRounds = 100;

/** Orders the definitions of a cell, without recursion: chains of names may be as long as the cell. */
export function orderDefinitions(cell: Cell): DefinitionOrder {
  const order: string[] = [];
  const rounds: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const root of cell.definitions.keys()) {
    if (state.has(root)) continue;
    state.set(root, 'open');
    const path = [{ name: root, needs: neededBy(cell, root) }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.needs.pop();
      if (next === undefined) {
        state.set(top.name, 'done');
        order.push(top.name);
        path.pop();
      } else if (state.get(next) === 'open') {
        if (rounds.length >= mostRounds) continue;
        rounds.push(path.slice(path.findIndex((entry) => entry.name === next)).map((entry) => entry.name));
      } else if (!state.has(next)) {
        state.set(next, 'open');
        path.push({ name: next, needs: neededBy(cell, next) });
      }
    }
  }
  return { order, rounds };
}

/** The definitions whose names stand in a definition's formulas; the last is looked at first. */
function neededBy(cell: Cell, name: string): string[] {
  const needs = new Set<string>();
  for (const alternative of cell.definitions.get(name)?.alternatives ?? []) {
    for (const needed of definitionsIn(cell, alternative)) needs.add(needed);
  }
  return [...needs].reverse();
}

/** The definitions whose names stand in a formula. */
export function definitionsIn(cell: Cell, expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  walk(expression, (part) => {
    if (part.kind === 'name' && cell.definitions.has(part.name)) names.add(part.name);
    // Where `slope(loss)` may stand it is a number of its own.
    return part.kind !== 'call' || part.name.name !== 'slope';
  });
  return names;
}

/** The facts of all definitions. */
export function factsOfDefinitions(
  cell: Cell,
  { order, rounds }: DefinitionOrder,
): ReadonlyMap<string, Facts> {
  const facts = new Map<string, Facts>(rounds.flat().map((name) => [name, brokenFacts]));
  for (const name of order) {
    if (facts.has(name)) continue;
    const alternatives = cell.definitions.get(name)?.alternatives ?? [];
    facts.set(name, together(alternatives.map((alternative) => factsOf(alternative, cell, facts))));
  }
  return facts;
}

/** The facts of a formula, given those of the definitions it uses. */
export function factsOf(expression: Expression, cell: Cell, known: ReadonlyMap<string, Facts>): Facts {
  switch (expression.kind) {
    case 'number':
      return plain;
    case 'name':
      return factsOfName(expression.name, cell, known);
    case 'column':
      return cell.columns.kind === 'none' ? brokenFacts : columnFacts;
    case 'text':
    case 'list':
    case 'missing':
      return brokenFacts;
    case 'call':
      return factsOfCall(expression.name.name, expression.arguments, cell, known);
    default:
      return together(partsOf(expression).map((part) => factsOf(part, cell, known)));
  }
}

function factsOfName(name: string, cell: Cell, known: ReadonlyMap<string, Facts>): Facts {
  if (cell.refused.has(name)) return brokenFacts;
  if (cell.parameters.has(name)) return parameterFacts;
  if (cell.definitions.has(name)) return known.get(name) ?? brokenFacts;
  const places = reservedByName.get(name)?.places ?? settingsByName.get(name)?.places;
  if (places !== undefined) return places.includes('schedule') ? timeFacts : plain;
  if (cell.columns.names.has(name)) return columnFacts;
  return cell.columns.kind === 'assumed' ? columnFacts : brokenFacts;
}

function factsOfCall(
  name: string,
  parts: readonly Expression[],
  cell: Cell,
  known: ReadonlyMap<string, Facts>,
): Facts {
  const facts = together(parts.map((part) => factsOf(part, cell, known)));
  switch (functionsByName.get(name)?.shape) {
    case 'elementwise':
      return facts;
    case 'extreme':
      return parts.length === 1 ? { ...facts, rows: false } : facts;
    case 'reduction':
    case 'loss':
    case 'slope':
    case 'draw':
      return { ...facts, rows: false };
    case undefined:
      return brokenFacts;
  }
}

function together(facts: readonly Facts[]): Facts {
  return {
    rows: facts.some((part) => part.rows),
    usesData: facts.some((part) => part.usesData),
    usesParameters: facts.some((part) => part.usesParameters),
    usesTime: facts.some((part) => part.usesTime),
    broken: facts.some((part) => part.broken),
  };
}
