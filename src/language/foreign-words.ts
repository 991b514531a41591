import type { Span } from '../kernel/index.ts';
import type { Cursor } from './cursor.ts';
import { replaceBy } from './problems.ts';
import type { Token } from './scanner.ts';
import type { Expression } from './syntax.ts';

/** Words that Python has between operands, with what stands in their place here. */
const foreignWords: ReadonlyMap<string, string> = new Map([
  ['and', '`(a < b) * (c < d)`'],
  ['or', '`max(a < b, c < d)`'],
  ['if', '`where(condition, a, b)`'],
  ['else', '`where(condition, a, b)`'],
]);

const modules: ReadonlySet<string> = new Set(['np', 'numpy', 'torch', 'math', 'tf', 'jnp', 'nn', 'F']);

/** The word at the cursor, if it is one that Python has between operands. */
export function foreignWordAt(cursor: Cursor): Token | undefined {
  const token = cursor.peek();
  return token?.kind === 'name' && foreignWords.has(token.text) && !cursor.atStatement() ? token : undefined;
}

/** Reports a word between two operands, or the word that a whole `a if c else b` has. */
export function reportForeignWord(
  cursor: Cursor,
  word: Token,
  whole: Span,
  rewritten: string | undefined,
): void {
  const details = { text: word.text, instead: foreignWords.get(word.text) ?? '' };
  const fix = rewritten === undefined ? undefined : replaceBy(whole, rewritten, `Write \`${rewritten}\``);
  cursor.problems.add('foreign-word', word, details, [fix]);
}

/** How two operands with `and` or `or` between them are written. */
export function rewriteLogic(
  cursor: Cursor,
  word: string,
  left: Expression,
  right: Expression,
): string | undefined {
  const [a, b] = [left, right].map((part) => cursor.textOf(part).text);
  if (left.kind === 'missing' || right.kind === 'missing') return undefined;
  return word === 'and' ? `(${a ?? ''}) * (${b ?? ''})` : `max(${a ?? ''}, ${b ?? ''})`;
}

/** Takes `np.` before a function, reporting it; the cursor is behind the name `np`. */
export function skipModule(cursor: Cursor, name: Token): Token {
  const dot = cursor.peek();
  const member = cursor.peek(1);
  const isMember =
    dot?.kind === 'unknown' && dot.text === '.' && dot.start === name.end && member?.start === dot.end;
  if (!isMember || member.kind !== 'name' || !modules.has(name.text)) return name;
  cursor.absorbed.add(dot);
  cursor.next();
  cursor.next();
  const prefix = { start: name.start, end: dot.end };
  const fix = replaceBy(prefix, '', `Remove \`${cursor.textOf(prefix).text}\``);
  cursor.problems.add('module-prefix', prefix, cursor.textOf(prefix), [fix]);
  return skipModule(cursor, member);
}
