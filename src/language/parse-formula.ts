import type { ComparisonOperator, Span } from '../kernel/index.ts';
import { atChoice, reportChoice } from './choice.ts';
import { beginsOperand, type Cursor } from './cursor.ts';
import { acceptGradientOf, foreignWordAt, isNot, reportForeignWords, skipModules } from './foreign-words.ts';
import { skipArgumentName } from './named-argument.ts';
import { insertAt, replaceBy } from './problems.ts';
import type { Token } from './scanner.ts';
import { readNumber } from './spaced-number.ts';
import type { Expression, ListNode, NameNode } from './syntax.ts';
import { functionsByName } from './words/words.ts';
import { unchain } from './write-checks.ts';

/**
 * Reads a formula; what is missing becomes a hole, what is out of place is reported and left to the caller.
 *
 * @param place whether it is what a check holds, which is mended otherwise
 */
export function parseFormula(cursor: Cursor, place: 'formula' | 'check' = 'formula'): Expression {
  const first = parseComparison(cursor, place);
  if (atChoice(cursor)) return parseChoice(cursor, first);
  const operands = [first];
  const words: Token[] = [];
  for (let word = foreignWordAt(cursor); word !== undefined; word = foreignWordAt(cursor)) {
    words.push(word);
    if (!cursor.allows(words.length, word)) break;
    cursor.next();
    operands.push(parseComparison(cursor, 'formula'));
  }
  if (words.length === 0) return first;
  const isCheck = isWholeCheck(cursor, place);
  reportForeignWords(cursor, { operands, words, isCheck });
  const span = { start: first.start, end: cursor.end() };
  const product = wordChain(operands, span);
  if (!isCheck) return product;
  const right: Expression = { kind: 'number', value: 1, start: span.end, end: span.end };
  return { kind: 'comparison', operator: '==', left: product, right, ...span };
}

/** Reads `condition ? a : b` on from its `?`, with what the tree has for words of other languages. */
function parseChoice(cursor: Cursor, condition: Expression): Expression {
  const sign = cursor.next();
  if (sign === undefined) return condition;
  const operands = [condition];
  if (cursor.enter('bracket', sign)) {
    operands.push(parseFormula(cursor));
    operands.push(cursor.accept(':') === undefined ? cursor.hole() : parseFormula(cursor));
  }
  cursor.leave('bracket');
  reportChoice(cursor, sign, operands);
  return wordChain(operands, { start: condition.start, end: cursor.end() });
}

function wordChain(operands: readonly Expression[], span: Span): Expression {
  const factors = operands.map((operand) => ({ inverse: false, operand }));
  return { kind: 'product', factors, isWordChain: true, ...span };
}

/** True where a check holds nothing behind what has been read of it. */
function isWholeCheck(cursor: Cursor, place: 'formula' | 'check'): boolean {
  return place === 'check' && (cursor.atEnd() || cursor.atStatement());
}

function parseComparison(cursor: Cursor, use: 'formula' | 'check'): Expression {
  const problemsBefore = cursor.problems.count;
  const first = parseSum(cursor);
  const parts: Expression[] = [first];
  const operators: ComparisonOperator[] = [];
  for (let operator = comparisonAt(cursor); operator !== undefined; operator = comparisonAt(cursor)) {
    cursor.next();
    operators.push(operator);
    parts.push(parseSum(cursor));
  }
  const [operator] = operators;
  const [, second, ...others] = parts;
  if (operator === undefined || second === undefined) return first;
  const place = { start: first.start, end: cursor.end() };
  if (others.length === 0) return { kind: 'comparison', operator, left: first, right: second, ...place };
  const isCheck = isWholeCheck(cursor, use);
  const areSound = cursor.problems.count === problemsBefore;
  cursor.problems.add('chained-comparison', place, {}, () => [
    areSound ? unchain(cursor.source, parts, operators, isCheck) : undefined,
  ]);
  const factors = [second, ...others].map((operand) => ({ inverse: false, operand }));
  const right: Expression = { kind: 'product', factors, start: second.start, end: place.end };
  return { kind: 'comparison', operator, left: first, right, ...place };
}

/** Reads `[a, b, c]`; the cursor is at the opening bracket. */
function parseList(cursor: Cursor): ListNode {
  const opened = cursor.peek() ?? cursor.here();
  const items: Expression[] = [];
  if (cursor.enter('bracket', opened)) {
    cursor.openBracket();
    parseItems(cursor, ']', () => items.push(parseFormula(cursor)));
    cursor.closeBracket(opened);
  }
  cursor.leave('bracket');
  return { kind: 'list', items, start: opened.start, end: cursor.end() };
}

