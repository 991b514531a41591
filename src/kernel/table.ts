/**
 * The columns of a data file, each with one cell a row, in the file's order.
 * Texts are kept as they are: a column becomes numbers only when an experiment uses it.
 */
export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
}

export type Column = Float64Array | readonly string[];
