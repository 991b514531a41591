import { finishGivingWay, passOver, type Pace, type Sliced } from './slices.ts';

/**
 * The columns of a data file, each with one cell a row, in the file's order.
 * Texts are kept as they are: a column becomes numbers only when an experiment uses it.
 */
export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
}

export type Column = Float64Array | readonly string[];

/** Data that cannot be used as it is: the message names row and column, and the remedy. */
export class DataError extends Error {
  override readonly name = 'DataError';
  /** As a spreadsheet counts: the header is row 1. */
  readonly row?: number;
  readonly column?: string;

  constructor(message: string, place: { row?: number; column?: string } = {}) {
    super(message);
    if (place.row !== undefined) this.row = place.row;
    if (place.column !== undefined) this.column = place.column;
  }
}

/** Reading a number takes as long as passing over so many rows. */
const rowsPerCell = 32;

/** The numbers of columns already read, by their texts: a slider re-runs an experiment with the same data. */
const numbers = new WeakMap<readonly string[], Float64Array>();

/**
 * A column as numbers, one a row. Not to be written to.
 *
 * @throws DataError where there is no such column, or a cell of it is empty or not a finite number
 */
export function numericColumn(table: Table, name: string): Float64Array {
  const column = table.columns.get(name);
  if (!column) {
    const names = [...table.columns.keys()].join(', ');
    throw new DataError(`The data has no column \`${name}\`. Its columns are: ${names}.`, { column: name });
  }
  if (column instanceof Float64Array) return column;
  const known = numbers.get(column);
  if (known) return known;
  const values = new Float64Array(column.length);
  readNumbers(values, column, name, 0, column.length);
  numbers.set(column, values);
  return values;
}

/**
 * Reads columns as numbers ahead of their use, giving way to others about every 10 ms. What cannot be read is left for
 * `numericColumn` to complain of.
 */
export async function readColumns(table: Table, names: Iterable<string>): Promise<void> {
  for (const name of names) {
    const column = table.columns.get(name);
    if (column === undefined || column instanceof Float64Array || numbers.has(column)) continue;
    try {
      await finishGivingWay((pace) => columnInSlices(column, name, pace));
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }
}

function* columnInSlices(column: readonly string[], name: string, pace: Pace): Sliced<void> {
  const values = new Float64Array(column.length);
  yield* passOver(column.length, rowsPerCell, pace, (from, to) => {
    readNumbers(values, column, name, from, to);
  });
  numbers.set(column, values);
}

function readNumbers(
  values: Float64Array,
  column: readonly string[],
  name: string,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) values[row] = readNumber(column[row] ?? '', row + 2, name);
}

export const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function readNumber(cell: string, row: number, column: string): number {
  const text = cell.trim();
  const value = decimal.test(text) ? Number(text) : NaN;
  if (Number.isFinite(value)) return value;
  const place = `Row ${row} of column \`${column}\``;
  if (text === '') throw new DataError(`${place} is empty: fill it in, or delete the row.`, { row, column });
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  throw new DataError(`${place} is not a number ("${shown}"): ${remedyFor(text)}.`, { row, column });
}

function remedyFor(text: string): string {
  const [likeliest, other] = withoutCommas(text);
  if (likeliest === undefined) return 'correct it, or delete the row';
  return other === undefined
    ? `write ${likeliest}`
    : `write ${likeliest}, or ${other} if the comma is a decimal one`;
}

const thousandsByCommas = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?(?:[eE][+-]?\d+)?$/;
const thousandsByPoints = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+(?:[eE][+-]?\d+)?$/;
const decimalComma = /^[+-]?\d+,\d+(?:[eE][+-]?\d+)?$/;

/**
 * What a number that is written with commas may mean, the likeliest first: a comma before exactly three digits parts
 * thousands rather than decimals. Empty for a text that is no such number.
 */
export function withoutCommas(text: string): string[] {
  const readings: string[] = [];
  if (thousandsByCommas.test(text)) readings.push(text.replaceAll(',', ''));
  if (thousandsByPoints.test(text)) readings.push(text.replaceAll('.', '').replace(',', '.'));
  if (decimalComma.test(text)) readings.push(text.replace(',', '.'));
  return readings;
}