/** Calls `parseItem` for each item up to the closing bracket, and returns where the commas stand. */
export function parseItems(cursor: Cursor, closer: string, parseItem: () => unknown): number[] {
  const commas: number[] = [];
  while (!cursor.atEnd() && !cursor.isAt(closer)) {
    const before = cursor.peek();
    parseItem();
    if (closer === ']' && cursor.peek() !== before && operandFollows(cursor)) {
      reportMissingComma(cursor);
      continue;
    }
    cursor.skipToNext();
    const comma = cursor.accept(',');
    if (comma !== undefined) commas.push(comma.start);
    else if (cursor.peek() === before || cursor.isAt(')', ']')) break;
  }
  return commas;
}

function comparisonAt(cursor: Cursor): ComparisonOperator | undefined {
  const token = cursor.peek();
  if (token?.kind !== 'operator') return undefined;
  switch (token.text) {
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '!=':
      return token.text;
    default:
      return undefined;
  }
}

function parseSum(cursor: Cursor): Expression {
  const first = parseProduct(cursor);
  const terms = [{ negative: false, operand: first }];
  while (cursor.isAt('+', '-')) {
    const negative = cursor.next()?.text === '-';
    terms.push({ negative, operand: parseProduct(cursor) });
  }
  return terms.length === 1 ? first : { kind: 'sum', terms, start: first.start, end: cursor.end() };
}

function parseProduct(cursor: Cursor): Expression {
  const first = parseUnary(cursor);
  const factors = [{ inverse: false, operand: first }];
  for (;;) {
    if (cursor.isAt('*', '/')) {
      const inverse = cursor.next()?.text === '/';
      factors.push({ inverse, operand: parseUnary(cursor) });
    } else if (!atChoice(cursor) && skipUnknown(cursor) && operandFollows(cursor)) {
      factors.push({ inverse: false, operand: parseUnary(cursor) });
    } else if (operandFollows(cursor) && !separatesItems(cursor)) {
      reportMissingOperator(cursor);
      factors.push({ inverse: false, operand: parseUnary(cursor) });
    } else {
      return factors.length === 1
        ? first
        : { kind: 'product', factors, start: first.start, end: cursor.end() };
    }
  }
}

/** True at an operand that follows another with no sign between them. */
function operandFollows(cursor: Cursor): boolean {
  return !cursor.atStatement() && foreignWordAt(cursor) === undefined && beginsOperand(cursor.peek());
}

/** In a list a space between two operands stands for a forgotten comma, not for a forgotten sign. */
function separatesItems(cursor: Cursor): boolean {
  return cursor.isInsideList() && (cursor.peek()?.start ?? 0) > cursor.end();
}

/** Passes over characters that the scanner has already complained of. */
function skipUnknown(cursor: Cursor): boolean {
  const before = cursor.peek();
  while (cursor.peek()?.kind === 'unknown' && !isNot(cursor) && foreignWordAt(cursor) === undefined)
    cursor.next();
  return cursor.peek() !== before;
}

/** Reports that a comma is missing before what the cursor is at. */
export function reportMissingComma(cursor: Cursor): void {
  const token = cursor.peek();
  if (token === undefined) return;
  const place = { start: cursor.end(), end: token.end };
  cursor.problems.add('missing-comma', place, cursor.textOf(token), [
    insertAt(cursor.end(), ',', 'Insert `,`'),
  ]);
}

function reportMissingOperator(cursor: Cursor): void {
  const token = cursor.peek();
  if (token === undefined) return;
  const place = { start: cursor.end(), end: token.end };
  const fix = insertAt(cursor.end(), token.start === cursor.end() ? '*' : ' *', 'Insert `*`');
  cursor.problems.add('missing-operator', place, cursor.textOf(token), [fix]);
}

function parseUnary(cursor: Cursor): Expression {
  const start = cursor.peek()?.start ?? cursor.end();
  let negative = false;
  while (cursor.isAt('-', '+')) negative = (cursor.next()?.text === '-') !== negative;
  const operand = parsePower(cursor);
  return negative ? { kind: 'negation', operand, start, end: operand.end } : operand;
}

