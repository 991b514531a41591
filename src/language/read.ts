import type { Experiment } from '../kernel/index.ts';
import { collect, type Cell } from './cell.ts';
import { checkWhole } from './check-cell.ts';
import { checkUses } from './check-uses.ts';
import { factsOfDefinitions, orderDefinitions, type Facts } from './facts.ts';
import { lowerCell, lowerTrainingLog } from './lower.ts';
import { parse } from './parse.ts';
import { Problems, type Problem } from './problems.ts';
import { constantsOf, type Reading } from './reading.ts';
import { readSweep } from './sweep.ts';

/** A cell that longer than this is no experiment but data, which belong into a file. */
const longestCell = 100_000;

/** Everything that can be known of a cell without its data. */
export interface Analysis {
  readonly cell: Cell;
  readonly facts: ReadonlyMap<string, Facts>;
  readonly experiment?: Experiment;
  readonly problems: readonly Problem[];
}

/** Reads a cell completely. Every text has an analysis. */
export function analyse(source: string, columns?: readonly string[], rows?: number): Analysis {
  const problems = new Problems();
  const text = source.length > longestCell ? '' : source;
  if (text !== source) problems.add('cell-too-long', { start: 0, end: source.length }, { most: longestCell });
  const cell = collect(parse(text, problems, columns), { columns, rows }, problems);
  const { order, rounds } = orderDefinitions(cell);
  const facts = factsOfDefinitions(cell, { order, rounds });
  const sweep = readSweep(cell, problems);
  const constants = constantsOf(cell, facts, sweep.runs);
  const reading: Reading = { cell, problems, facts, sweep, constants };
  const experiment = text === source ? readStatements(reading, rounds) : undefined;
  const found = experiment === undefined ? {} : { experiment };
  return { cell, facts, problems: problems.inOrder(), ...found };
}

function readStatements(reading: Reading, rounds: readonly (readonly string[])[]): Experiment | undefined {
  const { cell, problems } = reading;
  if (cell.settings.has('training_log')) return lowerTrainingLog(reading);
  if (cell.tree.statements.length === 0) {
    problems.add('empty-cell', { start: 0, end: 0 }, {});
    return undefined;
  }
  checkUses(reading, rounds);
  checkWhole(reading);
  return lowerCell(reading);
}

/**
 * Reads the experiment in a cell's text. Never throws: what is wrong is told by the problems, all at once, each with
 * its place in UTF-16 offsets. The experiment is there where no problem is an error.
 *
 * @param columns the columns of the data file, where they are known; without them every name that is nothing else
 *   counts as a column
 * @param rows how many rows the data file has, where that is known
 */
export function readExperiment(
  source: string,
  columns?: string[],
  rows?: number,
): { experiment?: Experiment; problems: Problem[] } {
  const { experiment, problems } = analyse(source, columns, rows);
  return { problems: [...problems], ...(experiment === undefined ? {} : { experiment }) };
}
