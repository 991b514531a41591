import { choose, type Choice, type Experiment, type Setting, type Update } from '../experiment.ts';
import type { Formula, Span } from '../formula.ts';
import { partsOf } from '../formula.ts';
import type { Table } from '../table.ts';
import { differenceFormula, mapFormula, nameFormula, productFormula } from './build-formula.ts';
import type { CellEdit } from './diagnosis.ts';
import { formulaText, tightnessNeeded, within } from './formula-text.ts';
import { numberText } from './number-text.ts';
import { rowsText } from './row-text.ts';

/** One change of an experiment: what it means, and enough to write it into the cell. */
export type Change =
  | { readonly kind: 'formula'; readonly at: Formula; readonly by: Formula }
  | { readonly kind: 'duration'; readonly unit: 'steps' | 'epochs'; readonly count: number }
  | { readonly kind: 'batch-size'; readonly size: number | 'all' }
  | { readonly kind: 'precision'; readonly precision: 'float64' }
  | { readonly kind: 'plain-update' }
  /** Rows of the table in the cell are left out, counted from 0. */
  | { readonly kind: 'without-rows'; readonly rows: ReadonlySet<number> }
  | { readonly kind: 'start'; readonly parameter: string; readonly value: number };

const nowhere: Span = { start: 0, end: 0 };

/** One run of an experiment (of a sweep the one at `index`, counted from 0) by itself, its sweep forgotten. */
export function singleRun(experiment: Experiment, index: number): Experiment {
  const only = <T>(choice: Choice<T>): Choice<T> => [choose(choice, index)];
  const { learningRate, optimizer, patience, validation } = experiment;
  return {
    ...experiment,
    definitions: new Map([...experiment.definitions].map(([name, formulas]) => [name, only(formulas)])),
    parameters: experiment.parameters.map((parameter) => ({
      ...parameter,
      startsAt: only(parameter.startsAt),
    })),
    ...(learningRate && { learningRate: only(learningRate) }),
    ...(optimizer && { optimizer: only(optimizer) }),
    update: only(experiment.update),
    duration: { ...experiment.duration, count: only(experiment.duration.count) },
    batchSize: only(experiment.batchSize),
    seed: only(experiment.seed),
    precision: only(experiment.precision),
    ...(patience && { patience: only(patience) }),
    ...(validation && { validation: only(validation) }),
    labels: only(experiment.labels),
  };
}

/** The experiment of a single run with changes made. */
export function withChanges(experiment: Experiment, changes: readonly Change[]): Experiment {
  return changes.reduce(withChange, withFormulas(experiment, changes));
}

/** All formulas are replaced at once: each is known by being the very object that the experiment holds. */
function withFormulas(experiment: Experiment, changes: readonly Change[]): Experiment {
  const replaced = new Map(
    changes.flatMap((change) => (change.kind === 'formula' ? [[change.at, change.by] as const] : [])),
  );
  if (replaced.size === 0) return experiment;
  const mapped = (formula: Formula) => mapFormula(formula, (part) => replaced.get(part) ?? part);
  const { learningRate } = experiment;
  const update = choose(experiment.update, 0);
  const lines = update.lines.map((line) => ({ ...line, formula: mapped(line.formula) }));
  return {
    ...experiment,
    definitions: new Map(
      [...experiment.definitions].map(([name, formulas]) => [name, [mapped(choose(formulas, 0))]]),
    ),
    ...(learningRate && { learningRate: [mapped(choose(learningRate, 0))] }),
    update: [{ ...update, lines }],
  };
}

function withChange(experiment: Experiment, change: Change): Experiment {
  switch (change.kind) {
    case 'formula':
      return experiment;
    case 'duration':
      return { ...experiment, duration: { unit: change.unit, count: set(change.count) } };
    case 'batch-size':
      return { ...experiment, batchSize: set(change.size) };
    case 'precision':
      return { ...experiment, precision: set(change.precision) };
    case 'plain-update':
      return { ...experiment, optimizer: set('sgd'), update: [plainUpdate] };
    case 'without-rows':
      return withoutTableRows(experiment, change.rows);
    case 'start': {
      const formula: Formula = { kind: 'number', value: change.value, ...nowhere };
      const parameters = experiment.parameters.map((parameter) =>
        parameter.name === change.parameter
          ? { ...parameter, startsAt: [{ kind: 'formula', formula, ...nowhere }] as const }
          : parameter,
      );
      return { ...experiment, parameters };
    }
  }
}

