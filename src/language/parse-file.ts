import type { Span } from '../kernel/index.ts';
import { columnText } from './columns.ts';
import type { Cursor } from './cursor.ts';
import { replaceBy, type Fix } from './problems.ts';
import type { Token } from './scanner.ts';
import type { Expression } from './syntax.ts';

/** Reads the value of a setting that takes a file name: `data` or `training_log`. */
export function parseFile(cursor: Cursor, setting: string): Expression {
  const token = cursor.peek();
  if (token === undefined) return cursor.missing('a file name in quotes');
  if (token.kind !== 'text') return parseOther(cursor, setting, token);
  cursor.next();
  return { kind: 'text', text: token.text, start: token.start, end: token.end };
}

/** What stands in the place of a file name in quotes: everything up to the end of the line. */
function parseOther(cursor: Cursor, setting: string, first: Token): Expression {
  const tokens = restOf(cursor);
  const place = { start: first.start, end: cursor.absorbRest() };
  const { text } = cursor.textOf(place);
  if (isBareName(text)) return quoteName(cursor, place, text.replaceAll('"', ''));
  const [file, ...others] = tokens.filter(({ kind }) => kind === 'text');
  if (file !== undefined && file.flaw === undefined && others.length === 0 && !text.includes('{')) {
    const quoted = cursor.textOf(file).text;
    cursor.problems.add('file-expected', place, { name: setting }, [
      replaceBy(place, quoted, `Write \`${quoted}\``),
    ]);
    return { kind: 'text', text: file.text, ...place };
  }
  cursor.problems.add('file-expected', place, { name: setting }, [
    setting === 'data' ? writeTable(tokens, place) : undefined,
  ]);
  return cursor.hole();
}

function restOf(cursor: Cursor): Token[] {
  const tokens: Token[] = [];
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek(tokens.length)) tokens.push(token);
  return tokens;
}

/** True for a file name without its quotes; it may have brackets, but then it ends as one. */
function isBareName(text: string): boolean {
  return !/[()[\]{}]/.test(text) || /^[^"'\r\n]*\.[a-z]+$/i.test(text);
}

function quoteName(cursor: Cursor, place: Span, text: string): Expression {
  const fix = replaceBy(place, `"${text}"`, 'Put the file name in quotes');
  cursor.problems.add('file-name-quotes', place, {}, [fix]);
  return { kind: 'text', text, ...place };
}

/** Columns in braces, as Python has them, alone or in a call: one letter stands for each token. */
const columnsInBraces = /^[k.(]*\{k:\[(?:[-+]?n,?)*\](?:,k:\[(?:[-+]?n,?)*\])*,?\}\)*$/;

/** `{"size": [1, 2]}` as `table(size: [1, 2])`. */
function writeTable(tokens: readonly Token[], place: Span): Fix | undefined {
  if (!columnsInBraces.test(tokens.map(letterOf).join(''))) return undefined;
  const opener = tokens.find(({ text }) => text === '{');
  const closer = tokens.findLast(({ text }) => text === '}');
  if (opener === undefined || closer === undefined) return undefined;
  const keys = tokens
    .filter(({ kind }) => kind === 'text')
    .map(({ start, end, text }) => ({ start, end, text: columnText(text) }));
  const edits = [
    { start: place.start, end: opener.end, text: 'table(' },
    ...keys,
    { start: closer.start, end: place.end, text: ')' },
  ];
  return { title: 'Write `table(...)`', edits };
}

function letterOf({ kind, text }: Token): string {
  switch (kind) {
    case 'name':
    case 'column':
      return 'k';
    case 'text':
      return /^[^`]*[^`\s][^`]*$/.test(text) ? 'k' : '?';
    case 'number':
      return 'n';
    default:
      return text;
  }
}
