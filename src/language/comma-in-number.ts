import { withoutCommas } from '../kernel/index.ts';
import type { Cursor } from './cursor.ts';
import { isSign } from './layout.ts';
import { replaceBy, type Fix } from './problems.ts';

/**
 * Reports a comma at the cursor that stands in a number, as in `0,1` and `7,100` (with no space about it), and passes
 * over that number; false where there is none.
 */
export function skipCommaInNumber(cursor: Cursor): boolean {
  const before = cursor.peek(-1);
  const comma = cursor.peek();
  const next = cursor.peek(1);
  if (comma === undefined || !isSign(comma, ',') || next?.kind !== 'number') return false;
  if (before?.kind !== 'number' || before.end !== comma.start || comma.end !== next.start) return false;
  const text = numberAt(cursor.source, before.start);
  const end = before.start + text.length;
  cursor.problems.add('comma-in-number', comma, {}, fixesOf(text, before.start));
  while ((cursor.peek()?.start ?? end) < end) cursor.next();
  return true;
}

function numberAt(source: string, start: number): string {
  return /^\d+(?:[.,]\d+)*\.?(?:[eE][+-]?\d+)?/.exec(source.slice(start))?.[0] ?? '';
}

/** Writes the number without its commas, in each way that it may be meant. */
function fixesOf(text: string, start: number): Fix[] {
  const place = { start, end: start + text.length };
  return withoutCommas(text).map((number) => replaceBy(place, number, `Change to ${number}`));
}
