import type { Cell } from './cell.ts';
import { checkUpdate } from './check-update.ts';
import { factsIn, reachedFrom, type Reading } from './reading.ts';
import { checkCount, checkFormula, meaningOf, type Use } from './names.ts';
import { insertAt, replaceBy, type Fix } from './problems.ts';
import { meanColumn, renameAll } from './rename-names.ts';
import { writeChecks } from './write-checks.ts';
import {
  alternativesOf,
  isExpression,
  unwrap,
  walk,
  type CallNode,
  type Expression,
  type NameNode,
} from './syntax.ts';
import { formulaSettings } from './words/settings.ts';
import { functionsByName, isFormulaSetting, reservedByName, settingsByName } from './words/words.ts';

/** Checks every formula of the cell for names and values that its place does not allow. */
export function checkUses(reading: Reading, rounds: readonly (readonly string[])[]): void {
  const { cell, problems } = reading;
  for (const { alternatives } of cell.definitions.values()) {
    for (const formula of alternatives) checkFormula(formula, 'definition', cell, problems);
  }
  reportRounds(reading, rounds);
  checkColumnNames(reading);
  checkLoss(reading);
  checkTime(reading);
  for (const { alternatives } of cell.parameters.values()) {
    for (const start of alternatives) checkStart(reading, start);
  }
  checkUpdate(reading);
  for (const check of cell.checks) checkCheck(reading, check.formula);
}

/** Reports each round of names once, however many ways lead around it. */
function reportRounds(reading: Reading, rounds: readonly (readonly string[])[]): void {
  const reported = new Set<string>();
  for (const round of rounds) {
    if (!round.some((name) => reported.has(name))) reportRound(reading, round);
    for (const name of round) reported.add(name);
  }
}

function reportRound(reading: Reading, round: readonly string[]): void {
  const { cell, problems } = reading;
  const [name = ''] = round;
  const definition = cell.definitions.get(name);
  if (definition === undefined) return;
  const isColumn = round.length === 1 && cell.columns.names.has(name);
  // A name that is a column, too, most likely means the column on its right side; of other names that is said already.
  if (isColumn && !isFormulaSetting(name)) return;
  const isAssumed = round.length === 1 && cell.columns.kind === 'assumed';
  const mayBeColumn = (isColumn || isAssumed) && !isCompound(definition);
  const column = !mayBeColumn ? undefined : isFormulaSetting(name) ? 'backticks' : 'rename';
  problems.add('self-dependency', definition.place, { names: [...round, name], column }, () => [
    column === 'rename' ? renameAll(cell.tree, name, [definition.value]) : undefined,
    column === 'backticks' ? meanColumn(cell.tree, name, definition.value) : undefined,
  ]);
}

/** True for `name += value`, whose value begins with the name itself. */
function isCompound({ place, value }: { readonly place: NameNode; readonly value: Expression }): boolean {
  return value.start === place.start;
}

function checkColumnNames(reading: Reading): void {
  const { cell, problems } = reading;
  const lines = cell.update.filter((line) => cell.memories.has(line.name.name));
  const data = cell.settings.get('data');
  const except = data === undefined ? [] : [data];
  const report = (place: NameNode, fix: () => Fix | undefined) => {
    if (!isFormulaSetting(place.name) && cell.columns.names.has(place.name))
      problems.add('column-clash', place, { name: place.name }, () => [fix()]);
  };
  for (const given of [...cell.definitions.values(), ...cell.parameters.values()]) {
    const { name, place, value } = given;
    report(place, () => (isCompound(given) ? undefined : renameAll(cell.tree, name, [value, ...except])));
  }
  for (const { name: place } of lines) report(place, () => renameAll(cell.tree, place.name, except));
}

function checkLoss(reading: Reading): void {
  for (const formula of reading.cell.definitions.get('loss')?.alternatives ?? []) {
    const facts = factsIn(reading, formula);
    if (!facts.rows || facts.broken) continue;
    reading.problems.add('loss-not-one-number', formula, {}, [wrapInMean(reading.cell, formula)]);
  }
}

function wrapInMean(cell: Cell, formula: Expression): Fix {
  const text = cell.tree.source.slice(formula.start, formula.end);
  return replaceBy(formula, `mean(${text})`, 'Wrap it in `mean(...)`');
}

