import { insertAt, replaceBy, type Fix } from './problems.ts';
import { columnText } from './columns.ts';
import { lossByOtherName, meantFix } from './meant.ts';
import { unusedName } from './rename-names.ts';
import { factsIn, lower, placeForMissing, reachedFrom, type Reading } from './reading.ts';
import { nearest } from './suggest.ts';
import { alternativesOfSetting } from './sweep.ts';
import { walk } from './syntax.ts';
import { appendLine, removeStatement } from './text-lines.ts';
import { isFormulaSetting, keywordsByName, settingsByName } from './words/words.ts';

/** How many parameters a cell may have. */
const mostParameters = 1000;

/** Reports what a cell lacks, what it says twice in different words, and what it says for nothing. */
export function checkWhole(reading: Reading): void {
  checkRequired(reading);
  checkOneOf(reading);
  checkUnused(reading);
  checkParametersUsed(reading);
  checkRate(reading);
}

function checkRequired({ cell, problems, facts }: Reading): void {
  const { source, statements } = cell.tree;
  const place = placeForMissing(cell);
  if (!cell.definitions.has('loss') && !cell.refused.has('loss')) {
    const line = `loss = ${exampleLoss(cell)}`;
    const fixes = [
      meantFix(cell, 'loss') ?? lossByOtherName(cell, facts),
      appendLine(source, line, `Insert \`${line}\``),
    ];
    problems.add('missing-loss', place, {}, fixes);
  }
  if (!statements.some((statement) => statement.kind === 'parameters')) {
    const line = `parameters ${freeParameters(cell).join(' = 0, ')} = 0`;
    const fixes = [...constantsAsParameters(cell), appendLine(source, line, `Insert \`${line}\``)];
    problems.add('missing-parameters', place, {}, fixes);
  }
  if (cell.parameters.size > mostParameters) {
    const [last] = [...cell.parameters.values()].slice(mostParameters);
    const details = { count: cell.parameters.size, most: mostParameters };
    problems.add('too-many-parameters', last?.place ?? place, details);
  }
}

/** Names for two parameters, or for one where the cell or its data have the usual name of the other. */
function freeParameters({ definitions, columns, tree }: Reading['cell']): string[] {
  const free = ['w', 'b'].filter((name) => !definitions.has(name) && !columns.names.has(name));
  return free.length === 0 ? [unusedName(tree, 'w')] : free;
}

/** Most who forget `parameters` have written `w = 0` alone. */
function constantsAsParameters({ definitions }: Reading['cell']): Fix[] {
  return [...definitions.values()]
    .filter(({ name, value, lifted }) => !lifted && value.kind === 'number' && !isFormulaSetting(name))
    .slice(0, 3)
    .map(({ name, place }) => insertAt(place.start, 'parameters ', `Make \`${name}\` a parameter`));
}

function exampleLoss({ definitions, parameters, columns }: Reading['cell']): string {
  const others = [...definitions.keys()].filter((name) => !isFormulaSetting(name));
  const target = others.at(-1) ?? [...columns.names.keys()].map(columnText).at(-1);
  if (definitions.has('prediction') && target !== undefined) return `mean((prediction - ${target})^2)`;
  const [parameter = 'w'] = parameters.keys();
  return `${parameter}^2`;
}

function checkOneOf({ cell, problems }: Reading): void {
  const { settings, block, tree } = cell;
  const steps = settings.get('steps');
  const epochs = settings.get('epochs');
  if (steps !== undefined && epochs !== undefined) {
    const second = steps.start > epochs.start ? steps : epochs;
    problems.add('steps-and-epochs', second.name, {}, [
      removeStatement(tree.source, epochs, 'Keep `steps`'),
      removeStatement(tree.source, steps, 'Keep `epochs`'),
    ]);
  }
  const optimizer = settings.get('optimizer');
  if (block !== undefined && optimizer !== undefined) {
    problems.add('block-and-optimizer', optimizer.name, {}, [
      removeStatement(tree.source, optimizer, 'Keep `for each step:`'),
      removeStatement(tree.source, block, 'Keep `optimizer`'),
    ]);
  }
  if (cell.columns.kind !== 'none') return;
  for (const name of ['batch_size', 'validation']) {
    const setting = settings.get(name);
    if (setting !== undefined) {
      problems.add('needs-data', setting.name, { name }, [
        removeStatement(tree.source, setting, 'Delete this statement'),
      ]);
    }
  }
}

