import {
  numericColumn,
  partsOf,
  type Column,
  type Experiment,
  type Formula,
  type Start,
  type Table,
} from '../kernel/index.ts';

/** The part of a table that an experiment uses, as numbers where they are numbers. */
export function usedColumns(experiment: Experiment, table: Table): Table {
  const names = namesIn(experiment);
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) {
    if (names.has(name)) columns.set(name, asNumbers(table, name) ?? column);
  }
  return { rows: table.rows, columns };
}

function asNumbers(table: Table, name: string): Float64Array | undefined {
  try {
    return numericColumn(table, name);
  } catch {
    return undefined; // a definition that nothing uses may name a column of texts
  }
}

/** The names in all formulas of an experiment, and the columns in backticks. */
export function namesIn(experiment: Experiment): Set<string> {
  const names = new Set<string>();
  const pending = formulasOf(experiment);
  for (let formula = pending.pop(); formula; formula = pending.pop()) {
    if (formula.kind === 'name') names.add(formula.name);
    if (formula.kind === 'column') names.add(formula.column);
    pending.push(...partsOf(formula));
  }
  return names;
}

function formulasOf(experiment: Experiment): Formula[] {
  return [
    ...[...experiment.definitions.values()].flat(),
    ...experiment.parameters.flatMap(({ startsAt }) => startsAt.flatMap(formulasOfStart)),
    ...(experiment.learningRate ?? []),
    ...experiment.update.flatMap(({ lines }) => lines.map(({ formula }) => formula)),
    ...experiment.checks.map(({ formula }) => formula),
  ];
}

function formulasOfStart(start: Start): Formula[] {
  if (start.kind === 'formula') return [start.formula];
  return start.distribution === 'normal' ? [start.mean, start.deviation] : [start.low, start.high];
}
