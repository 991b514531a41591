import type { Span } from '../kernel/index.ts';

export type TokenKind =
  'newline' | 'comment' | 'number' | 'name' | 'column' | 'text' | 'operator' | 'unknown';

/** What is wrong with a token that could still be read, and what should stand in its place. */
export type Flaw =
  | { readonly kind: 'character'; readonly replacement?: string }
  | { readonly kind: 'unclosed'; readonly closer: string }
  | { readonly kind: 'overflow' }
  /** The name of a column that needs backticks and has none. */
  | { readonly kind: 'bare' }
  /** The second half of a sign that was read as two tokens; the first half carries the flaw. */
  | { readonly kind: 'reported' };

export interface Token extends Span {
  readonly kind: TokenKind;
  /** Names and columns in NFC and without backticks, texts without quotes, signs as the language spells them. */
  readonly text: string;
  readonly flaw?: Flaw;
}

/** The order matters: what stands later would eat too much of what stands earlier. */
const rules: readonly (readonly [TokenKind | 'space' | 'superscript' | 'fullwidth', RegExp])[] = [
  ['newline', /\r\n|\n|\r/y],
  ['space', /(?:[^\S\r\n]|\u0085)+/uy],
  ['comment', /#[^\r\n]*/y],
  // At the beginning of a line two slashes are a comment of other languages, elsewhere a mistaken division.
  ['comment', /(?=\/\/)(?<=(?:^|[\r\n])[^\S\r\n]*)\/\/[^\r\n]*/y],
  // So they are before two words in a row, which no formula has; the numbers keep the search short.
  [
    'comment',
    /\/\/(?=[^\S\r\n]{0,9}[\p{L}_][\p{L}\p{M}\p{Nd}_'’]{0,40}[^\S\r\n]{1,9}(?!(?:if|else|and|or)\b)[\p{L}\p{Nd}])[^\r\n]*/uy,
  ],
  ['operator', /\.\./y],
  ['number', /(?:\d(?:_?\d)*(?:\.(?!\.)(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][-+−]?\d+)?/y],
  ['name', /[\p{L}_][\p{L}\p{M}\p{Nd}_]*[₀-₉]*/uy],
  ['column', /`[^`\r\n]*`/y],
  ['text', /"[^"\r\n]*"|'[^'\r\n]*'|[“”„][^“”"\r\n]*[“”"]|[‘’‚][^‘’'\r\n]*[‘’']/y],
  // Without its end a text goes as far as it seems to have been meant.
  ['column', /`[^`\r\n#,:()[\]=+*^<>]*/y],
  ['text', /["'“”„‘’‚][^"'“”‘’\r\n#,()[\]]*/y],
  ['superscript', /[⁺⁻]?[⁰¹²³⁴-⁹]+/y],
  ['fullwidth', /[０-９]+/y],
  ['operator', /\*\*|[=!<>]=|<>|=[<>]|[-+*/:]=|\/\/|&&|\|\||<-|[-+*/^=<>()[\],:−×·⋅÷≤≥≠]/y],
  ['unknown', /[^]/uy],
];

/** Signs of printed mathematics that the language takes as they are. */
const printedSigns = new Map([
  ['**', '^'],
  ['−', '-'],
  ['×', '*'],
  ['·', '*'],
  ['⋅', '*'],
  ['÷', '/'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
]);

/** Signs that the language does not have, with the one that was meant. */
const mistakenSigns = new Map([
  ['–', '-'],
  ['—', '-'],
  ['//', '/'],
  ['∗', '*'],
  ['∙', '*'],
  ['∕', '/'],
  ['←', '='],
  ['<-', '='],
  [':=', '='],
  ['<>', '!='],
  ['=>', '>='],
  ['=<', '<='],
  ['√', 'sqrt'],
]);

const ofTheLanguage = /^(?:\.\.|[=!<>]=|[-+*/^=<>()[\],:])$/;

/**
 * Cuts a cell into tokens; spaces are left out. Every text can be scanned: what the language does not know becomes
 * a token with a flaw, as near as possible to what was meant. Time is linear in the length of the text.
 */
export function scan(source: string): Token[] {
  const tokens: Token[] = [];
  let openBrackets = 0;
  let position = 0;
  while (position < source.length) {
    for (const [kind, rule] of rules) {
      rule.lastIndex = position;
      const match = rule.exec(source);
      if (match === null) continue;
      const raw = rawOf(kind, match[0], openBrackets === 0 && expectsEquals(tokens));
      if (/^[([]$/.test(raw)) openBrackets += 1;
      if (/^[)\]]$/.test(raw)) openBrackets = Math.max(0, openBrackets - 1);
      const span = { start: position, end: position + raw.length };
      if (kind !== 'space') tokens.push(...read(kind, raw, span, source));
      position = span.end;
      break;
    }
  }
  return tokens;
}

/** What of a match is the token. */
function rawOf(kind: (typeof rules)[number][0], matched: string, isEqualsExpected: boolean): string {
  // Only a text without its end has spaces at its end.
  if (kind === 'column' || kind === 'text') return matched.trimEnd();
  // Elsewhere `w<-1` compares with -1.
  return matched === '<-' && !isEqualsExpected ? '<' : matched;
}

/** True behind the first name of a statement, and behind that of its first parameter. */
function expectsEquals(tokens: readonly Token[]): boolean {
  if (tokens.at(-1)?.kind !== 'name') return false;
  const before = tokens.at(-2);
  return before === undefined || before.kind === 'newline' || [':', 'parameters'].includes(before.text);
}

/** True for a text that reads as one name without a flaw. */
export function isName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{M}\p{Nd}_]*$/u.test(text);
}

function read(
  kind: Exclude<(typeof rules)[number][0], 'space'>,
  raw: string,
  span: Span,
  source: string,
): Token[] {
  switch (kind) {
    case 'newline':
      return [{ kind, text: raw, ...span }];
    case 'comment':
      return [{ kind, text: raw, ...span, ...(raw.startsWith('/') ? { flaw: mistaken('#') } : {}) }];
    case 'number':
      return [number(raw, span)];
    case 'name':
      return [name(raw, span)];
    case 'column':
      return [quoted(kind, raw, span, '`')];
    case 'text':
      return [
        quoted(kind, raw, span, raw.startsWith('"') || raw.startsWith("'") ? raw.charAt(0) : undefined),
      ];
    case 'superscript':
      return superscript(raw, span);
    case 'fullwidth':
      return [{ ...number(raw.normalize('NFKC'), span), flaw: mistaken(raw.normalize('NFKC')) }];
    case 'operator':
    case 'unknown':
      return sign(raw, span, source);
  }
}

function number(raw: string, span: Span): Token {
  const text = raw.replaceAll('_', '').replace('−', '-');
  return {
    kind: 'number',
    text,
    ...span,
    ...(Number.isFinite(Number(text)) ? {} : { flaw: { kind: 'overflow' } }),
  };
}

function name(raw: string, span: Span): Token {
  const plain = raw.replace(/[₀-₉]+$/, (digits) => digits.normalize('NFKC'));
  const text = plain.normalize('NFC');
  return { kind: 'name', text, ...span, ...(plain === raw ? {} : { flaw: mistaken(plain) }) };
}

/** A column or a text; without `quote` its quotes are curly ones, which are a flaw. */
function quoted(kind: 'column' | 'text', raw: string, span: Span, quote: string | undefined): Token {
  if (quote === undefined) {
    const inner = raw.slice(1).replace(/[“”"‘’']$/, '');
    return { kind, text: inner, ...span, flaw: mistaken(`"${inner}"`) };
  }
  const closed = raw.length > 1 && raw.endsWith(quote);
  const inner = raw.slice(1, closed ? -1 : undefined);
  const text = kind === 'column' ? inner.normalize('NFC') : inner;
  return { kind, text, ...span, ...(closed ? {} : { flaw: { kind: 'unclosed', closer: quote } }) };
}

function superscript(raw: string, span: Span): Token[] {
  const exponent = raw.normalize('NFKC').replace('−', '-');
  const digits = exponent.replace(/^[-+]/, '');
  const at = { start: span.start, end: span.start };
  return [
    { kind: 'operator', text: '^', ...at, flaw: { kind: 'reported' } },
    ...(exponent.startsWith('-')
      ? [{ kind: 'operator', text: '-', ...at, flaw: { kind: 'reported' } } as const]
      : []),
    { ...number(digits, span), flaw: mistaken(`^${exponent}`) },
  ];
}

function sign(raw: string, span: Span, source: string): Token[] {
  const text = printedSigns.get(raw) ?? raw;
  if (ofTheLanguage.test(text) || /^[-+*/]=$/.test(text)) return [{ kind: 'operator', text, ...span }];
  if (raw === '%') return percent(span, source);
  const meant = mistakenSigns.get(raw) ?? raw.normalize('NFKC');
  if (raw === ';' || meant === ';') return [{ kind: 'newline', text: '\n', ...span, flaw: mistaken('\n') }];
  if (meant === '…' || meant === '...')
    return [{ kind: 'operator', text: '..', ...span, flaw: mistaken('..') }];
  if (meant === 'sqrt') return [{ kind: 'name', text: meant, ...span, flaw: mistaken(meant) }];
  if (ofTheLanguage.test(meant)) return [{ kind: 'operator', text: meant, ...span, flaw: mistaken(meant) }];
  const isNothing = raw === '!' || /[\p{Cf}\p{Cc}]/u.test(raw);
  return [{ kind: 'unknown', text: raw, ...span, flaw: isNothing ? mistaken('') : { kind: 'character' } }];
}

/** `5%` is 5 / 100; between two operands there is no remainder to offer, so a division is the nearest. */
function percent(span: Span, source: string): Token[] {
  const operandFollows = /^[^\S\r\n]*[\p{L}\p{Nd}_(`.]/u.test(source.slice(span.end, span.end + 80));
  const slash = { kind: 'operator', text: '/', ...span } as const;
  if (operandFollows) return [{ ...slash, flaw: mistaken('/') }];
  return [
    { ...slash, end: span.start, flaw: { kind: 'reported' } },
    { kind: 'number', text: '100', ...span, flaw: mistaken(' / 100') },
  ];
}

function mistaken(replacement: string): Flaw {
  return { kind: 'character', replacement };
}
