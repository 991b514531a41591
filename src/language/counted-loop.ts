import type { Span } from '../kernel/index.ts';
import { replaceBy, type Fix } from './problems.ts';
import { indentationAt, lineEndOf } from './text-lines.ts';

/** No head of a loop that counts to a number is longer; matching is quick up to there. */
const longestHead = 80;

const countedLoop =
  /^(?:repeat\b\s*\(?|for\b.*\brange\()\s*(\d{1,9}|\d{1,3}(?:_\d{3}){1,2})\s*\)?(?:\s*(?:times|steps|epochs))?\s*:?$/i;

/** The head of a loop that counts as a setting and the block's head, where nothing else says how long to train. */
export function writeDuration(source: string, head: Span): Fix | undefined {
  if (head.end - head.start > longestHead) return undefined;
  const text = source.slice(head.start, head.end);
  const count = countedLoop.exec(text)?.[1];
  if (count === undefined || /^[^\S\r\n]*(?:steps|epochs)[^\S\r\n]*=/m.test(source)) return undefined;
  const setting = `${/epoch/i.test(text) ? 'epochs' : 'steps'} = ${count}`;
  const lineStart = lineEndOf(source) + indentationAt(source, head.start);
  const title = `Write \`${setting}\` and \`for each step:\``;
  return replaceBy(head, `${setting}${lineStart}for each step:`, title);
}
