import type { Cursor } from './cursor.ts';
import { isSign } from './layout.ts';
import { replaceBy } from './problems.ts';
import { functionsByName } from './words/words.ts';

/**
 * Passes over the `name =` before an argument, and reports it where it stands in a function of the language: of others
 * the whole call is reported. A condition compares what it names.
 */
export function skipArgumentName(cursor: Cursor, name: string, index: number): void {
  const [argument, equals] = [cursor.peek(), cursor.peek(1)];
  if (argument?.kind !== 'name' || equals === undefined || !isSign(equals, '=')) return;
  const word = functionsByName.get(name);
  const meant = word?.parameters[index]?.name;
  if (meant === 'condition') return;
  cursor.next();
  cursor.next();
  const value = cursor.peek();
  if (word === undefined || value === undefined) return;
  const place = { start: argument.start, end: equals.end };
  const prefix = { start: argument.start, end: value.start };
  const fix = replaceBy(prefix, '', `Remove \`${cursor.textOf(place).text}\``);
  cursor.problems.add('named-argument', place, { name }, [meant === argument.text ? fix : undefined]);
}
