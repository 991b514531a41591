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
  const edits = tree.tokens
    .filter(
      (token, index) => token.kind === 'name' && token.text === name && !isSign(tree.tokens[index + 1], '('),
    )
    .filter((token) => !except.some((place) => place.start <= token.start && token.end <= place.end))
    .map((token) => ({ start: token.start, end: token.end, text: other }));
  return { title: `Call it \`${other}\``, edits };
}