function withoutTableRows(experiment: Experiment, rows: ReadonlySet<number>): Experiment {
  const { table, tablePlaces } = experiment;
  if (table === undefined || tablePlaces === undefined) return experiment;
  const places = [...tablePlaces].map(
    ([name, own]) => [name, own.filter((_, row) => !rows.has(row))] as const,
  );
  return { ...experiment, table: withoutRows(table, rows), tablePlaces: new Map(places) };
}

function set<T>(value: T): Choice<Setting<T>> {
  return [{ value, ...nowhere }];
}

/** `parameter = parameter - learning_rate * gradient`. */
const plainUpdate: Update = {
  lines: [
    {
      name: 'parameter',
      formula: differenceFormula(
        nameFormula('parameter'),
        productFormula(nameFormula('learning_rate'), nameFormula('gradient')),
      ),
      ...nowhere,
    },
  ],
  memories: new Map(),
};

/** Data without some of their rows, counted from 0. */
export function withoutRows(table: Table, rows: ReadonlySet<number>): Table {
  const keep = (_: unknown, row: number) => !rows.has(row);
  return {
    rows: table.rows - rows.size,
    columns: new Map(
      [...table.columns].map(([name, column]) => [
        name,
        column instanceof Float64Array ? column.filter(keep) : column.filter(keep),
      ]),
    ),
  };
}

/**
 * The edits that make changes in the text of a cell.
 *
 * @param experiment the single run's, whose settings know their places
 * @param source the cell's text, where known: new lines then go to its end, else to its beginning
 */
export function editsFor(
  experiment: Experiment,
  changes: readonly Change[],
  source: string | undefined,
): CellEdit[] | undefined {
  const edits: CellEdit[] = [];
  for (const change of changes) {
    const made =
      change.kind === 'without-rows'
        ? rowEdits(experiment, change.rows)
        : editFor(experiment, change, source);
    if (made === undefined) return undefined;
    edits.push(...(Array.isArray(made) ? made : [made]));
  }
  return edits.sort((a, b) => a.start - b.start);
}

/** Takes the values of rows out of every column, each with the comma that parts it from its neighbour. */
function rowEdits(experiment: Experiment, rows: ReadonlySet<number>): CellEdit[] | undefined {
  if (experiment.tablePlaces === undefined) return undefined;
  return [...experiment.tablePlaces.values()].flatMap((places) => {
    const firstKept = places.findIndex((_, row) => !rows.has(row));
    return [...rows].flatMap((row): CellEdit[] => {
      const own = places[row];
      if (own === undefined || firstKept < 0) return [];
      const before = places[row - 1];
      const after = places[row + 1];
      // Before the first row that stays there is no comma to take along but the one behind.
      return row < firstKept
        ? [{ start: own.start, end: after?.start ?? own.end, text: '' }]
        : [{ start: before?.end ?? own.start, end: own.end, text: '' }];
    });
  });
}

function editFor(
  experiment: Experiment,
  change: Exclude<Change, { kind: 'without-rows' }>,
  source: string | undefined,
): CellEdit | undefined {
  switch (change.kind) {
    case 'formula':
      return isSomewhere(change.at)
        ? replace(change.at, within(change.by, tightnessNeeded(parentOf(experiment, change.at))))
        : undefined;
    case 'duration': {
      const text = `${change.unit} = ${change.count}`;
      const place = choose(experiment.duration.count, 0);
      if (!isSomewhere(place)) return line(text, source);
      return change.unit === experiment.duration.unit ? replace(place, String(change.count)) : undefined;
    }
    case 'batch-size':
      return setting(choose(experiment.batchSize, 0), 'batch_size', String(change.size), source);
    case 'precision':
      return setting(choose(experiment.precision, 0), 'precision', change.precision, source);
    case 'plain-update': {
      const named = experiment.optimizer && choose(experiment.optimizer, 0);
      return named && isSomewhere(named) ? replace(named, 'sgd') : undefined;
    }
    case 'start': {
      const parameter = experiment.parameters.find(({ name }) => name === change.parameter);
      return parameter && replace(choose(parameter.startsAt, 0), numberText(change.value, 17));
    }
  }
}

