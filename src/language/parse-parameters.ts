import type { Span } from '../kernel/index.ts';
import { skipCommaInNumber } from './comma-in-number.ts';
import type { Cursor } from './cursor.ts';
import { isSign } from './layout.ts';
import { nameNode, parseFormula } from './parse-formula.ts';
import { insertAt, replaceBy } from './problems.ts';
import type { Token } from './scanner.ts';
import type { Expression, NameNode, ParametersStatement, StartNode } from './syntax.ts';
import { isReserved } from './words/words.ts';

/** Reads `parameters w = 0, b = 0`; the cursor is at the keyword. */
export function parseParameters(cursor: Cursor, keyword: Token): ParametersStatement {
  cursor.next();
  skipSign(cursor, ':', '=');
  const opened = cursor.isAt('(', '[') ? cursor.next() : undefined;
  const statement = parseStarts(cursor, keyword);
  if (opened === undefined) return statement;
  const closed = cursor.isAt(')', ']') ? cursor.next() : undefined;
  const brackets = closed === undefined ? [opened] : [opened, closed];
  const edits = brackets.map(({ start, end }) => ({ start, end, text: '' }));
  const title = closed === undefined ? 'Remove the bracket' : 'Remove the brackets';
  cursor.problems.add('unexpected-text', opened, cursor.textOf(opened), [{ title, edits }]);
  return { ...statement, end: cursor.end() };
}

/** Passes over a sign that does not belong behind a keyword, reporting it. */
export function skipSign(cursor: Cursor, ...signs: readonly string[]): void {
  const sign = cursor.isAt(...signs) ? cursor.next() : undefined;
  if (sign === undefined) return;
  const fix = replaceBy(sign, '', `Remove \`${sign.text}\``);
  cursor.problems.add('unexpected-text', sign, cursor.textOf(sign), [fix]);
}

/** Reads `w = 0, b = 0` */
export function parseStarts(cursor: Cursor, keyword: Span): ParametersStatement {
  const starts: StartNode[] = [];
  if (cursor.atEnd()) cursor.missing('a name and its start');
  while (!cursor.atEnd()) {
    const start = parseStart(cursor);
    if (start === undefined) break;
    starts.push(skipCommaInNumber(cursor) ? { ...start, value: cursor.hole() } : start);
    if (cursor.atStatement()) {
      // A word of the language is no parameter: the line end before another statement is missing.
      if (isReserved(cursor.peek()?.text ?? '')) break;
      reportMissingComma(cursor);
      continue;
    }
    const isStart = isSign(cursor.peek(2), '=') || !cursor.atStatement(1);
    const comma = isStart ? cursor.accept(',') : undefined;
    if (comma === undefined) break;
    if (cursor.atEnd())
      cursor.problems.add('trailing-comma', comma, {}, [replaceBy(comma, '', 'Remove the comma')]);
  }
  return { kind: 'parameters', keyword, starts, start: keyword.start, end: cursor.end() };
}

function reportMissingComma(cursor: Cursor): void {
  const token = cursor.peek();
  if (token === undefined) return;
  cursor.problems.add('missing-comma', token, cursor.textOf(token), [
    insertAt(cursor.end(), ',', 'Insert `,`'),
  ]);
}

function parseStart(cursor: Cursor): StartNode | undefined {
  const token = cursor.peek();
  if (token?.kind !== 'name') {
    cursor.missing('a name and its start');
    return undefined;
  }
  cursor.next();
  const name = nameNode(token);
  const value = cursor.accept('=') === undefined ? startWithoutEquals(cursor, name) : startAt(cursor);
  return { name, value, start: name.start, end: Math.max(cursor.end(), value.end) };
}

function startAt(cursor: Cursor): Expression {
  return cursor.atEnd() || cursor.isAt(',') ? cursor.missing('a start') : parseFormula(cursor);
}

/** Reports that a start is missing, or only the `=` before it. */
function startWithoutEquals(cursor: Cursor, place: NameNode): Expression {
  const next = cursor.peek();
  const { name, end } = place;
  if (next?.kind === 'number') {
    const { text: start } = cursor.textOf(next);
    cursor.problems.add('missing-start', place, { name, start }, [insertAt(end, ' =', 'Insert `=`')]);
    return parseFormula(cursor);
  }
  const isAlone = next === undefined || cursor.isAt(',') || cursor.atStatement();
  const fix = isAlone ? insertAt(end, ' = 0', `Start \`${name}\` at 0`) : undefined;
  cursor.problems.add('missing-start', place, { name, start: '0' }, [fix]);
  return cursor.hole();
}
