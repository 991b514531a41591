import { beginsOperand, type Cursor } from './cursor.ts';
import { isCloser } from './layout.ts';
import { replaceBy, type Fix } from './problems.ts';
import type { Token } from './scanner.ts';
import { hasPart, type Expression, type NameNode } from './syntax.ts';
import { replaceInCheck, writeChecks } from './write-checks.ts';

/** Words that Python has between operands, with what stands in their place here. */
const foreignWords: ReadonlyMap<string, string> = new Map([
  ['and', '`(a < b) * (c < d)`'],
  ['or', '`max(a < b, c < d)`'],
  ['if', '`where(condition, a, b)`'],
  ['else', '`where(condition, a, b)`'],
]);

/** The signs that other languages have for two of these words. */
const wordsOfSigns: ReadonlyMap<string, string> = new Map([
  ['&&', 'and'],
  ['&', 'and'],
  ['||', 'or'],
  ['|', 'or'],
]);

const modules: ReadonlySet<string> = new Set(['np', 'numpy', 'torch', 'math', 'tf', 'jnp', 'nn', 'F']);

const tables: ReadonlySet<string> = new Set(['data', 'df', 'table']);

/** The word or sign at the cursor, if it is one that other languages have between operands. */
export function foreignWordAt(cursor: Cursor): Token | undefined {
  const token = cursor.peek();
  if (token === undefined || !isForeign(cursor, token)) return undefined;
  return token;
}

function isForeign(cursor: Cursor, token: Token): boolean {
  if (token.kind === 'name') return foreignWords.has(token.text) && !cursor.atStatement();
  // Two bars are about an absolute value.
  return token.kind === 'unknown' && wordsOfSigns.has(token.text) && (token.text !== '|' || cursor.hasOneBar);
}

/** The word that a word or a sign stands for. */
function wordOf({ text }: Token): string {
  return wordsOfSigns.get(text) ?? text;
}

/** Operands with such words between them. */
export interface WordChain {
  readonly operands: readonly Expression[];
  /** Each stands behind the operand of its index; what is behind the last may be too deep to be read. */
  readonly words: readonly Token[];
  /** True where they are all that a check holds. */
  readonly isCheck: boolean;
}

/** Reports the words between operands, all with the fix that writes the whole without them. */
export function reportForeignWords(cursor: Cursor, chain: WordChain): void {
  const fixes = [fixOf(cursor, chain)];
  const inChecks = chain.isCheck && isConjunction(chain);
  let choices = 0;
  for (const word of chain.words) {
    cursor.absorbed.add(word);
    if (word.text === 'if') choices += 1;
    if (word.text === 'else' && choices > 0) {
      choices -= 1;
      continue;
    }
    const instead = inChecks ? 'a `check` for each comparison' : (foreignWords.get(wordOf(word)) ?? '');
    cursor.problems.add('foreign-word', word, { text: word.text, instead }, fixes);
  }
}

function isConjunction({ words }: WordChain): boolean {
  return words.every((word) => wordOf(word) === 'and');
}

function fixOf(cursor: Cursor, chain: WordChain): Fix | undefined {
  const { operands, words, isCheck } = chain;
  const place = { start: operands[0]?.start ?? cursor.end(), end: cursor.end() };
  const texts = operands.map((operand) => cursor.textOf(operand).text);
  const areWhole = operands.length > words.length && !operands.some(hasHole);
  if (!areWhole) return undefined;
  if (isCheck && isConjunction(chain)) return writeChecks(cursor.source, place, texts);
  const rewritten = new Rewriting(texts, words.map(wordOf)).whole();
  if (rewritten === undefined) return undefined;
  if (!isCheck) return replaceBy(place, rewritten, `Write \`${rewritten}\``);
  const text = `${rewritten} == 1`;
  return replaceInCheck(cursor.source, place, text, `Write \`${text}\``);
}

/** True where something is missing in a formula. */
export function hasHole(expression: Expression): boolean {
  return hasPart(expression, ({ kind }) => kind === 'missing');
}

/** Puts functions and products in the place of words, which bind as they do in Python. */
class Rewriting {
  private index = 0;
  private readonly operands: readonly string[];
  private readonly words: readonly string[];

  constructor(operands: readonly string[], words: readonly string[]) {
    this.operands = operands;
    this.words = words;
  }

  /** The whole, or `undefined` where an `if` has no `else`, or an `else` no `if`. */
  whole(): string | undefined {
    const text = this.choice();
    return this.index === this.words.length ? text : undefined;
  }

  private choice(): string | undefined {
    const chosen = this.disjunction();
    if (!this.accept('if')) return chosen;
    const condition = this.disjunction();
    const otherwise = this.accept('else') ? this.choice() : undefined;
    return otherwise && `where(${condition}, ${chosen}, ${otherwise})`;
  }

  private disjunction(): string {
    const parts = [this.conjunction()];
    while (this.accept('or')) parts.push(this.conjunction());
    const [only = ''] = parts;
    return parts.length === 1 ? only : `max(${parts.join(', ')})`;
  }

  private conjunction(): string {
    const parts = [this.operand()];
    while (this.accept('and')) parts.push(this.operand());
    const [only = ''] = parts;
    return parts.length === 1 ? only : parts.map((part) => `(${part})`).join(' * ');
  }

  private operand(): string {
    return this.operands[this.index] ?? '';
  }

  private accept(word: string): boolean {
    if (this.words[this.index] !== word) return false;
    this.index += 1;
    return true;
  }
}

/** `w.grad`, read as `gradient`; the cursor is behind the name `w`. */
export function acceptGradientOf(cursor: Cursor, name: Token): NameNode | undefined {
  const dot = cursor.peek();
  const member = cursor.peek(1);
  if (dot?.text !== '.' || dot.start !== name.end || member?.text !== 'grad') return undefined;
  cursor.absorbed.add(dot);
  cursor.next();
  cursor.next();
  const place = { start: name.start, end: member.end };
  const fix = replaceBy(place, 'gradient', 'Write `gradient`');
  cursor.problems.add('gradient-of', place, cursor.textOf(place), [fix]);
  return { kind: 'name', name: 'gradient', ...place };
}

/** Takes `np.` before a function or `data.` before a column, reporting it; the cursor is behind the name `np`. */
export function skipModules(cursor: Cursor, name: Token): Token {
  let last = name;
  for (;;) {
    const dot = cursor.peek();
    const member = cursor.peek(1);
    const isMember =
      dot?.kind === 'unknown' && dot.text === '.' && dot.start === last.end && member?.start === dot.end;
    const isTable = tables.has(last.text);
    if (!isMember || member.kind !== 'name' || !(isTable || modules.has(last.text))) return last;
    cursor.absorbed.add(dot);
    cursor.next();
    cursor.next();
    const prefix = { start: last.start, end: dot.end };
    const fix = replaceBy(prefix, '', `Remove \`${cursor.textOf(prefix).text}\``);
    cursor.problems.add('module-prefix', prefix, { ...cursor.textOf(prefix), isTable }, [fix]);
    last = member;
  }
}

/** True at the `!` of other languages before what it negates; behind an operand it would be a factorial. */
export function isNot(cursor: Cursor): boolean {
  const before = cursor.peek(-1);
  const sign = cursor.peek();
  const next = cursor.peek(1);
  if (sign?.kind !== 'unknown' || sign.text !== '!' || next?.start !== sign.end) return false;
  const isBehindOperand = before?.end === sign.start && (before.kind !== 'operator' || isCloser(before));
  return !isBehindOperand && next.kind !== 'number' && beginsOperand(next);
}
