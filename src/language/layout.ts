import type { Span } from '../kernel/index.ts';
import type { Token } from './scanner.ts';

/** One statement's tokens: a line of the cell, or several where brackets are open across line ends. */
export interface Line extends Span {
  readonly tokens: readonly [Token, ...Token[]];
  /** The columns of space before its first token; a tab goes to the next multiple of 4. */
  readonly indent: number;
  /** The last comment on it. */
  readonly comment?: Token;
}

const tabWidth = 4;

/**
 * Parts the tokens of a cell into lines. Inside brackets a new line is a space, but a line that begins a statement
 * ends a bracket that was left open, so that a forgotten bracket does not swallow the rest of the cell.
 */
export function partIntoLines(source: string, tokens: readonly Token[]): Line[] {
  const lines: Line[] = [];
  let current: Token[] = [];
  let comment: Token | undefined;
  let openBrackets = 0;
  /** Where the text line begins that the next token stands on, and the one on which the current line began. */
  let textLine = 0;
  let lineStart = 0;
  const endLine = () => {
    const [first, ...rest] = current;
    const last = current.at(-1);
    if (first !== undefined && last !== undefined) {
      const indent = indentOf(source.slice(lineStart, first.start));
      const span = { start: first.start, end: last.end };
      lines.push({
        tokens: [first, ...rest],
        indent,
        ...span,
        ...(comment === undefined ? {} : { comment }),
      });
    }
    current = [];
    comment = undefined;
    openBrackets = 0;
  };
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'newline') {
      if (token.flaw === undefined) textLine = token.end;
      if (openBrackets === 0 || token.flaw !== undefined || beginsStatement(tokens, index + 1)) endLine();
    } else if (token.kind === 'comment') {
      comment = token;
    } else {
      if (isOpener(token)) openBrackets += 1;
      if (isCloser(token)) openBrackets = Math.max(0, openBrackets - 1);
      if (current.length === 0) lineStart = textLine;
      current.push(token);
    }
  }
  endLine();
  return lines;
}

function beginsStatement(tokens: readonly Token[], index: number): boolean {
  const first = tokens[index];
  if (first?.kind !== 'name') return false;
  return keywords.has(first.text) || isSign(tokens[index + 1], '=');
}

const keywords: ReadonlySet<string> = new Set(['parameters', 'for', 'check']);

/** True where a line begins as the head of a block does, here or in other languages. */
export function beginsBlock(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const beginsLine = (tokens[index - 1]?.kind ?? 'newline') === 'newline';
  const next = tokens[index + 1];
  if (!beginsLine || token?.kind !== 'name') return false;
  if (/^(?:while|repeat)$/i.test(token.text))
    return next?.kind === 'number' || next?.kind === 'name' || isSign(next, '(');
  return /^for$/i.test(token.text) && !isSign(next, '=');
}

/** True where a token is this sign, as the language spells it. */
export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'operator' && token.text === sign;
}

/** True for `(` and `[`. */
export function isOpener(token: Token): boolean {
  return isSign(token, '(') || isSign(token, '[');
}

/** True for `)` and `]`. */
export function isCloser(token: Token): boolean {
  return isSign(token, ')') || isSign(token, ']');
}

/** The columns of space at the beginning of a text. */
export function indentOf(space: string): number {
  let indent = 0;
  for (const character of space) {
    if (!/[\s\u0085]/u.test(character)) return indent;
    indent = character === '\t' ? (Math.floor(indent / tabWidth) + 1) * tabWidth : indent + 1;
  }
  return indent;
}
