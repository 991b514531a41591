export { countOf, formatNumber } from '../kernel/index.ts';

/** A number as a cell would spell it, with at most `significant` digits: plain ASCII that reads back to itself. */
export function sourceNumber(value: number, significant = 3): string {
  const rounded = Number(value.toPrecision(significant));
  return String(Number.isFinite(rounded) ? rounded : value).replace('e+', 'e');
}
