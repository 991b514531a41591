import type { Choice, Formula, Precision, Setting } from '../kernel/index.ts';
import { optimizerNames, validationRowsOf, type OptimizerName } from '../kernel/index.ts';
import { checkFileName } from './columns.ts';
import { checkFormula } from './names.ts';
import { reportHiddenTime } from './check-uses.ts';
import { replaceBy } from './problems.ts';
import { factsIn, isConstant, lower, type Reading } from './reading.ts';
import { nearest } from './suggest.ts';
import { allOf, alternativesOfSetting, nonEmpty } from './sweep.ts';
import { unwrap, type CallNode, type Expression } from './syntax.ts';
import { wholeRanges, type WholeSetting } from './words/settings.ts';

const precisions: readonly Precision[] = ['float64', 'float32'];

/** The optimizers that the cell names, in each run of a race; `undefined` where it names none, or a wrong one. */
export function readOptimizer(reading: Reading): Choice<Setting<OptimizerName>> | undefined {
  return readWords(reading, 'optimizer', optimizerNames);
}

/** The precisions that the cell names; `undefined` where it names none, or a wrong one. */
export function readPrecision(reading: Reading): Choice<Setting<Precision>> | undefined {
  return readWords(reading, 'precision', precisions);
}

/** A setting that takes bare words; `undefined` where it is left out or holds something else. */
function readWords<T extends string>(
  reading: Reading,
  name: string,
  words: readonly T[],
): Choice<Setting<T>> | undefined {
  const chosen = alternativesOfSetting(reading.cell, name).map((item) => {
    const value = readWord(reading, name, item, words);
    return value === undefined ? undefined : { value, start: item.start, end: item.end };
  });
  return allOf(chosen);
}

function readWord<T extends string>(
  { cell, problems }: Reading,
  name: string,
  item: Expression,
  words: readonly T[],
): T | undefined {
  if (item.kind === 'missing') return undefined;
  const text = wordOf(item, cell.tree.source);
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined && item.kind === 'call') {
    problems.add('word-without-brackets', item, { word }, [replaceBy(item, word, `Change to \`${word}\``)]);
  } else if (word !== undefined && item.kind === 'text') {
    problems.add('word-in-quotes', item, { word }, [replaceBy(item, word, 'Remove the quotes')]);
  } else if (word === undefined) {
    const suggestion = text === undefined ? undefined : nearest(text, words);
    problems.add('word-expected', item, { name, words, suggestion }, [
      suggestion === undefined ? undefined : replaceBy(item, suggestion, `Change to \`${suggestion}\``),
    ]);
  }
  return word;
}

/** The word that an item is, or that it means by `"adam"` or `Adam(lr=0.1)`. */
function wordOf(item: Expression, source: string): string | undefined {
  if (item.kind === 'call') return calledWord(item, source);
  if (item.kind === 'text') return item.text.trim();
  return item.kind === 'name' ? item.name : undefined;
}

/** The name of a call; other tools ask for momentum within the brackets of `SGD`. */
function calledWord({ name, inside }: CallNode, source: string): string {
  const options = source.slice(inside.start, inside.end);
  if (!/^sgd$/i.test(name.name)) return name.name;
  if (/\bnesterov\s*=\s*True\b/.test(options)) return 'nesterov';
  return /\bmomentum\s*=\s*[0.]*[1-9]/.test(options) ? 'momentum' : name.name;
}

/** A setting that takes whole numbers; `undefined` where it is left out or has a problem. */
export function readWhole(reading: Reading, name: WholeSetting): Choice<Setting<number>> | undefined {
  return readNumbers(reading, name, (value, item) => isWhole(reading, name, value, item));
}

/** Whether a value is a whole number in the setting's range; reports it where it is not. */
function isWhole({ problems }: Reading, name: WholeSetting, value: number, item: Expression): boolean {
  const [least, most] = wholeRanges[name];
  if (Number.isInteger(value) && value >= least && value <= most) return true;
  if (Number.isInteger(value) || !Number.isFinite(value)) {
    problems.add('out-of-range', item, { name, value, least, most });
  } else {
    const rounded = Math.min(most, Math.max(least, Math.round(value)));
    problems.add('not-whole', item, { name, value }, [
      replaceBy(item, String(rounded), `Change to ${rounded}`),
    ]);
  }
  return false;
}