function parsePower(cursor: Cursor): Expression {
  const base = parseAtom(cursor);
  const sign = cursor.accept('^');
  if (sign === undefined) return base;
  const exponent = cursor.enter('exponent', sign)
    ? parseUnary(cursor)
    : cursor.missing('a number, a name or a bracket');
  cursor.leave('exponent');
  return { kind: 'power', base, exponent, start: base.start, end: Math.max(base.end, exponent.end) };
}

function parseAtom(cursor: Cursor): Expression {
  skipUnknown(cursor);
  const token = cursor.peek();
  if (token !== undefined && isNot(cursor)) return parseNot(cursor, token);
  if (token === undefined || cursor.atStatement()) return cursor.missing('a number, a name or a bracket');
  const span = { start: token.start, end: token.end };
  switch (token.kind) {
    case 'number':
      return readNumber(cursor, token);
    case 'column':
      cursor.next();
      return { kind: 'column', column: token.text, ...span };
    case 'text':
      cursor.next();
      return { kind: 'text', text: token.text, ...span };
    case 'name':
      cursor.next();
      return acceptGradientOf(cursor, token) ?? parseNamed(cursor, nameNode(skipModules(cursor, token)));
    default:
      if (cursor.isAt('(')) return parseGroup(cursor, token);
      if (cursor.isAt('[')) return parseList(cursor);
      return cursor.missing('a number, a name or a bracket');
  }
}

/** `!w`, read as `(w == 0)`. */
function parseNot(cursor: Cursor, sign: Token): Expression {
  cursor.absorbed.add(sign);
  cursor.next();
  const left = parseAtom(cursor);
  const span = { start: sign.start, end: left.end };
  const text = `(${cursor.textOf(left).text} == 0)`;
  const fix = replaceBy(span, text, `Write \`${text}\``);
  cursor.problems.add('unexpected-character', sign, cursor.textOf(sign), [fix]);
  const right: Expression = { kind: 'number', value: 0, start: left.end, end: left.end };
  return { kind: 'group', inner: { kind: 'comparison', operator: '==', left, right, ...span }, ...span };
}

function parseNamed(cursor: Cursor, name: NameNode): Expression {
  if (cursor.isAt('(')) return parseCall(cursor, name);
  const takesOne = functionsByName.get(name.name)?.required === 1;
  return takesOne && operandFollows(cursor) ? parseBareCall(cursor, name) : name;
}

/** `sin w`, read as `sin(w)`. */
function parseBareCall(cursor: Cursor, name: NameNode): Expression {
  const place = { start: name.start, end: cursor.end() };
  if (!cursor.enter('bracket', place)) return cursor.hole();
  const operand = parsePower(cursor);
  cursor.leave('bracket');
  const { text } = cursor.textOf(operand);
  const span = { start: name.start, end: Math.max(cursor.end(), operand.end) };
  cursor.problems.add('function-without-brackets', place, { name: name.name }, [
    replaceBy(span, `${name.name}(${text})`, `Write \`${name.name}(${text})\``),
  ]);
  return { kind: 'call', name, arguments: [operand], commas: [], inside: operand, ...span };
}

/** The name that a token is. */
export function nameNode(token: Token): NameNode {
  return { kind: 'name', name: token.text, start: token.start, end: token.end };
}

function parseGroup(cursor: Cursor, opened: Token): Expression {
  let inner: Expression;
  if (cursor.enter('bracket', opened)) {
    cursor.openBracket();
    inner = parseFormula(cursor);
    cursor.closeBracket(opened);
  } else {
    inner = cursor.missing('a number, a name or a bracket');
  }
  cursor.leave('bracket');
  return { kind: 'group', inner, start: opened.start, end: cursor.end() };
}

function parseCall(cursor: Cursor, name: NameNode): Expression {
  const opened = cursor.peek() ?? cursor.here();
  const parts: Expression[] = [];
  let commas: number[] = [];
  let inside = { start: opened.end, end: opened.end };
  if (cursor.enter('bracket', opened)) {
    cursor.openBracket();
    commas = parseItems(cursor, ')', () => {
      skipArgumentName(cursor, name.name, parts.length);
      parts.push(parseFormula(cursor));
    });
    inside = { start: opened.end, end: Math.max(opened.end, cursor.closeBracket(opened).start) };
  }
  cursor.leave('bracket');
  return { kind: 'call', name, arguments: parts, commas, inside, start: name.start, end: cursor.end() };
}
