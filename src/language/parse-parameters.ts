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
  const sign = acceptSign(cursor, ':', '=');
  const names = sign && namesFrom(cursor);
  if (sign !== undefined && names !== undefined) return startAtZero(cursor, keyword, sign, names);
  if (sign !== undefined) reportSign(cursor, sign);
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
  const sign = acceptSign(cursor, ...signs);
  if (sign !== undefined) reportSign(cursor, sign);
}

function acceptSign(cursor: Cursor, ...signs: readonly string[]): Token | undefined {
  return cursor.isAt(...signs) ? cursor.next() : undefined;
}

function reportSign(cursor: Cursor, sign: Token): void {
  const fix = replaceBy(sign, '', `Remove \`${sign.text}\``);
  cursor.problems.add('unexpected-text', sign, cursor.textOf(sign), [fix]);
}

/** The names that are all that the rest of a line has, with commas between them. */
function namesFrom(cursor: Cursor): Token[] | undefined {
  const names: Token[] = [];
  for (let index = 0; ; index += 2) {
    const name = cursor.peek(index);
    const comma = cursor.peek(index + 1);
    if (name?.kind !== 'name' || isReserved(name.text)) return undefined;
    names.push(name);
    if (comma === undefined) return names;
    if (!isSign(comma, ',')) return undefined;
  }
}

/** `parameters = w, b`, read as `parameters w = 0, b = 0`. */
function startAtZero(
  cursor: Cursor,
  keyword: Token,
  sign: Token,
  names: readonly Token[],
): ParametersStatement {
  const place = { start: sign.start, end: cursor.skipRest() };
  const text = names.map((name) => `${cursor.textOf(name).text} = 0`).join(', ');
  cursor.problems.add('unexpected-text', place, cursor.textOf(place), [
    replaceBy(place, text, `Write \`parameters ${text}\``),
  ]);
  const starts = names.map((token): StartNode => {
    const name = nameNode(token);
    const value = { kind: 'number', value: 0, start: name.end, end: name.end } as const;
    return { name, value, start: name.start, end: name.end };
  });
  return { kind: 'parameters', keyword, starts, start: keyword.start, end: place.end };
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
      if (!isSign(cursor.peek(-1), '=')) reportMissingComma(cursor);
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
  const value = cursor.accept('=') === undefined ? startWithoutEquals(cursor, name) : startAt(cursor, name);
  return { name, value, start: name.start, end: Math.max(cursor.end(), value.end) };
}

function startAt(cursor: Cursor, name: NameNode): Expression {
  if (cursor.atStatement() && !isReserved(cursor.peek()?.text ?? '')) return startAtNext(cursor, name);
  return cursor.atEnd() || cursor.isAt(',') ? cursor.missing('a start') : parseFormula(cursor);
}

/** The start of `w` in `w = b = 0`, which is that of `b`. */
function startAtNext(cursor: Cursor, { name, end }: NameNode): Expression {
  const next = cursor.peek();
  const first = cursor.peek(2);
  const last = first?.kind === 'number' ? first : cursor.peek(3);
  const sign = isSign(first, '-') ? '-' : '';
  const start =
    last?.kind === 'number' && (first === last || sign === '-') ? sign + cursor.textOf(last).text : '0';
  const fix = replaceBy(
    { start: end, end: next?.start ?? end },
    ` = ${start}, `,
    `Start \`${name}\` at ${start}`,
  );
  cursor.problems.add('missing-start', cursor.here(), { name, start }, [fix]);
  return cursor.hole();
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
