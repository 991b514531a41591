import Papa from 'papaparse';

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

/**
 * Reads a CSV file (RFC 4180) with a header row. The delimiter is the one of comma, semicolon and tab that the
 * header has most of. Byte-order mark, quotes, any line ends and blank lines at the end are understood; a blank line
 * elsewhere and a row that is too short have gaps. Headers are trimmed and put into Unicode's composed form; a column
 * without a header is left out, as it has no name to use it by.
 *
 * @throws DataError where there is no header or no row, one name stands over two columns, a row is longer than the
 *   header, or quotation marks do not match
 */
export function readTable(csv: string): Table {
  const text = csv.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  let columns: CellsUnder[] | undefined;
  let rows = 0;
  let blankRows = 0;
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    newline: '\n',
    step({ data, errors }) {
      const row = columns ? rows + blankRows + 2 : 1;
      if (errors.some(({ type }) => type === 'Quotes')) throw unmatchedQuotes(row);
      if (!columns) {
        columns = readHeader(data);
      } else if (data.every((cell) => cell.trim() === '')) {
        blankRows++;
      } else {
        for (; blankRows > 0; blankRows--, rows++) addRow(columns, []);
        if (data.slice(columns.length).some((cell) => cell.trim() !== '')) throw tooLong(row, data, columns);
        addRow(columns, data);
        rows++;
      }
    },
  });
  if (!columns)
    throw new DataError('The data is empty: it needs a row of column names and rows of numbers below it.');
  if (rows === 0)
    throw new DataError('The data has column names but no rows below them: add rows of numbers.');
  return {
    rows,
    columns: new Map(columns.filter(({ name }) => name !== '').map(({ name, cells }) => [name, cells])),
  };
}

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
  const values = Float64Array.from(column, (cell, index) => readNumber(cell, index + 2, name));
  numbers.set(column, values);
  return values;
}

interface CellsUnder {
  readonly name: string;
  readonly cells: string[];
}

function delimiterOf(text: string): string {
  const header = text
    .slice(0, !text.includes('\n') ? text.length : text.indexOf('\n'))
    .replace(/"[^"]*"/g, '');
  const delimiters = [',', ';', '\t'].map((sign) => ({ sign, times: header.split(sign).length }));
  return delimiters.reduce((best, next) => (next.times > best.times ? next : best)).sign;
}

function readHeader(cells: readonly string[]): CellsUnder[] {
  const names = cells.map((cell) => cell.trim().normalize('NFC'));
  if (names.every((name) => name === '')) {
    throw new DataError('Row 1 is blank: write the names of the columns there.', { row: 1 });
  }
  if (names.every((name) => decimal.test(name))) {
    throw new DataError('Row 1 holds numbers: put a row with the names of the columns above it.', { row: 1 });
  }
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new DataError(`Two columns are called \`${twice}\`: rename one of them in row 1.`, {
      row: 1,
      column: twice,
    });
  }
  return names.map((name) => ({ name, cells: [] }));
}

function addRow(columns: readonly CellsUnder[], cells: readonly string[]): void {
  columns.forEach((column, index) => column.cells.push(cells[index] ?? ''));
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function readNumber(cell: string, row: number, column: string): number {
  const text = cell.trim();
  const value = decimal.test(text) ? Number(text) : NaN;
  if (Number.isFinite(value)) return value;
  const place = `Row ${row} of column \`${column}\``;
  if (text === '') throw new DataError(`${place} is empty: fill it in, or delete the row.`, { row, column });
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const remedy = /^[+-]?\d+,\d+$/.test(text)
    ? `write ${text.replace(',', '.')}, with a point`
    : 'correct it, or delete the row';
  throw new DataError(`${place} is not a number ("${shown}"): ${remedy}.`, { row, column });
}

function unmatchedQuotes(row: number): DataError {
  return new DataError(
    `Row ${row} has a quotation mark without its partner: close it, or double it if it belongs to the text.`,
    { row },
  );
}

function tooLong(row: number, cells: readonly string[], columns: readonly CellsUnder[]): DataError {
  return new DataError(
    `Row ${row} has ${cells.length} cells, but row 1 names ${columns.length} columns: ` +
      'take out what is too much, name the columns, or put cells with a delimiter in them into quotation marks.',
    { row },
  );
}
