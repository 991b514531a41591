import type { Cursor } from './cursor.ts';
import { hasHole } from './foreign-words.ts';
import { isSign } from './layout.ts';
import { replaceBy } from './problems.ts';
import type { Token } from './scanner.ts';
import { unwrap, type Expression } from './syntax.ts';

/** The `:` of a choice is looked for so many tokens behind its `?`. */
const furthest = 200;

/** True behind the condition of `condition ? a : b`. */
export function atChoice(cursor: Cursor): boolean {
  const sign = cursor.peek();
  if (sign?.kind !== 'unknown' || sign.text !== '?') return false;
  for (let ahead = 1; ahead < furthest; ahead += 1) if (isSign(cursor.peek(ahead), ':')) return true;
  return false;
}

/** Reports the `?` of a choice, with the fix that writes the whole with a function. */
export function reportChoice(cursor: Cursor, sign: Token, parts: readonly Expression[]): void {
  const place = { start: parts[0]?.start ?? sign.start, end: cursor.end() };
  const texts = parts.map((part) => cursor.textOf(unwrap(part)).text);
  const fix = parts.some(hasHole)
    ? undefined
    : replaceBy(place, `where(${texts.join(', ')})`, 'Write `where(...)`');
  cursor.absorbed.add(sign);
  cursor.problems.add('foreign-word', sign, { text: sign.text, instead: '`where(condition, a, b)`' }, [fix]);
}
