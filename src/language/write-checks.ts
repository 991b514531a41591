import type { Span } from '../kernel/index.ts';
import { replaceBy, type Fix } from './problems.ts';
import { indentationAt, lineEndOf } from './text-lines.ts';

/** Puts several checks, each on a line of its own, in the place of what one check holds. */
export function writeChecks(source: string, place: Span, comparisons: readonly string[]): Fix {
  const newCheck = `${lineEndOf(source)}${indentationAt(source, place.start)}check `;
  return replaceInCheck(source, place, comparisons.join(newCheck), 'Write a check for each');
}

/** Puts a text in the place of what a check holds, apart from the word `check` where that had a bracket behind it. */
export function replaceInCheck(source: string, place: Span, text: string, title: string): Fix {
  const isApart = /[\s\u0085]/u.test(source.charAt(place.start - 1));
  return replaceBy(place, isApart ? text : ` ${text}`, title);
}

/** `a < b < c` as `(a < b) * (b < c)`, or as two checks. */
export function unchain(
  source: string,
  parts: readonly Span[],
  operators: readonly string[],
  isCheck: boolean,
): Fix {
  const place = { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
  const texts = parts.map((part) => source.slice(part.start, part.end));
  const comparisons = operators.map(
    (operator, index) => `${texts[index] ?? ''} ${operator} ${texts[index + 1] ?? ''}`,
  );
  if (isCheck) return writeChecks(source, place, comparisons);
  const text = comparisons.map((comparison) => `(${comparison})`).join(' * ');
  return replaceBy(place, text, `Write \`${text}\``);
}
