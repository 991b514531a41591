import type { BadRow } from './bad-rows.ts';

/** So many rows are named one by one. */
const mostNamed = 10;

/** As a spreadsheet counts the rows of a file, whose header is row 1; a table in the cell counts from 1. */
export function fileRow(file: string | undefined, row: number): number {
  return file === undefined ? row + 1 : row + 2;
}

/** Rows of the table (counted from 0) as their reader counts them: "row 8", "rows 8, 38", of many "... and 12 more". */
export function rowsText(file: string | undefined, rows: readonly number[]): string {
  const named = rows.slice(0, mostNamed).map((row) => fileRow(file, row));
  const others = rows.length - named.length;
  return `${rows.length === 1 ? 'row' : 'rows'} ${named.join(', ')}${others === 0 ? '' : ` and ${others} more`}`;
}

/** What stands apart in a row, as the data have it; `row` is the subject of the sentence. */
export function oddValueText(row: string, { column, value, low, high }: BadRow): string {
  return `${row} has ${value} in \`${column}\`, where all others lie between ${low} and ${high}`;
}
