import { isCloser, isSign } from './layout.ts';
import type { Token } from './scanner.ts';

/** The name of a column that is looked for has no more words than this. */
const mostWords = 8;

const severalWords = /^[\p{L}\p{N}_]+(?: [\p{L}\p{N}_]+)+$/u;

/**
 * The tokens of a cell, those of them as one that together are the name of a column, of the data file or in backticks
 * elsewhere in the cell. In nothing that can be read do two words follow each other where a formula has an operand.
 */
export function joinColumns(source: string, tokens: readonly Token[], columns: readonly string[]): Token[] {
  const quoted = tokens.flatMap((token) => (token.kind === 'column' ? [token.text] : []));
  const names = new Set([...columns, ...quoted].filter((name) => severalWords.test(name)));
  const joined: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    const words = names.size > 0 && standsBehindSign(tokens, index) ? wordsFrom(tokens, index) : [];
    const column = longestColumn(source, words, names);
    joined.push(column ?? token);
    if (column !== undefined) index += words.findIndex(({ end }) => end === column.end);
  }
  return joined;
}

function standsBehindSign(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.kind === 'operator' && !isCloser(before);
}

function wordsFrom(tokens: readonly Token[], index: number): Token[] {
  const some = tokens.slice(index, index + mostWords);
  const behind = some.findIndex(({ kind }) => kind !== 'name' && kind !== 'number');
  const words = behind === -1 ? some : some.slice(0, behind);
  // The word before an `=` begins another statement.
  return isSign(tokens[index + words.length], '=') ? words.slice(0, -1) : words;
}

function longestColumn(
  source: string,
  words: readonly Token[],
  names: ReadonlySet<string>,
): Token | undefined {
  const [first] = words;
  if (first === undefined) return undefined;
  for (const { end } of words.slice(1).reverse()) {
    const text = source.slice(first.start, end).replace(/\s+/g, ' ').normalize('NFC');
    if (names.has(text)) return { kind: 'column', text, start: first.start, end, flaw: { kind: 'bare' } };
  }
  return undefined;
}