/** Neither the loss nor what it is made of may change with time: training would chase a moving target. */
function checkTime({ cell, problems }: Reading): void {
  for (const root of formulaSettings) {
    for (const name of reachedFrom(cell, [root])) {
      for (const formula of cell.definitions.get(name)?.alternatives ?? []) {
        walk(formula, (part) => {
          if (part.kind !== 'name' || !isTime(cell, part.name)) return;
          problems.add('time-in-loss', part, { name: part.name, root });
        });
      }
    }
  }
}

function isTime(cell: Cell, name: string): boolean {
  const meaning = meaningOf(cell, name, 'definition');
  if (meaning !== 'reserved' && meaning !== 'setting') return false;
  const places = reservedByName.get(name)?.places ?? settingsByName.get(name)?.places ?? [];
  return places.includes('schedule');
}

/** The draw that a start is, if it is one. */
export function drawOf(start: Expression): CallNode | undefined {
  const inner = unwrap(start);
  return inner.kind === 'call' && functionsByName.get(inner.name.name)?.shape === 'draw' ? inner : undefined;
}

function checkStart(reading: Reading, start: Expression): void {
  const { problems } = reading;
  const draw = drawOf(start);
  const word = draw && functionsByName.get(draw.name.name);
  if (draw !== undefined && word !== undefined) checkCount(draw, word, problems);
  for (const formula of draw?.arguments ?? [start]) {
    checkOneNumber(reading, formula, 'start');
    forEachName(formula, (name, part) => {
      const facts = factsIn(reading, part);
      if (facts.usesParameters) problems.add('parameter-in-start', part, { name });
    });
  }
}

/** Checks a formula that must be one number, and that nothing in it needs a time that is not there. */
function checkOneNumber(reading: Reading, formula: Expression, use: Use): void {
  const { cell, problems } = reading;
  checkFormula(formula, use, cell, problems);
  const facts = factsIn(reading, formula);
  if (facts.rows && !facts.broken) {
    problems.add('not-one-number', formula, { use }, [wrapInMean(cell, formula)]);
  }
  if (facts.usesTime) reportHiddenTime(reading, formula);
}

/** Reports the names in a formula that change from step to step, where no step is known. */
export function reportHiddenTime(reading: Reading, formula: Expression): void {
  const { cell, problems } = reading;
  forEachName(formula, (name, part) => {
    if (cell.definitions.has(name) && factsIn(reading, part).usesTime)
      problems.add('hidden-time', part, { name });
  });
}

function checkCheck(reading: Reading, formula: Expression): void {
  const { cell, problems } = reading;
  const comparison = unwrap(formula);
  if (comparison.kind === 'missing') return;
  if (comparison.kind !== 'comparison') {
    problems.add('check-not-comparison', formula, {}, [
      checkForEach(cell, formula),
      isDiverged(comparison) ? insertAt(formula.end, ' == 1', 'Write `diverged == 1`') : undefined,
    ]);
    checkFormula(formula, 'check', cell, problems);
    return;
  }
  checkOneNumber(reading, comparison.left, 'check');
  checkOneNumber(reading, comparison.right, 'check');
}

function isDiverged(formula: Expression): boolean {
  return formula.kind === 'name' && formula.name === 'diverged';
}

/** A product of comparisons, which holds where all of them do, as a check for each. */
function checkForEach(cell: Cell, formula: Expression): Fix | undefined {
  const product = unwrap(formula);
  if (product.kind !== 'product') return undefined;
  const comparisons = product.factors.map(({ operand }) => unwrap(operand));
  if (product.factors.some(({ inverse }) => inverse)) return undefined;
  if (comparisons.some(({ kind }) => kind !== 'comparison')) return undefined;
  const { source } = cell.tree;
  const texts = comparisons.map(({ start, end }) => source.slice(start, end));
  return writeChecks(source, formula, texts);
}

/** Checks the learning rate: a number, or a formula of time and constants. */
export function checkSchedule(reading: Reading): void {
  const { cell, problems } = reading;
  const value = cell.settings.get('learning_rate')?.value;
  if (value === undefined || !isExpression(value)) return;
  for (const formula of alternativesOf(value)) {
    checkFormula(formula, 'schedule', cell, problems);
    walk(formula, (part) => {
      if (part.kind !== 'name' && part.kind !== 'column') return;
      const { usesData, usesParameters } = factsIn(reading, part);
      const name = part.kind === 'name' ? part.name : part.column;
      if (usesData || usesParameters) problems.add('rate-depends', part, { name });
    });
  }
}

function forEachName(formula: Expression, visit: (name: string, part: Expression) => void): void {
  walk(formula, (part) => {
    if (part.kind === 'name') visit(part.name, part);
  });
}
