import type { Span } from '../kernel/index.ts';
import { replaceBy, type Fix } from './problems.ts';
import { indentationAt, lineEndOf } from './text-lines.ts';

/** Puts several checks, each on a line of its own, in the place of what one check holds. */
export function writeChecks(source: string, place: Span, comparisons: readonly string[]): Fix {
  const newCheck = `${lineEndOf(source)}${indentationAt(source, place.start)}check `;
  return replaceBy(place, comparisons.join(newCheck), 'Write a check for each');
}
