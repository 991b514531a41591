import type { Span } from '../kernel/index.ts';
import { isSign } from './layout.ts';
import type { Tree } from './parse.ts';
import type { Fix } from './problems.ts';
import { isReserved } from './words/words.ts';

/** The name with the first number behind it that makes it one that the cell does not use. */
export function unusedName(tree: Tree, name: string): string {
  let number = 2;
  while (tree.names.has(`${name}_${number}`) || isReserved(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}

/** Gives a name another name wherever it stands, except before a bracket (there it is a function) and within `except`. */
export function renameAll(tree: Tree, name: string, except: readonly Span[] = []): Fix {
  const other = unusedName(tree, name);
  const places = placesOf(tree, name).filter((place) => !except.some((span) => isWithin(place, span)));
  return { title: `Call it \`${other}\``, edits: places.map((place) => ({ ...place, text: other })) };
}

/** Gives a name another name where it stands within a statement. */
export function renameWithin(tree: Tree, name: string, other: string, statement: Span): Fix {
  const places = placesOf(tree, name).filter((place) => isWithin(place, statement));
  return { title: `Write \`${other}\``, edits: places.map((place) => ({ ...place, text: other })) };
}

function placesOf({ tokens }: Tree, name: string): Span[] {
  return tokens
    .filter((token, index) => token.kind === 'name' && token.text === name && !isSign(tokens[index + 1], '('))
    .map(({ start, end }) => ({ start, end }));
}

function isWithin(place: Span, span: Span): boolean {
  return span.start <= place.start && place.end <= span.end;
}
