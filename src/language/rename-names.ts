import type { Span } from '../kernel/index.ts';
import { beginsBlock, isSign } from './layout.ts';
import type { Tree } from './parse.ts';
import type { Fix, TextEdit } from './problems.ts';
import { spanOf } from './syntax.ts';
import { isReserved } from './words/words.ts';

/** The name with the first number behind it that makes it one that neither the cell nor its data use. */
export function unusedName(tree: Tree, name: string): string {
  let number = 2;
  while (tree.names.has(`${name}_${number}`) || isReserved(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}

/**
 * Gives a name another name wherever it stands, except where it is a keyword or before a bracket (there it is a
 * function) and within `except`.
 */
export function renameAll(tree: Tree, name: string, except: readonly Span[] = []): Fix {
  const other = unusedName(tree, name);
  const places = placesOf(tree, name).filter((place) => !except.some((span) => isWithin(place, span)));
  return { title: `Call it \`${other}\``, edits: places.map((place) => ({ ...place, text: other })) };
}

/** Gives a name the name of a setting, wherever it stands. */
export function renameTo(tree: Tree, name: string, setting: string): Fix {
  const edits = placesOf(tree, name).map((place) => ({ ...place, text: setting }));
  return { title: `Change \`${name}\` to \`${setting}\``, edits };
}

/** Gives a name another name where it stands within a statement. */
export function renameWithin(tree: Tree, name: string, other: string, statement: Span): Fix {
  return { title: `Write \`${other}\``, edits: editsWithin(tree, name, other, statement) };
}

/** Lets a name mean the column of the data within a statement. */
export function meanColumn(tree: Tree, name: string, statement: Span): Fix {
  return { title: 'Mean the column', edits: editsWithin(tree, name, `\`${name}\``, statement) };
}

function editsWithin(tree: Tree, name: string, text: string, statement: Span): TextEdit[] {
  return placesOf(tree, name)
    .filter((place) => isWithin(place, statement))
    .map((place) => ({ ...place, text }));
}

/** The places of a name, other than where it is a keyword or a function. */
function placesOf({ tokens, statements }: Tree, name: string): Span[] {
  const keywords = new Set(
    statements.map((statement) => ('keyword' in statement ? statement.keyword.start : undefined)),
  );
  const places: Span[] = [];
  let isInHead = false;
  for (const [index, token] of tokens.entries()) {
    if (beginsBlock(tokens, index)) isInHead = true;
    else if (isSign(token, ':') || token.kind === 'newline') isInHead = false;
    if (token.kind !== 'name' || token.text !== name || isInHead || keywords.has(token.start)) continue;
    if (!isSign(tokens[index + 1], '(')) places.push(spanOf(token));
  }
  return places;
}

function isWithin(place: Span, span: Span): boolean {
  return span.start <= place.start && place.end <= span.end;
}
