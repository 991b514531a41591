import { formatNumber, grouped } from '../kernel/index.ts';

export { countOf, formatNumber } from '../kernel/index.ts';

/** The number of a step with all its digits, or a part of an epoch. */
export function stepText(step: number): string {
  return Number.isInteger(step) ? grouped(step) : formatNumber(step, 12);
}

/** A number as a cell would spell it, with at most `significant` digits: plain ASCII that reads back to itself. */
export function sourceNumber(value: number, significant = 3): string {
  const rounded = Number(value.toPrecision(significant));
  return String(Number.isFinite(rounded) ? rounded : value).replace('e+', 'e');
}
