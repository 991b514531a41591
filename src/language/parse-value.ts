import type { Span } from '../kernel/index.ts';
import type { Cursor } from './cursor.ts';
import { isSign } from './layout.ts';
import { parseColumnName } from './parse-column-name.ts';
import { parseFile } from './parse-file.ts';
import { nameNode, parseFormula, parseItems, reportMissingComma } from './parse-formula.ts';
import { insertAt, replaceBy } from './problems.ts';
import { nearest } from './suggest.ts';
import type { AxesNode, AxisNode, TableColumn, TableNode, Value } from './syntax.ts';

/** Reads the right side of a statement; what is allowed there depends on the name it is given to. */
export function parseValue(cursor: Cursor, name: string): Value {
  switch (name) {
    case 'data':
      return parseData(cursor);
    case 'training_log':
      return parseFile(cursor, name);
    case 'landscape':
      return cursor.isAt('[') ? parseAxes(cursor) : parseFormula(cursor);
    default:
      if (cursor.atEnd()) return cursor.missing('a value');
      return parseFormula(cursor);
  }
}

function parseData(cursor: Cursor): Value {
  const token = cursor.peek();
  if (token?.kind !== 'name' || !isTableWord(token.text) || !isSign(cursor.peek(1), '('))
    return parseFile(cursor, 'data');
  if (token.text !== 'table')
    cursor.problems.add('file-expected', token, { name: 'data' }, [
      replaceBy(token, 'table', 'Write `table`'),
    ]);
  return parseTable(cursor);
}

function isTableWord(text: string): boolean {
  return text === 'table' || nearest(text, ['table']) !== undefined;
}

function parseAxes(cursor: Cursor): AxesNode {
  const opened = cursor.peek() ?? cursor.here();
  const axes: AxisNode[] = [];
  cursor.openBracket();
  parseItems(cursor, ']', () => axes.push(parseAxis(cursor)));
  cursor.closeBracket(opened);
  return { kind: 'axes', axes, start: opened.start, end: cursor.end() };
}

function parseAxis(cursor: Cursor): AxisNode {
  const token = cursor.peek();
  const name = token?.kind === 'name' ? nameNode(token) : cursor.missing('a parameter');
  if (token?.kind === 'name') cursor.next();
  if (cursor.accept(':') === undefined) return { name, start: name.start, end: name.end };
  const low = parseFormula(cursor);
  const dots = cursor.accept('..');
  if (dots === undefined) cursor.problems.add('range-expected', low, {});
  const high = dots === undefined ? cursor.hole() : parseFormula(cursor);
  return { name, window: { low, high }, start: name.start, end: cursor.end() };
}

function parseTable(cursor: Cursor): TableNode {
  const start = cursor.next()?.start ?? cursor.end();
  const opened = cursor.peek() ?? cursor.here();
  const columns: TableColumn[] = [];
  cursor.openBracket();
  parseItems(cursor, ')', () => {
    for (;;) {
      const column = parseColumn(cursor);
      if (column !== undefined) columns.push(column);
      if (!beginsColumn(cursor)) break;
      reportMissingComma(cursor);
    }
  });
  cursor.closeBracket(opened);
  return { kind: 'table', columns, start, end: cursor.end() };
}

/** True at what begins a column, whatever stands before it. */
function beginsColumn(cursor: Cursor): boolean {
  const kind = cursor.peek()?.kind;
  return (kind === 'name' || kind === 'column' || kind === 'text') && isSign(cursor.peek(1), ':');
}

function parseColumn(cursor: Cursor): TableColumn | undefined {
  const name = parseColumnName(cursor);
  if (name === undefined) {
    cursor.missing('a column');
    return undefined;
  }
  parseColon(cursor);
  const values: number[] = [];
  const places: Span[] = [];
  let complete = cursor.isAt('[');
  if (complete) {
    const opened = cursor.peek() ?? cursor.here();
    cursor.openBracket();
    parseItems(cursor, ']', () => {
      const from = cursor.peek()?.start ?? cursor.end();
      const value = parseSignedNumber(cursor);
      if (value === undefined) {
        complete = false;
        return;
      }
      values.push(value);
      places.push({ start: from, end: cursor.end() });
    });
    cursor.closeBracket(opened);
  } else {
    const found = cursor.isAt(',', ')') || cursor.atEnd() ? cursor.here() : parseFormula(cursor);
    cursor.problems.add('table-values', found, { column: name.kind === 'name' ? name.name : name.column });
  }
  return { name, values, places, complete, start: name.start, end: cursor.end() };
}

function parseColon(cursor: Cursor): void {
  const found = cursor.peek();
  if (cursor.accept(':') !== undefined || found === undefined) return;
  if (isSign(found, '[')) {
    cursor.problems.add('table-colon', found, {}, [insertAt(cursor.end(), ':', 'Insert `:`')]);
  } else if (isSign(found, '=')) {
    cursor.next();
    cursor.problems.add('table-colon', found, {}, [replaceBy(found, ':', 'Write `:`')]);
  }
}

function parseSignedNumber(cursor: Cursor): number | undefined {
  const start = cursor.peek()?.start ?? cursor.end();
  const sign = cursor.isAt('-', '+') ? cursor.next()?.text : undefined;
  const token = cursor.peek();
  if (token?.kind === 'number') {
    cursor.next();
    return sign === '-' ? -Number(token.text) : Number(token.text);
  }
  reportNotANumber(cursor, start);
  return undefined;
}

function reportNotANumber(cursor: Cursor, start: number): void {
  if (cursor.atEnd() || cursor.isAt(',', ']')) {
    cursor.missing('a number');
    return;
  }
  parseFormula(cursor);
  const place = { start, end: cursor.end() };
  if (place.end > start) cursor.problems.add('table-number', place, cursor.textOf(place));
}
