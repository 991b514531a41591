import { listBehind, parseTuple } from './bare-list.ts';
import { Cursor } from './cursor.ts';
import { spaceBelow } from './into-block.ts';
import { isSign, type Line } from './layout.ts';
import { parseCallOfStep, parseCompound, parseMended, reportUnreadable } from './mend-statement.ts';
import { nameNode, parseFormula } from './parse-formula.ts';
import { parseParameters, skipSign } from './parse-parameters.ts';
import { parseValue } from './parse-value.ts';
import { replaceBy, type Problems } from './problems.ts';
import { reportFlaws, reportRest } from './report-line.ts';
import type { Token } from './scanner.ts';
import { indentationAt, lineEndOf } from './text-lines.ts';
import type { Assignment, CheckStatement, Expression, Statement } from './syntax.ts';
import { isReserved } from './words/words.ts';

const compoundSigns: ReadonlySet<string> = new Set(['+=', '-=', '*=', '/=']);

/**
 * Reads one line that is neither the head of a block nor in one: one statement, or several where line ends between
 * them are missing. What is reported is read as it was probably meant, so that one slip makes one problem.
 *
 * @param isBehindHead whether the line is what stands behind the colon of a block's head
 */
export function parseStatements(
  source: string,
  line: Line,
  problems: Problems,
  isBehindHead = false,
): Statement[] {
  const statements: Statement[] = [];
  for (let unread: Line | undefined = line; unread !== undefined && !problems.isFull;) {
    const cursor: Cursor = new Cursor(source, unread, problems);
    const statement = parseLine(cursor, unread);
    const { end } = cursor.here();
    if (partsStatements(cursor, statement)) cursor.next();
    const others: Line | undefined =
      statement.kind !== 'unreadable' && cursor.atStatement() ? cursor.restOfLine(unread) : undefined;
    if (others !== undefined) {
      const gap = { start: end, end: others.start };
      problems.add('two-statements', others.tokens[0], {}, () => {
        const space = isBehindHead ? spaceBelow(source, line.start) : indentationAt(source, line.start);
        return [replaceBy(gap, lineEndOf(source) + space, 'Begin a new line')];
      });
    }
    statements.push(reportRest(cursor, statement, unread));
    reportFlaws(cursor, unread.tokens.slice(0, unread.tokens.length - (others?.tokens.length ?? 0)));
    unread = others;
  }
  return statements;
}

/** True at a comma between statements that are no starts of parameters: `learning_rate = 0.1, steps = 10`. */
function partsStatements(cursor: Cursor, statement: Statement): boolean {
  if (!cursor.isAt(',') || !cursor.atStatement(1)) return false;
  if (statement.kind !== 'assignment') return true;
  return isReserved(statement.name.name) || isReserved(cursor.peek(1)?.text ?? '');
}

/** True for a line that gives starts, also with a sign behind the keyword: `parameters = w, b`. */
export function givesStarts({ tokens: [first, second, , fourth] }: Line): boolean {
  if (first.kind !== 'name' || first.text !== 'parameters') return false;
  return !isSign(second, '=') || isSign(fourth, '=') || isSign(fourth, ',');
}

function parseLine(cursor: Cursor, line: Line): Statement {
  const [first, second] = line.tokens;
  if (givesStarts(line)) return parseParameters(cursor, first);
  if (first.kind === 'name' && first.text === 'check' && !isSign(second, '='))
    return parseCheck(cursor, first, line);
  return (
    parseCallOfStep(cursor, line) ??
    parseAssignment(cursor, line) ??
    parseMended(cursor, line) ??
    reportUnreadable(cursor, line)
  );
}

function parseAssignment(cursor: Cursor, line: Line): Assignment | undefined {
  const [first, second] = line.tokens;
  if (first.kind !== 'name' || second?.kind !== 'operator' || !givesValue(second)) return undefined;
  const name = nameNode(first);
  cursor.next();
  if (compoundSigns.has(second.text)) return parseCompound(cursor, name, second);
  skipEquals(cursor, second);
  const value = parseTuple(cursor, name.name) ?? listBehind(cursor, name.name, parseValue(cursor, name.name));
  return { kind: 'assignment', name, value, start: name.start, end: Math.max(cursor.end(), value.end) };
}

/** True for a sign between a name and its value that can be meant so. */
function givesValue({ text }: Token): boolean {
  return ['=', '==', ':'].includes(text) || compoundSigns.has(text);
}

function skipEquals(cursor: Cursor, sign: Token): void {
  if (sign.text !== '=')
    cursor.problems.add('equals-expected', sign, { found: sign.text }, [replaceBy(sign, '=', 'Write `=`')]);
  cursor.next();
}

function parseCheck(cursor: Cursor, keyword: Token, line: Line): CheckStatement {
  cursor.next();
  skipSign(cursor, ':');
  const formula = cursor.atEnd() ? cursor.missing('a comparison') : parseComparison(cursor);
  const span = { start: keyword.start, end: cursor.end() };
  const comment = line.comment === undefined ? {} : { comment: line.comment };
  return { kind: 'check', keyword, formula, ...comment, ...span };
}

/** A formula, in which a single `=` is taken for `==`. */
function parseComparison(cursor: Cursor): Expression {
  const first = cursor.peek();
  if (first?.kind === 'name' && isSign(cursor.peek(1), '=')) cursor.next();
  const left = first?.kind === 'name' && cursor.isAt('=') ? nameNode(first) : parseFormula(cursor, 'check');
  const equals = cursor.accept('=');
  if (equals === undefined) return left;
  cursor.problems.add('equals-inside', equals, {}, [replaceBy(equals, '==', 'Compare with `==`')]);
  const right = parseFormula(cursor);
  return { kind: 'comparison', operator: '==', left, right, start: left.start, end: right.end };
}
