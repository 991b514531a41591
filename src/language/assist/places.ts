import type { Span } from '../../kernel/index.ts';
import type { Cell } from '../cell.ts';
import { drawOf } from '../check-uses.ts';
import { constantOf } from '../constants.ts';
import { factsOf } from '../facts.ts';
import type { TextEdit } from '../problems.ts';
import { analyse, type Analysis } from '../read.ts';
import { lower } from '../reading.ts';
import { alternativesOfSetting } from '../sweep.ts';
import { unwrap, type Expression } from '../syntax.ts';
import { insertLearningRate } from '../insert-rate.ts';

/** Where a value stands in a cell's text. */
export interface ValuePlace extends Span {
  /** 'number' is replaced as it stands; 'schedule' can only be scaled; 'draw' and 'formula' are replaced whole. */
  readonly kind: 'number' | 'schedule' | 'draw' | 'formula';
  /** The value, where it is known before the run. */
  readonly value?: number;
}

/** Where the learning rate and the starts of the parameters stand, one place a run where a list varies them. */
export interface ValuePlaces {
  readonly learningRate: readonly ValuePlace[];
  readonly starts: ReadonlyMap<string, readonly ValuePlace[]>;
}

/** What to do with a learning rate: give it a value, or scale it, which a schedule can have done to it, too. */
export type RateChange = { readonly value: number } | { readonly factor: number };

/** Finds the places in a cell that a figure may write into. */
export function valuePlaces(source: string): ValuePlaces {
  const analysis = analyse(source);
  const { cell } = analysis;
  const learningRate = alternativesOfSetting(cell, 'learning_rate').map((item) => ratePlace(analysis, item));
  const starts = [...cell.parameters.values()].map(({ name, alternatives }): [string, ValuePlace[]] => [
    name,
    alternatives.map((start) => startPlace(analysis, start)),
  ]);
  return { learningRate, starts: new Map(starts) };
}

/**
 * The edits that change the learning rate of a run (counted from 0), touching nothing but the number: that of the
 * run's item in a list, the number that a name stands for where nothing else uses it, the factor of a schedule
 * (written before it where there is none). A cell without a learning rate gets one. Empty where the change cannot be
 * made: a schedule has no single value.
 */
export function editLearningRate(source: string, change: RateChange, run = 0): readonly TextEdit[] {
  const analysis = analyse(source);
  const items = alternativesOfSetting(analysis.cell, 'learning_rate');
  const item = items[run] ?? items[0];
  if (item === undefined) return insertRate(analysis.cell, change);
  if (item.kind === 'missing') return [];
  const place = ratePlace(analysis, item);
  if (place.kind === 'schedule') return 'factor' in change ? scale(analysis, item, change.factor) : [];
  const value =
    'value' in change ? change.value : place.value === undefined ? undefined : place.value * change.factor;
  return value === undefined ? [] : write(place, value);
}

/**
 * The edits that change where a parameter starts in a run (counted from 0), touching nothing but the number or the
 * draw. Empty where the cell has no such parameter.
 */
export function editStart(source: string, parameter: string, value: number, run = 0): readonly TextEdit[] {
  const analysis = analyse(source);
  const starts = analysis.cell.parameters.get(parameter.normalize('NFC'))?.alternatives ?? [];
  const start = starts[run] ?? starts[0];
  if (start === undefined || start.kind === 'missing') return [];
  return write(startPlace(analysis, start), value);
}

const significantDigits = 12;

/** A number as a cell writes it, without the noise of its last binary digits. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(significantDigits)));
}

function write({ start, end }: Span, value: number): readonly TextEdit[] {
  return Number.isFinite(value) ? [{ start, end, text: formatNumber(value) }] : [];
}

function ratePlace(analysis: Analysis, item: Expression): ValuePlace {
  const { cell, facts } = analysis;
  if (factsOf(item, cell, facts).usesTime) return { kind: 'schedule', start: item.start, end: item.end };
  return numberPlace(analysis, item);
}

function startPlace(analysis: Analysis, start: Expression): ValuePlace {
  if (drawOf(start) !== undefined) return { kind: 'draw', start: start.start, end: start.end };
  return numberPlace(analysis, start);
}

/** The place of a number; where a name stands for it that nothing else uses, the place of the name's number. */
function numberPlace({ cell, constants }: Analysis, expression: Expression): ValuePlace {
  const place = { start: expression.start, end: expression.end };
  const formula = lower(cell, expression);
  const value = formula && constantOf(formula, constants);
  const known = value === undefined ? {} : { value };
  if (isNumber(expression)) return { kind: 'number', ...place, ...known };
  const meant = meantBy(cell, expression);
  if (meant !== undefined) return { kind: 'number', start: meant.start, end: meant.end, ...known };
  return { kind: 'formula', ...place, ...known };
}

/** The number that a name stands for, where this is the only use of the name. */
function meantBy(cell: Cell, expression: Expression): Expression | undefined {
  const inner = unwrap(expression);
  if (inner.kind !== 'name') return undefined;
  const definition = cell.definitions.get(inner.name);
  const uses = cell.tree.tokens.filter((token) => token.kind === 'name' && token.text === inner.name);
  if (definition === undefined || definition.list !== undefined || uses.length !== 2) return undefined;
  return isNumber(definition.value) ? definition.value : undefined;
}

function isNumber(expression: Expression): boolean {
  const inner = expression.kind === 'negation' ? expression.operand : expression;
  return inner.kind === 'number';
}

/** Scales a formula by its first factor that is a number, or by a new one before it. */
function scale({ cell }: Analysis, item: Expression, factor: number): readonly TextEdit[] {
  const inner = unwrap(item);
  const factors = inner.kind === 'product' ? inner.factors : [];
  for (const { inverse, operand } of factors) {
    const number = operand.kind === 'number' ? operand : meantBy(cell, operand);
    const isPlain = number?.kind === 'number' && !inverse;
    if (isPlain) return write(number, number.value * factor);
  }
  if (!Number.isFinite(factor)) return [];
  const text = `${formatNumber(factor)} * `;
  const bindsWeaker = item.kind === 'sum' || item.kind === 'comparison' || item.kind === 'negation';
  const before = { start: item.start, end: item.start, text: bindsWeaker ? `${text}(` : text };
  return bindsWeaker ? [before, { start: item.end, end: item.end, text: ')' }] : [before];
}

function insertRate(cell: Cell, change: RateChange): readonly TextEdit[] {
  if (!('value' in change) || !Number.isFinite(change.value) || !cell.definitions.has('loss')) return [];
  return insertLearningRate(cell, formatNumber(change.value)).edits;
}
