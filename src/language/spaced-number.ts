import type { Cursor } from './cursor.ts';
import { replaceBy } from './problems.ts';
import type { Token } from './scanner.ts';
import type { Expression } from './syntax.ts';

/** The number at the cursor, taken whole and reported where spaces part its thousands: `12 000`. */
export function readNumber(cursor: Cursor, token: Token): Expression {
  cursor.next();
  const digits = [token.text];
  for (let last = token; mayContinue(cursor, token, last);) {
    const group = acceptGroup(cursor);
    if (group === undefined) break;
    digits.push(group.text);
    last = group;
  }
  const place = { start: token.start, end: cursor.end() };
  const text = digits.join('');
  if (digits.length > 1)
    cursor.problems.add('space-in-number', place, {}, [replaceBy(place, text, `Write \`${text}\``)]);
  return { kind: 'number', value: Math.min(Number(text), Number.MAX_VALUE), ...place };
}

/** True behind one to three digits, and behind three that go on with such a number. */
function mayContinue({ source }: Cursor, first: Token, last: Token): boolean {
  const digits = source.slice(last.start, last.end);
  return last === first ? /^[1-9]\d{0,2}$/.test(digits) : !digits.includes('.');
}

/** In a list three digits behind a space are the next item with a comma forgotten, unless the first of them is 0. */
function acceptGroup(cursor: Cursor): Token | undefined {
  const next = cursor.peek();
  if (next?.kind !== 'number') return undefined;
  const group = cursor.isInsideList() ? /^[^\S\r\n]0\d\d(?:\.\d*)?$/ : /^[^\S\r\n]\d{3}(?:\.\d*)?$/;
  return group.test(cursor.source.slice(cursor.end(), next.end)) ? cursor.next() : undefined;
}
