import type { Span } from '../kernel/index.ts';
import { Cursor } from './cursor.ts';
import { isSign, type Line } from './layout.ts';
import { nameNode, parseFormula } from './parse-formula.ts';
import { parseValue } from './parse-value.ts';
import { insertAt, replaceBy, type Problems } from './problems.ts';
import type { Token } from './scanner.ts';
import type {
  Assignment,
  CheckStatement,
  Expression,
  ParametersStatement,
  StartNode,
  Statement,
} from './syntax.ts';
import { isSetting } from './words/words.ts';

const compoundSigns: ReadonlySet<string> = new Set(['+=', '-=', '*=', '/=']);

/**
 * Reads one line that is neither the head of a block nor in one: one statement, or several where line ends between
 * them are missing. What is reported is read as it was probably meant, so that one slip makes one problem.
 */
export function parseStatements(source: string, line: Line, problems: Problems): Statement[] {
  const cursor = new Cursor(source, line, problems);
  const statement = parseLine(cursor, line);
  const rest = cursor.peek();
  const place = { start: cursor.end(), end: rest?.start ?? cursor.end() };
  const others = rest !== undefined && cursor.atStatement() ? cursor.restOfLine(line) : undefined;
  const statements = [reportRest(cursor, statement, line)];
  reportFlaws(cursor, line);
  if (rest === undefined || others === undefined || statement.kind === 'unreadable') return statements;
  problems.add('two-statements', rest, {}, [replaceBy(place, '\n', 'Begin a new line')]);
  return [...statements, ...parseStatements(source, others, problems)];
}

function parseLine(cursor: Cursor, line: Line): Statement {
  const [first, second] = line.tokens;
  if (first.kind === 'name' && !isSign(second, '=')) {
    if (first.text === 'parameters') return parseParameters(cursor, first);
    if (first.text === 'check') return parseCheck(cursor, first, line);
  }
  return parseAssignment(cursor, line) ?? parseMended(cursor, line) ?? reportUnreadable(cursor, line);
}

function parseAssignment(cursor: Cursor, line: Line): Assignment | undefined {
  const [first, second] = line.tokens;
  if (first.kind !== 'name' || second?.kind !== 'operator') return undefined;
  const name = nameNode(first);
  cursor.next();
  if (compoundSigns.has(second.text)) return parseCompound(cursor, name, second);
  if (!mendEquals(cursor, second)) return undefined;
  const value = parseValue(cursor, name.name);
  return { kind: 'assignment', name, value, start: name.start, end: Math.max(cursor.end(), value.end) };
}

/** Takes the sign between a name and its value; false where it is none that could be meant so. */
function mendEquals(cursor: Cursor, sign: Token): boolean {
  switch (sign.text) {
    case '=':
      break;
    case '==':
    case ':':
      cursor.problems.add('equals-expected', sign, { found: sign.text }, [replaceBy(sign, '=', 'Write `=`')]);
      break;
    default:
      return false;
  }
  cursor.next();
  return true;
}

/** `name -= value`, read as `name = name - value`. */
function parseCompound(cursor: Cursor, name: Assignment['name'], sign: Token): Assignment {
  cursor.next();
  const value = parseFormula(cursor);
  const operator = sign.text.charAt(0);
  const { text } = cursor.textOf(value);
  const simple =
    value.kind !== 'sum' && value.kind !== 'comparison' && (operator !== '/' || value.kind !== 'product');
  const whole = `${name.name} = ${name.name} ${operator} ${simple ? text : `(${text})`}`;
  const span = { start: name.start, end: value.end };
  cursor.problems.add('compound-assignment', sign, { sign: sign.text }, [
    replaceBy(span, whole, `Write \`${whole}\``),
  ]);
  const operands = [{ operand: name }, { operand: value }] as const;
  const negative = operator === '-';
  const read =
    operator === '+' || negative
      ? ({
          kind: 'sum',
          terms: operands.map((term, index) => ({ ...term, negative: negative && index === 1 })),
        } as const)
      : ({ kind: 'product', factors: operands.map((factor) => ({ ...factor, inverse: false })) } as const);
  return { kind: 'assignment', name, value: { ...read, ...span }, ...span };
}

function parseParameters(cursor: Cursor, keyword: Token): ParametersStatement {
  cursor.next();
  return parseStarts(cursor, keyword);
}