/** The sizes of the batches, each a whole number of rows or `all`; `undefined` where there is none or a problem. */
export function readBatchSize(reading: Reading): Choice<Setting<number | 'all'>> | undefined {
  const { cell, problems } = reading;
  const items = alternativesOfSetting(cell, 'batch_size');
  const isAll = (item: Expression) => item.kind === 'name' && item.name === 'all';
  const quoted = items.filter((item) => item.kind === 'text' && item.text.trim() === 'all');
  for (const item of quoted) {
    problems.add('word-in-quotes', item, { word: 'all' }, [replaceBy(item, 'all', 'Remove the quotes')]);
  }
  if (items.length === 0 || quoted.length > 0) return undefined;
  const sizes = items.map((item, index): readonly Setting<number | 'all'>[] | undefined => {
    if (isAll(item)) return [{ value: 'all', start: item.start, end: item.end }];
    return readNumber(reading, 'batch_size', item, items.length === 1 ? undefined : index, (value, at) =>
      isWhole(reading, 'batch_size', value, at),
    );
  });
  return nonEmpty(allOf(sizes)?.flat() ?? []);
}

/** Says of batches that they are larger than the training rows, whichever share is kept for validation. */
export function checkBatches(
  { cell, problems }: Reading,
  sizes: Choice<Setting<number | 'all'>>,
  validation: Choice<Setting<number>> | undefined,
): void {
  const { rows: all } = cell.columns;
  if (all === undefined) return;
  const kept = validation?.map(({ value }) => validationRowsOf(all, value)) ?? [0];
  const rows = all - Math.min(...kept);
  for (const item of sizes) {
    const { value } = item;
    if (value === 'all' || value <= rows) continue;
    problems.add('batch-above-rows', item, { value, rows, areSplit: validation !== undefined }, [
      replaceBy(item, 'all', 'Change to `all`'),
    ]);
  }
}

/** The shares of the rows that are kept for validation; `undefined` where there is none, or one is no share. */
export function readValidation(reading: Reading): Choice<Setting<number>> | undefined {
  return readNumbers(reading, 'validation', (value, item) => {
    if (value > 0 && value < 1) return true;
    const share = value > 1 && value < 100 ? value / 100 : undefined;
    reading.problems.add('not-a-share', item, { value }, [
      share === undefined ? undefined : replaceBy(item, String(share), `Change to ${share}`),
    ]);
    return false;
  });
}

/** The file of the training log that the cell shows, having checked its name; `undefined` where it names none. */
export function checkTrainingLog(reading: Reading): string | undefined {
  const value = reading.cell.settings.get('training_log')?.value;
  if (value?.kind !== 'text') return undefined;
  checkFileName(value, reading.problems);
  return value.text;
}

type IsGood = (value: number, item: Expression) => boolean;

function readNumbers(reading: Reading, name: string, isGood: IsGood): Choice<Setting<number>> | undefined {
  const items = alternativesOfSetting(reading.cell, name);
  const numbers = items.map((item, index) =>
    readNumber(reading, name, item, items.length === 1 ? undefined : index, isGood),
  );
  return nonEmpty(allOf(numbers)?.flat() ?? []);
}

/**
 * The value of a constant formula: in one run, or in every run where `run` is left out (one value where all are the
 * same, since a formula may use names that are swept). `undefined` where it has none, which has been reported.
 */
function readNumber(
  reading: Reading,
  name: string,
  item: Expression,
  run: number | undefined,
  isGood: IsGood,
): Setting<number>[] | undefined {
  const formula = checkConstant(reading, name, item);
  if (formula === undefined) return undefined;
  const runs = run === undefined ? reading.constants : reading.constants.slice(run, run + 1);
  const values = allOf(runs.map((valueOf) => valueOf(formula)));
  if (values?.every((value) => isGood(value, item)) !== true) return undefined;
  const settings = values.map((value) => ({ value, start: item.start, end: item.end }));
  return new Set(values).size === 1 ? settings.slice(0, 1) : settings;
}

/** The formula of a setting that must be known before the run; `undefined` where it is not. */
export function checkConstant(reading: Reading, name: string, item: Expression): Formula | undefined {
  const { cell, problems } = reading;
  checkFormula(item, 'constant', cell, problems);
  const facts = factsIn(reading, item);
  if (facts.broken) return undefined;
  if (isConstant(facts)) return lower(cell, unwrap(item));
  if (facts.usesData || facts.usesParameters) problems.add('not-constant', item, { name });
  else reportHiddenTime(reading, item);
  return undefined;
}
