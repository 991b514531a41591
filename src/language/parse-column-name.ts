import { backticksFix, columnText } from './columns.ts';
import type { Cursor } from './cursor.ts';
import { isSign } from './layout.ts';
import { nameNode } from './parse-formula.ts';
import { replaceBy } from './problems.ts';
import type { Token } from './scanner.ts';
import type { TableColumn } from './syntax.ts';

/** Reads the name of a column of a table; `undefined` where there is none. */
export function parseColumnName(cursor: Cursor): TableColumn['name'] | undefined {
  const token = cursor.peek();
  switch (token?.kind) {
    case 'name':
      return parseBareName(cursor, token);
    case 'column':
      cursor.next();
      return { kind: 'column', column: token.text, start: token.start, end: token.end };
    case 'text':
      return parseQuotedName(cursor, token);
    default:
      return undefined;
  }
}

/** `size`, or `square feet`, which needs backticks. */
function parseBareName(cursor: Cursor, first: Token): TableColumn['name'] {
  let last = cursor.next() ?? first;
  for (let ahead = 0; ; ahead += 1) {
    const word = cursor.peek(ahead);
    if (word?.kind === 'name' || word?.kind === 'number') last = word;
    else if (isSign(word, ':')) break;
    else return nameNode(first);
  }
  if (last === first) return nameNode(first);
  const words = [first.text];
  while (cursor.end() < last.end) words.push(cursor.next()?.text ?? '');
  const place = { start: first.start, end: last.end };
  const column = words.join(' ');
  const isLine = !/[\r\n]/.test(cursor.textOf(place).text);
  cursor.problems.add('column-without-backticks', place, { column }, [
    isLine ? backticksFix(place, column) : undefined,
  ]);
  return { kind: 'column', column, ...place };
}

/** `"size"`, as other languages have it. */
function parseQuotedName(cursor: Cursor, token: Token): TableColumn['name'] | undefined {
  const column = token.text.trim().normalize('NFC');
  const next = cursor.peek(1);
  const isNamed = isSign(next, ':') || isSign(next, '=');
  if (!isNamed || token.flaw?.kind === 'unclosed' || column === '' || column.includes('`')) return undefined;
  cursor.next();
  cursor.absorbed.add(token);
  const instead = columnText(column);
  cursor.problems.add('column-in-quotes', token, { instead }, [
    instead === column ? replaceBy(token, instead, `Change to \`${instead}\``) : backticksFix(token, column),
  ]);
  return { kind: 'column', column, start: token.start, end: token.end };
}
