import type { Span } from '../../kernel/index.ts';
import { scan, type Token } from '../scanner.ts';
import { keywordsByName } from '../words/words.ts';
import { occurrencesIn, type Occurrence } from './occurrences.ts';

/** The kinds of token that a cell has, by the names that editors give their colours to. */
export const semanticTokenTypes = [
  'comment',
  'string',
  'number',
  'operator',
  'keyword',
  'function',
  'parameter',
  'variable',
  'property',
  'enumMember',
] as const;

export const semanticTokenModifiers = ['declaration', 'readonly', 'defaultLibrary'] as const;

export interface SemanticToken extends Span {
  readonly type: (typeof semanticTokenTypes)[number];
  readonly modifiers: readonly (typeof semanticTokenModifiers)[number][];
}

/** What every token of a cell is, in the order of the text; no token crosses a line end. */
export function semanticTokens(source: string, columns?: readonly string[]): SemanticToken[] {
  const names = new Map(occurrencesIn(source, columns).map((occurrence) => [occurrence.start, occurrence]));
  return scan(source).flatMap((token) => {
    const place = { start: token.start, end: token.end };
    if (place.start === place.end) return [];
    const occurrence = names.get(token.start);
    const described = occurrence === undefined ? describeToken(token) : describeName(occurrence);
    return described === undefined ? [] : [{ ...described, ...place }];
  });
}

type Description = Omit<SemanticToken, keyof Span>;

function describeToken({ kind, text }: Token): Description | undefined {
  switch (kind) {
    case 'comment':
      return { type: 'comment', modifiers: [] };
    case 'text':
      return { type: 'string', modifiers: [] };
    case 'number':
      return { type: 'number', modifiers: [] };
    case 'operator':
      return { type: 'operator', modifiers: [] };
    case 'column':
      return { type: 'property', modifiers: ['readonly'] };
    case 'name':
      return keywordsByName.has(text) || text === 'each' || text === 'step' || text === 'table'
        ? { type: 'keyword', modifiers: [] }
        : { type: 'variable', modifiers: [] };
    case 'newline':
    case 'unknown':
      return undefined;
  }
}

function describeName({ meaning, declares }: Occurrence): Description {
  switch (meaning) {
    case 'parameter':
      return { type: 'parameter', modifiers: declares ? ['declaration'] : [] };
    case 'definition':
    case 'memory':
    case 'unknown':
      return { type: 'variable', modifiers: declares ? ['declaration'] : [] };
    case 'column':
      return { type: 'property', modifiers: ['readonly'] };
    case 'function':
      return { type: 'function', modifiers: ['defaultLibrary'] };
    case 'word':
      return { type: 'enumMember', modifiers: ['defaultLibrary'] };
    case 'setting':
      return { type: 'property', modifiers: ['defaultLibrary'] };
    case 'reserved':
      return { type: 'variable', modifiers: ['readonly', 'defaultLibrary'] };
  }
}