function setting(place: Span, name: string, value: string, source: string | undefined): CellEdit {
  return isSomewhere(place) ? replace(place, value) : line(`${name} = ${value}`, source);
}

function line(text: string, source: string | undefined): CellEdit {
  if (source === undefined) return { start: 0, end: 0, text: `${text}\n` };
  const lineEnd = /\r\n|\r|\n/.exec(source)?.[0] ?? '\n';
  const isOpen = source !== '' && !/[\r\n]$/.test(source);
  return {
    start: source.length,
    end: source.length,
    text: isOpen ? `${lineEnd}${text}` : `${text}${lineEnd}`,
  };
}

function replace({ start, end }: Span, text: string): CellEdit {
  return { start, end, text };
}

function isSomewhere({ start, end }: Span): boolean {
  return end > start;
}

/** What a formula is a part of; undefined for one that stands by itself. */
function parentOf(experiment: Experiment, formula: Formula): Formula | undefined {
  const roots = [
    ...[...experiment.definitions.values()].map((choice) => choose(choice, 0)),
    ...(experiment.learningRate ? [choose(experiment.learningRate, 0)] : []),
    ...choose(experiment.update, 0).lines.map((each) => each.formula),
  ];
  for (let part = roots.pop(); part !== undefined; part = roots.pop()) {
    const parts = partsOf(part);
    if (parts.includes(formula)) return part;
    roots.push(...parts);
  }
  return undefined;
}

/** A change as the text it makes, for a title, to stand between backticks: `learning_rate = 0.118`. */
export function changeText(experiment: Experiment, change: Change): string {
  switch (change.kind) {
    case 'formula': {
      if (change.at.kind === 'number') return lineText(experiment, change.at, change.by);
      const name = nameOfLine(experiment, change.at);
      const text = formulaText(change.by);
      return name === undefined ? `${text}\` for \`${formulaText(change.at)}` : `${name} = ${text}`;
    }
    case 'duration':
      return `${change.unit} = ${change.count}`;
    case 'batch-size':
      return `batch_size = ${change.size}`;
    case 'precision':
      return `precision = ${change.precision}`;
    case 'without-rows':
      return `without ${rowsText(experiment.data, [...change.rows])}`;
    case 'plain-update':
      return 'optimizer = sgd';
    case 'start':
      return `${change.parameter} = ${numberText(change.value, 17)}`;
  }
}

/** The whole line in which a number is another: the number by itself does not say where it stands. */
function lineText(experiment: Experiment, at: Formula, by: Formula): string {
  const lines = [
    ...(experiment.learningRate
      ? [{ name: 'learning_rate', formula: choose(experiment.learningRate, 0) }]
      : []),
    ...[...experiment.definitions].map(([name, choice]) => ({ name, formula: choose(choice, 0) })),
    ...choose(experiment.update, 0).lines,
  ];
  for (const { name, formula } of lines) {
    const changed = mapFormula(formula, (part) => (part === at ? by : part));
    if (changed === by || formulaText(changed) !== formulaText(formula))
      return `${name} = ${formulaText(changed)}`;
  }
  return formulaText(by);
}

/** The name whose whole formula this is. */
function nameOfLine(experiment: Experiment, formula: Formula): string | undefined {
  if (experiment.learningRate && choose(experiment.learningRate, 0) === formula) return 'learning_rate';
  for (const [name, choice] of experiment.definitions) if (choose(choice, 0) === formula) return name;
  return choose(experiment.update, 0).lines.find((each) => each.formula === formula)?.name;
}
