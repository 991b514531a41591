import { readRows } from './csv.ts';
import { CurveStore } from './curve-store.ts';
import { readColumnName, type ColumnMeaning } from './column-name.ts';
import { LogError } from './error.ts';
import type { LineReader, LoggedCurve } from './format.ts';
import { readNumber } from './number.ts';
import type { Slices } from './slices.ts';

/** How a kind of CSV is laid out. */
export interface CsvLayout {
  readonly format: string;
  readonly framework: LoggedCurve['framework'];
  readonly stepUnit: LoggedCurve['stepUnit'];
  readonly delimiter: string;
  /** The name of the column with the step. */
  readonly step: string;
  /** What another column holds, if it is of use, and how to call it. */
  readonly meaningOf: (column: string) => (ColumnMeaning & { readonly name: string }) | undefined;
}

/** Columns that say by their names what they hold. */
export const metricColumns: CsvLayout['meaningOf'] = (column) => {
  const meaning = readColumnName(column);
  return meaning && { ...meaning, name: column };
};

/** A number that was cut after as many characters is as good as whole. */
const enoughDigits = 12;

/** How many columns are read; more would make the work for a row grow faster than its length. */
const mostColumns = 100;
/** How many columns an error names. */
const mostNames = 20;

interface UsedColumn {
  readonly at: number;
  readonly column: number;
}

/** Reads CSV with a column of steps. An empty field, and `NA`, is a value that is missing. */
export class CsvReader implements LineReader {
  readonly #layout: CsvLayout;
  readonly #store = new CurveStore();
  readonly #columns = new Map<string, number>();
  #header: readonly string[] = [];
  #used: UsedColumn[] = [];
  #stepAt = -1;
  /** The length of the shortest text in the last column. */
  #shortest = Infinity;

  constructor(layout: CsvLayout) {
    this.#layout = layout;
  }

  read(lines: readonly string[]): void {
    for (const row of readRows(lines, this.#layout.delimiter)) this.#take(row);
  }

  readLast(line: string): void {
    for (const row of readRows([line], this.#layout.delimiter)) {
      if (this.#stepAt < 0 || this.#isWhole(row)) this.#take(row);
    }
  }

  *curves(): Slices<LoggedCurve[]> {
    const { framework, stepUnit } = this.#layout;
    const curves = yield* this.#store.curves({ framework, stepUnit });
    if (curves.length > 0) return curves;
    throw new LogError(
      `This is ${this.#layout.format}, but no row of it has a loss. ` +
        `Its columns are ${this.#header.slice(0, mostNames).join(', ')}. ` +
        'What counts as a loss is a column whose name has a word that ends in "loss", such as train_loss.',
    );
  }

  #take(row: readonly string[]): void {
    if (row.includes(this.#layout.step)) {
      this.#takeHeader(row);
      return;
    }
    const step = readNumber(row[this.#stepAt] ?? '');
    if (step === undefined || !Number.isFinite(step)) return;
    for (const { at, column } of this.#used) {
      const value = readNumber(row[at] ?? '');
      if (value !== undefined) this.#store.put(column, step, value);
    }
    const last = row.length === this.#header.length ? (row.at(-1) ?? '') : '';
    if (last !== '') this.#shortest = Math.min(this.#shortest, last.length);
  }

  /** A file that was appended to may have a second header, with other columns. */
  #takeHeader(row: readonly string[]): void {
    this.#header = row;
    this.#stepAt = row.indexOf(this.#layout.step);
    this.#shortest = Infinity;
    this.#used = row.flatMap((name, at) => {
      const column = at === this.#stepAt ? undefined : this.#columnFor(name);
      return column === undefined ? [] : [{ at, column }];
    });
  }

  #columnFor(name: string): number | undefined {
    const known = this.#columns.get(name);
    if (known !== undefined || this.#columns.size >= mostColumns) return known;
    const found = this.#layout.meaningOf(name);
    if (!found) return undefined;
    const column = this.#store.add(found.name, found);
    this.#columns.set(name, column);
    return column;
  }

  /** Whether a row that has no line end has all its fields, the last of them not visibly cut. */
  #isWhole(row: readonly string[]): boolean {
    const last = row.at(-1) ?? '';
    if (row.length < this.#header.length) return false;
    return (
      last === '' || (last.length >= Math.min(this.#shortest, enoughDigits) && !/e[-+]?\d?$/i.test(last))
    );
  }
}
