import assert from 'node:assert/strict';

import { curvature, type Run } from '../../src/kernel/index.ts';
import { numbersIn, numbersInProse, says } from './numbers.ts';
import { prepareCell, readNotebook, runCell, type Section } from './sections.ts';

/** An edit that the prose asks for: the text of the cell and what is written in its place. */
export type Edit = readonly [from: string, to: string];

/** A number in the prose, and how it follows from the runs of the cell under the same heading. */
export type Claim = readonly [
  text: string,
  value: (runs: readonly Run[]) => number | Promise<number>,
  edit?: Edit,
];

export function runAt(runs: readonly Run[], index: number): Run {
  const run = runs[index];
  assert.ok(run, `the cell has a run ${index}`);
  return run;
}

export const final =
  (index = 0) =>
  (runs: readonly Run[]) =>
    runAt(runs, index).final.loss;
export const lossAt =
  (step: number, index = 0) =>
  (runs: readonly Run[]) =>
    runAt(runs, index).loss[step] ?? NaN;
export const parameter =
  (name: string, index = 0) =>
  (runs: readonly Run[]) =>
    runAt(runs, index).final.parameters[name] ?? NaN;
export const parameterAt = (name: string, step: number) => (runs: readonly Run[]) =>
  runAt(runs, 0).parameters[name]?.[step] ?? NaN;
export const brokeAt =
  (index = 0) =>
  (runs: readonly Run[]) =>
    runAt(runs, index).firstBadStep ?? NaN;
/** What the last step multiplied the loss by. */
export const growth = (runs: readonly Run[]) => {
  const { loss } = runAt(runs, 0);
  return (loss.at(-1) ?? NaN) / (loss.at(-2) ?? NaN);
};
/** A number that the prose gives to be true of no cell: a year, an example. */
export const given = (value: number) => () => value;

export function passes(runs: readonly Run[]): boolean {
  return runs.every((run) => run.checks.every((check) => check.passed));
}

export function sectionCalled(notebook: string, heading: string): Section {
  const found = readNotebook(notebook).find((section) => section.heading === heading);
  assert.ok(found, `${notebook} has the heading ${heading}`);
  return found;
}

/** The first cell under a heading. */
export function cellUnder(notebook: string, heading: string): string {
  const [cell] = sectionCalled(notebook, heading).cells;
  assert.ok(cell !== undefined, `there is a cell under "${heading}"`);
  return cell;
}

/** A cell with the edits made, each of which must be possible. */
export function edited(source: string, ...edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), `the cell has ${from}`);
    return text.replace(from, to);
  }, source);
}

/** The curvature of a cell's loss where its first run begins. */
export async function curvatureOf(source: string) {
  const program = prepareCell(source);
  const [run] = program.runs;
  assert.ok(run);
  const start = run.parameters.map(({ name }, index) => [name, run.starts[index] ?? NaN] as const);
  return curvature(program, Object.fromEntries(start));
}

/** Holds every number in the prose of a notebook to the cell under the same heading. */
export function describeNumbers(notebook: string, claims: Readonly<Record<string, readonly Claim[]>>): void {
  for (const [heading, list] of Object.entries(claims)) {
    it(`are true under "${heading}"`, async () => {
      const [source] = sectionCalled(notebook, heading).cells;
      for (const [text, value, edit] of list) {
        const runs = source === undefined ? [] : runCell(edit ? edited(source, edit) : source);
        const found = await value(runs);
        assert.ok(says(text, found), `"${text}" is ${found}`);
      }
    });
  }

  for (const { heading, prose, cells } of readNotebook(notebook)) {
    it(`are all accounted for under "${heading}"`, () => {
      const known = new Set([
        ...(claims[heading] ?? []).flatMap(([text, , edit]) => [text, ...numbersIn(edit?.[1] ?? '')]),
        ...numbersIn(cells.join('\n')),
      ]);
      const unknown = numbersInProse(prose).filter((text) => !known.has(text) && !isSmallCount(text));
      assert.deepEqual(unknown, []);
    });
  }
}

/** A count that the sentence itself makes: two knobs, 3 epochs. */
function isSmallCount(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= 10;
}
