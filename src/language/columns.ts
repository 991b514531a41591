import type { Column, Span, Table } from '../kernel/index.ts';
import { replaceBy, type Fix, type Problems } from './problems.ts';
import { isName } from './scanner.ts';
import type { TableColumn, TableNode, TextNode, Value } from './syntax.ts';
import { isReserved } from './words/words.ts';

/** The columns that a cell's names may mean. */
export interface Columns {
  /** 'none': no data. 'assumed': data whose columns are not known, so that every unknown name may be one. */
  readonly kind: 'none' | 'assumed' | 'known';
  /** For each column, in NFC, its name as the data have it. */
  readonly names: ReadonlyMap<string, string>;
  /** How many rows the data have, where that is known. */
  readonly rows?: number;
  readonly file?: string;
  readonly table?: Table;
  /** Where each value of that table stands, by column. */
  readonly tablePlaces?: ReadonlyMap<string, readonly Span[]>;
}

/** What is known of the data file before its numbers are read. */
export interface DataFile {
  readonly columns?: readonly string[] | undefined;
  readonly rows?: number | undefined;
}

/** Reads the value of `data`, with what is known of the data file. */
export function columnsOf(data: Value | undefined, file: DataFile, problems: Problems): Columns {
  switch (data?.kind) {
    case undefined:
      return { kind: 'none', names: new Map() };
    case 'table':
      return { kind: 'known', ...tableOf(data, problems) };
    case 'text': {
      checkFileName(data, problems);
      const { columns, rows } = file;
      const names = new Map((columns ?? []).map((name) => [name.normalize('NFC'), name]));
      const kind = columns === undefined ? 'assumed' : 'known';
      return { kind, names, file: data.text, ...(rows === undefined ? {} : { rows }) };
    }
    default:
      return { kind: 'assumed', names: new Map() };
  }
}

/** A column as a formula names it: in backticks where its name alone would not mean it. */
export function columnText(name: string): string {
  return isName(name) && !isReserved(name) ? name : `\`${name}\``;
}

/** Lets a text mean a column. */
export function backticksFix(place: Span, column: string): Fix {
  return replaceBy(place, `\`${column}\``, 'Write it in backticks');
}

/** A file must lie beside or below the notebook, so that a lesson can reach nothing else. */
export function checkFileName(node: TextNode, problems: Problems): void {
  const { text } = node;
  const forward = text.replaceAll('\\', '/');
  if (text.trim() === '') {
    problems.add('file-name-empty', node, {});
  } else if (text !== forward && isBeside(forward)) {
    const fix = replaceBy(node, `"${forward}"`, 'Write it with `/`');
    problems.add('file-name-backslash', node, {}, [fix]);
  } else if (!isBeside(forward)) {
    problems.add('file-out-of-reach', node, { text });
  }
}

function isBeside(path: string): boolean {
  const absolute = path.startsWith('/') || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(path);
  return !absolute && !path.split('/').includes('..');
}

function tableOf(
  node: TableNode,
  problems: Problems,
): Pick<Columns, 'rows' | 'table' | 'tablePlaces'> & { names: Map<string, string> } {
  const names = new Map<string, string>();
  const columns = new Map<string, Column>();
  const tablePlaces = new Map<string, readonly Span[]>();
  const [first] = node.columns;
  const rows = first?.values.length ?? 0;
  let sound = true;
  for (const column of node.columns) {
    const name = nameOf(column);
    if (names.has(name)) problems.add('table-column-twice', column.name, { column: name });
    sound = checkLength(column, first, problems) && sound;
    names.set(name, name);
    columns.set(name, Float64Array.from(column.values));
    tablePlaces.set(name, column.places);
  }
  if (first === undefined) problems.add('table-empty', node, {});
  return sound && rows > 0 ? { names, rows, table: { rows, columns }, tablePlaces } : { names };
}

function checkLength(column: TableColumn, first: TableColumn | undefined, problems: Problems): boolean {
  if (!column.complete || first?.complete !== true) return false;
  const details = {
    column: nameOf(column),
    count: column.values.length,
    first: nameOf(first),
    rows: first.values.length,
  };
  if (details.count === 0) problems.add('table-values', column.name, details);
  else if (details.count !== details.rows) problems.add('table-lengths', column, details);
  return details.count === details.rows && details.count > 0;
}

function nameOf(column: TableColumn): string {
  return column.name.kind === 'name' ? column.name.name : column.name.column;
}