function parseStarts(cursor: Cursor, keyword: Span): ParametersStatement {
  const starts: StartNode[] = [];
  if (cursor.atEnd()) cursor.missing('a name and its start');
  while (!cursor.atEnd()) {
    const start = parseStart(cursor);
    if (start === undefined) break;
    starts.push(start);
    if (cursor.atStatement()) reportMissingComma(cursor);
    else if (cursor.accept(',') === undefined) break;
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
  if (cursor.accept('=') === undefined) {
    const fix = insertAt(name.end, ' = 0', `Start \`${name.name}\` at 0`);
    cursor.problems.add('missing-start', name, { name: name.name }, [fix]);
    return { name, value: cursor.hole('a start'), start: name.start, end: name.end };
  }
  const value = cursor.atEnd() || cursor.isAt(',') ? cursor.missing('a start') : parseFormula(cursor);
  return { name, value, start: name.start, end: Math.max(cursor.end(), value.end) };
}

function parseCheck(cursor: Cursor, keyword: Token, line: Line): CheckStatement {
  cursor.next();
  const formula = cursor.atEnd() ? cursor.missing('a comparison') : parseComparison(cursor);
  const span = { start: keyword.start, end: cursor.end() };
  const comment = line.comment === undefined ? {} : { comment: line.comment };
  return { kind: 'check', keyword, formula, ...comment, ...span };
}

/** A formula, in which a single `=` is taken for `==`. */
function parseComparison(cursor: Cursor): Expression {
  const first = cursor.peek();
  if (first?.kind === 'name' && cursor.atStatement()) cursor.next();
  const left = first?.kind === 'name' && cursor.isAt('=') ? nameNode(first) : parseFormula(cursor);
  const equals = cursor.accept('=');
  if (equals === undefined) return left;
  cursor.problems.add('equals-inside', equals, {}, [replaceBy(equals, '==', 'Compare with `==`')]);
  const right = parseFormula(cursor);
  return { kind: 'comparison', operator: '==', left, right, start: left.start, end: right.end };
}

/** Reports what a statement is followed by and no statement has there, and returns what was probably meant. */
function reportRest(cursor: Cursor, statement: Statement, line: Line): Statement {
  const rest = cursor.peek();
  if (rest === undefined || statement.kind === 'unreadable' || cursor.atStatement()) return statement;
  const { problems } = cursor;
  if (cursor.isAt(')', ']')) {
    problems.add('unexpected-bracket', rest, { found: rest.text }, [
      replaceBy(rest, '', `Remove \`${rest.text}\``),
    ]);
  } else if (statement.kind === 'assignment' && cursor.isAt(',') && cursor.atStatement(1)) {
    const fix = insertAt(statement.start, 'parameters ', 'Write `parameters` before them');
    problems.add('starts-without-keyword', rest, {}, [fix]);
    return parseStarts(new Cursor(cursor.source, line, problems), { start: line.start, end: line.start });
  } else if (rest.kind !== 'unknown') {
    const place = { start: rest.start, end: cursor.skipRest() };
    problems.add('unexpected-text', place, cursor.textOf(place));
  }
  return statement;
}

/** A line that begins nearly like a statement. */
function parseMended(cursor: Cursor, line: Line): Statement | undefined {
  const { tokens } = line;
  const [first, second] = tokens;
  const equals = tokens.findIndex((token) => isSign(token, '='));
  const words = tokens.slice(0, Math.max(1, equals));
  const name = words.map((token) => token.text).join('_');
  if (first.kind !== 'name' || second === undefined) return undefined;
  if (equals === 2 && /^param/i.test(first.text)) {
    const fix = replaceBy(first, 'parameters', 'Write `parameters`');
    cursor.problems.add('statement-expected', first, cursor.textOf(first), [fix]);
    return parseParameters(cursor, first);
  }
  if (!isSetting(name) || second.kind === 'operator') return undefined;
  const place = { start: first.start, end: words.at(-1)?.end ?? first.end };
  if (equals === -1) {
    cursor.problems.add('missing-equals', first, { name }, [insertAt(first.end, ' =', 'Insert `=`')]);
    cursor.next();
  } else {
    const fix = replaceBy(place, name, `Write \`${name}\``);
    cursor.problems.add('statement-expected', place, cursor.textOf(place), [fix]);
    for (let count = 0; count <= equals; count += 1) cursor.next();
  }
  const value = parseValue(cursor, name);
  const end = Math.max(cursor.end(), value.end);
  return { kind: 'assignment', name: { kind: 'name', name, ...place }, value, start: place.start, end };
}

/** A line that no statement begins like. */
function reportUnreadable(cursor: Cursor, line: Line): Statement {
  const { tokens, start, end } = line;
  const [first, second] = tokens;
  if (first.kind === 'column' && isSign(second, '=')) {
    cursor.problems.add('column-defined', first, { column: first.text });
  } else if (first.kind === 'name' && second === undefined) {
    cursor.problems.add('missing-equals', first, { name: first.text });
  } else if (tokens.some((token) => token.kind !== 'unknown')) {
    cursor.problems.add('statement-expected', line, cursor.textOf(line));
  }
  return { kind: 'unreadable', start, end };
}

function reportFlaws(cursor: Cursor, line: Line): void {
  for (const token of line.tokens) {
    const { flaw } = token;
    if (flaw === undefined || cursor.absorbed.has(token)) continue;
    reportFlaw(cursor, token, flaw);
  }
}

function reportFlaw(cursor: Cursor, token: Token, flaw: NonNullable<Token['flaw']>): void {
  const written = cursor.textOf(token);
  switch (flaw.kind) {
    case 'character': {
      const { replacement } = flaw;
      const title =
        replacement === '' ? `Remove \`${written.text}\`` : `Write \`${(replacement ?? '').trim()}\``;
      const fixes = replacement === undefined ? [] : [replaceBy(token, replacement, title)];
      cursor.problems.add('unexpected-character', token, written, fixes);
      break;
    }
    case 'unclosed':
      cursor.problems.add('missing-quote', token, { quote: flaw.closer }, [
        insertAt(token.end, flaw.closer, `Insert \`${flaw.closer}\``),
      ]);
      break;
    case 'overflow':
      cursor.problems.add('number-overflow', token, written);
      break;
    case 'reported':
      break;
  }
}
