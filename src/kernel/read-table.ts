import Papa, { type ParseError } from 'papaparse';

import { finishNow, finishUnlessAborted, type Pace, type Sliced } from './slices.ts';
import { DataError, decimal, type Table } from './table.ts';

/** Read in a few milliseconds. */
const charactersPerPiece = 2 ** 17;
const quotationMark = 34;

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
  return finishNow((pace) => tableInSlices(csv, pace));
}

/**
 * The same, giving way to others about every 10 ms.
 *
 * @throws DataError as `readTable` does
 */
export async function readTableGivingWay(csv: string): Promise<Table> {
  return finishUnlessAborted((pace) => tableInSlices(csv, pace));
}

function* tableInSlices(csv: string, pace: Pace): Sliced<Table> {
  const text = yield* withPlainLineEnds(csv, pace);
  const form = { delimiter: delimiterOf(text), newline: '\n' } as const;
  const reader = new TableReader();
  for (let from = 0; from < text.length;) {
    const to = endOfPiece(text, from);
    Papa.parse<string[]>(text.slice(from, to), {
      ...form,
      step({ data, errors }) {
        reader.take(data, errors);
      },
    });
    pace.spent += to - from;
    from = to + 1;
    yield;
  }
  return reader.table();
}

/** Where a piece of rows that begins at `from` ends: at a line's end that no quotation marks enclose. */
function endOfPiece(text: string, from: number): number {
  let quotes = 0;
  let counted = from;
  for (;;) {
    const end = text.indexOf('\n', Math.max(from + charactersPerPiece, counted));
    if (end < 0) return text.length;
    for (; counted < end; counted++) if (text.charCodeAt(counted) === quotationMark) quotes++;
    if (quotes % 2 === 0) return end;
    counted = end + 1;
  }
}

function* withPlainLineEnds(csv: string, pace: Pace): Sliced<string> {
  const pieces: string[] = [];
  for (let from = csv.startsWith('\uFEFF') ? 1 : 0; from < csv.length;) {
    const end = from + charactersPerPiece;
    const to = csv[end - 1] === '\r' ? end + 1 : end;
    pieces.push(csv.slice(from, to).replace(/\r\n?/g, '\n'));
    pace.spent += charactersPerPiece;
    from = to;
    yield;
  }
  return pieces.join('');
}

/** Takes the rows of a file one after the other. */
class TableReader {
  #columns: CellsUnder[] | undefined;
  #rows = 0;
  #blankRows = 0;

  /** @throws DataError */
  take(cells: readonly string[], errors: readonly ParseError[]): void {
    const row = this.#columns ? this.#rows + this.#blankRows + 2 : 1;
    if (errors.some(({ type }) => type === 'Quotes')) throw unmatchedQuotes(row);
    if (!this.#columns) {
      this.#columns = readHeader(cells);
    } else if (cells.every((cell) => cell.trim() === '')) {
      this.#blankRows++;
    } else {
      for (; this.#blankRows > 0; this.#blankRows--, this.#rows++) addRow(this.#columns, []);
      const isTooLong = cells.slice(this.#columns.length).some((cell) => cell.trim() !== '');
      if (isTooLong) throw tooLong(row, cells, this.#columns);
      addRow(this.#columns, cells);
      this.#rows++;
    }
  }

  /** @throws DataError */
  table(): Table {
    const [columns, rows] = [this.#columns, this.#rows];
    if (!columns)
      throw new DataError('The data is empty: it needs a row of column names and rows of numbers below it.');
    if (rows === 0)
      throw new DataError('The data has column names but no rows below them: add rows of numbers.');
    const named = columns.filter(({ name }) => name !== '');
    return { rows, columns: new Map(named.map(({ name, cells }) => [name, cells])) };
  }
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