/** Reports names that are given and never used; the token count sees uses in lines that could not be read, too. */
function checkUnused({ cell, problems }: Reading): void {
  const seen = new Map<string, number>();
  for (const token of cell.tree.tokens) {
    if (token.kind === 'name') seen.set(token.text, (seen.get(token.text) ?? 0) + 1);
  }
  const given = [...cell.definitions.values()]
    .map(({ place }) => place)
    .concat(cell.update.filter((line) => cell.memories.has(line.name.name)).map((line) => line.name));
  const words = wordsInSettings(cell);
  for (const { name } of [...given, ...words]) seen.set(name, (seen.get(name) ?? 0) - 1);
  for (const place of given) {
    const { name } = place;
    if (isFormulaSetting(name) || (seen.get(name) ?? 0) > 0) continue;
    const setting = words.find((word) => word.name === name)?.setting;
    const suggestion = nearest(name, [...settingsByName.keys(), ...keywordsByName.keys()]);
    const isFree =
      suggestion !== undefined && !cell.settings.has(suggestion) && !cell.definitions.has(suggestion);
    problems.add('unused-name', place, { name, suggestion: isFree ? suggestion : undefined, setting }, [
      isFree && settingsByName.has(suggestion)
        ? replaceBy(place, suggestion, `Change to \`${suggestion}\``)
        : undefined,
    ]);
  }
}

/** The words that settings have of their own, which use no name that is spelled the same: `optimizer = momentum`. */
function wordsInSettings(cell: Reading['cell']): { readonly name: string; readonly setting: string }[] {
  return [...cell.settings.keys()].flatMap((setting) => {
    const words = settingsByName.get(setting)?.words ?? [];
    return alternativesOfSetting(cell, setting).flatMap((item) =>
      item.kind === 'name' && words.includes(item.name) ? [{ name: item.name, setting }] : [],
    );
  });
}

function checkParametersUsed(reading: Reading): void {
  const { cell, problems } = reading;
  const loss = cell.definitions.get('loss');
  if (loss === undefined) return;
  const used = new Set<string>();
  for (const name of reachedFrom(cell, ['loss'])) {
    for (const formula of cell.definitions.get(name)?.alternatives ?? []) {
      if (factsIn(reading, formula).broken) return;
      walk(formula, (part) => {
        if (part.kind === 'name') used.add(part.name);
      });
    }
  }
  for (const { name, place } of cell.parameters.values()) {
    if (!used.has(name)) problems.add('unused-parameter', place, { name });
  }
}

/** A learning rate that is zero, negative or not finite, where that can be seen before the run. */
function checkRate(reading: Reading): void {
  const { cell, problems, constants } = reading;
  const items = alternativesOfSetting(cell, 'learning_rate');
  for (const [index, item] of items.entries()) {
    const formula = lower(cell, item);
    if (formula === undefined || factsIn(reading, item).broken) continue;
    for (const valueOf of items.length === 1 ? constants : constants.slice(index, index + 1)) {
      const value = valueOf(formula);
      if (value === undefined) continue;
      if (!Number.isFinite(value)) {
        problems.add('rate-not-finite', item, { value });
      } else if (value <= 0) {
        problems.add('rate-not-positive', item, { value }, [
          value < 0 ? replaceBy(item, String(-value), `Change to ${-value}`) : undefined,
        ]);
      }
    }
  }
}
