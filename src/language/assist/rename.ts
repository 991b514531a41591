import type { Span } from '../../kernel/index.ts';
import type { TextEdit } from '../problems.ts';
import { isName } from '../scanner.ts';
import { spanOf } from '../syntax.ts';
import { isFormulaSetting, isReserved } from '../words/words.ts';
import { occurrenceAt, occurrencesIn, type Occurrence } from './occurrences.ts';

/** A place with what stands there. */
export interface NamedSpan extends Span {
  readonly name: string;
}

/** What came of a request: its result, or a sentence that says why there is none. */
export type Refusable<T> = { readonly result: T } | { readonly refusal: string };

/** Where the name at an offset is given its meaning; empty where that is not in the cell. */
export function definitionsAt(source: string, offset: number, columns?: readonly string[]): Span[] {
  return sameName(source, offset, columns)
    .filter((occurrence) => occurrence.declares)
    .map(spanOf);
}

/** Every place of the name at an offset, in the order of the text. */
export function referencesAt(source: string, offset: number, columns?: readonly string[]): Span[] {
  return sameName(source, offset, columns).map(spanOf);
}

/** The name at an offset, if it is the author's own and can be given another name. */
export function renameableAt(
  source: string,
  offset: number,
  columns?: readonly string[],
): Refusable<NamedSpan> {
  const occurrence = occurrenceAt(occurrencesIn(source, columns), offset);
  if (occurrence === undefined) return { refusal: 'There is no name here.' };
  const { name, meaning } = occurrence;
  switch (meaning) {
    case 'parameter':
    case 'memory':
      return { result: { name, ...spanOf(occurrence) } };
    case 'definition':
      if (!isFormulaSetting(name)) return { result: { name, ...spanOf(occurrence) } };
      return { refusal: `\`${name}\` is a word of the language, and keeps its name.` };
    case 'column':
      return sameName(source, offset, columns).some((other) => other.declares)
        ? { result: { name, ...spanOf(occurrence) } }
        : { refusal: `\`${name}\` is a column of the data file, which is not changed from here.` };
    case 'unknown':
      return { refusal: `There is no \`${name}\` to rename.` };
    case 'function':
    case 'reserved':
    case 'setting':
    case 'word':
      return { refusal: `\`${name}\` is a word of the language, and keeps its name.` };
  }
}

/** The edits that give the name at an offset another name everywhere in the cell. */
export function renameAt(
  source: string,
  offset: number,
  newName: string,
  columns?: readonly string[],
): Refusable<TextEdit[]> {
  const renameable = renameableAt(source, offset, columns);
  if ('refusal' in renameable) return renameable;
  const name = newName.trim().normalize('NFC');
  if (!isName(name)) {
    return { refusal: 'A name is made of letters, digits and underscores, and does not begin with a digit.' };
  }
  if (isReserved(name)) return { refusal: `\`${name}\` is a word of the language.` };
  const occurrences = occurrencesIn(source, columns);
  const taken =
    occurrences.some((occurrence) => occurrence.name === name) || columns?.includes(name) === true;
  if (taken && name !== renameable.result.name) return { refusal: `There is a \`${name}\` already.` };
  const edits = sameName(source, offset, columns).map((occurrence) => ({
    ...spanOf(occurrence),
    text: occurrence.quoted ? `\`${name}\`` : name,
  }));
  return { result: edits };
}

/** All occurrences that mean the same thing as the one at an offset. */
function sameName(source: string, offset: number, columns: readonly string[] | undefined): Occurrence[] {
  const occurrences = occurrencesIn(source, columns);
  const chosen = occurrenceAt(occurrences, offset);
  if (chosen === undefined) return [];
  return occurrences.filter((other) => other.name === chosen.name && kindOf(other) === kindOf(chosen));
}

/** A memory and the constant of its name above the block are one thing, and so are a setting and its uses. */
function kindOf({ name, meaning }: Occurrence): string {
  if (meaning === 'memory' || meaning === 'setting') return 'definition';
  if (meaning === 'definition' && isFormulaSetting(name)) return 'definition';
  return meaning;
}
