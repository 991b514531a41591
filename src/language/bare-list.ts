import type { Cursor } from './cursor.ts';
import { isCloser, isOpener, isSign } from './layout.ts';
import { parseFormula, parseItems } from './parse-formula.ts';
import { surround } from './problems.ts';
import type { Expression, ListNode, Value } from './syntax.ts';
import { settingsByName } from './words/words.ts';

/** Reads `0.1, 0.2` on from its first comma as the list that it is meant for, where the name makes a sweep of one. */
export function listBehind(cursor: Cursor, name: string, first: Value): Value {
  if (!canSweep(name) || !isItem(first) || !itemFollows(cursor)) return first;
  const items: Expression[] = [first];
  const { count } = cursor.problems;
  while (itemFollows(cursor)) {
    cursor.next();
    items.push(parseFormula(cursor));
  }
  if (cursor.isAt(',') && cursor.peek(1) === undefined) cursor.next();
  const place = { start: first.start, end: cursor.end() };
  const isSound = cursor.problems.count === count && (cursor.atEnd() || cursor.atStatement(1));
  const fix = isSound ? surround(place, '[', ']', 'Put them into square brackets') : undefined;
  cursor.problems.add('list-without-brackets', place, {}, [fix]);
  return { kind: 'list', items, ...place };
}

function canSweep(name: string): boolean {
  return settingsByName.get(name)?.sweeps === true;
}

function isItem(value: Value): value is Expression {
  return !['list', 'table', 'axes', 'missing', 'text'].includes(value.kind);
}

/** True at a comma with an item behind it; a comma between digits is one in a number. */
function itemFollows(cursor: Cursor): boolean {
  const comma = cursor.peek();
  const next = cursor.peek(1);
  if (!isSign(comma, ',') || next === undefined || cursor.atStatement(1)) return false;
  return next.kind !== 'number' || next.start > (comma?.end ?? 0);
}

/** Reads `(0.1, 0.2)` as the list that it is meant for, where the name makes a sweep of one. */
export function parseTuple(cursor: Cursor, name: string): ListNode | undefined {
  const opened = cursor.peek();
  if (opened === undefined || !canSweep(name) || !isTuple(cursor)) return undefined;
  const items: Expression[] = [];
  cursor.openBracket();
  parseItems(cursor, ')', () => items.push(parseFormula(cursor)));
  const closed = cursor.closeBracket(opened);
  const place = { start: opened.start, end: cursor.end() };
  const edits = [
    { start: opened.start, end: opened.end, text: '[' },
    { start: closed.start, end: closed.end, text: ']' },
  ];
  cursor.problems.add('list-without-brackets', place, {}, [{ title: 'Write square brackets', edits }]);
  return { kind: 'list', items, ...place };
}

/** True at a bracket with commas of its own that holds all that is left of the line. */
function isTuple(cursor: Cursor): boolean {
  if (!cursor.isAt('(')) return false;
  let depth = 0;
  let hasComma = false;
  for (let ahead = 0; ; ahead += 1) {
    const token = cursor.peek(ahead);
    if (token === undefined) return false;
    if (isOpener(token)) depth += 1;
    if (isCloser(token)) depth -= 1;
    if (depth === 1 && isSign(token, ',')) hasComma = true;
    if (depth === 0) return hasComma && isSign(token, ')') && cursor.peek(ahead + 1) === undefined;
  }
}
