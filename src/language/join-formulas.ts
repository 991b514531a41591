import { isSign, type Line } from './layout.ts';
import { surround, type Fix, type Problems, type TextEdit } from './problems.ts';
import type { Token } from './scanner.ts';
import { keywordsByName } from './words/words.ts';

const signsBetween: ReadonlySet<string> = new Set('+ - * / ^ < <= > >= == !='.split(' '));

/**
 * The lines of a cell, those of them as one in which a formula goes on below a sign, or below a `\`. That is reported,
 * since a statement is one line, and read as it was meant.
 */
export function joinFormulas(source: string, lines: readonly Line[], problems: Problems): Line[] {
  const joined: Line[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [first, ...others] = partsFrom(source, lines, index);
    if (first === undefined) break;
    const whole = wholeOf(first, others);
    joined.push(whole);
    const [second] = others;
    if (second === undefined) continue;
    const last = first.tokens.at(-1);
    const place = last !== undefined && leavesOpen(first) ? last : second.tokens[0];
    problems.add('formula-goes-on', place, {}, () => [fixOf(source, [first, ...others], whole)]);
    index += others.length;
  }
  return joined;
}

/** A line, and those below it that go on with its formula. */
function partsFrom(source: string, lines: readonly Line[], index: number): Line[] {
  const first = lines[index];
  if (first === undefined) return [];
  const parts = [first];
  if (!isSign(first.tokens[1], '=') && first.tokens[0].text !== 'check') return parts;
  for (let last = first; ;) {
    const next = lines[index + parts.length];
    if (next === undefined || beginsStatement(next)) return parts;
    if (/[;；\u037e]/.test(source.slice(last.end, next.start))) return parts;
    if (!leavesOpen(last) && !isBetween(next.tokens[0])) return parts;
    parts.push(next);
    last = next;
  }
}

function beginsStatement({ tokens }: Line): boolean {
  return keywordsByName.has(tokens[0].text) || tokens.some((token) => isSign(token, '='));
}

/** True for a line that ends where its formula cannot. */
function leavesOpen({ tokens }: Line): boolean {
  const last = tokens.at(-1);
  return isBetween(last) || isBackslash(last) || (tokens.length === 2 && isSign(last, '='));
}

function isBetween(token: Token | undefined): boolean {
  return token?.kind === 'operator' && signsBetween.has(token.text);
}

function isBackslash(token: Token | undefined): boolean {
  return token?.kind === 'unknown' && token.text === '\\';
}

function wholeOf(first: Line, others: readonly Line[]): Line {
  const last = others.at(-1);
  if (last === undefined) return first;
  const parts = [first, ...others];
  const [keyword, ...behind] = parts.flatMap(({ tokens }, index) =>
    index < parts.length - 1 && isBackslash(tokens.at(-1)) ? tokens.slice(0, -1) : tokens,
  );
  return { ...first, tokens: [keyword ?? first.tokens[0], ...behind], end: last.end };
}

/** Puts the formula on one line; where a comment is between its parts, into brackets. */
function fixOf(source: string, parts: readonly Line[], whole: Line): Fix | undefined {
  const gaps = parts.slice(1).map((next, index): TextEdit => {
    const before = parts[index]?.tokens.filter((token) => !isBackslash(token)).at(-1);
    return { start: before?.end ?? next.start, end: next.start, text: ' ' };
  });
  const isPlain = gaps.every(({ start, end }) => /^[\s\u0085\\]*$/u.test(source.slice(start, end)));
  if (isPlain) return { title: 'Join the lines', edits: gaps };
  const [first] = parts;
  const from = whole.tokens[isSign(whole.tokens[1], '=') ? 2 : 1];
  if (from === undefined || first === undefined || from.start > first.end) return undefined;
  if (parts.some(({ tokens }) => isBackslash(tokens.at(-1)))) return undefined;
  return surround({ start: from.start, end: whole.end }, '(', ')', 'Put it into brackets');
}
