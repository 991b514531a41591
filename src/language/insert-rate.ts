import type { Cell } from './cell.ts';
import { replaceBy, type Fix } from './problems.ts';
import { appendLine, lineEndOf } from './text-lines.ts';

/** Puts a learning rate on a line of its own: above the one that says how long to train, else at the end. */
export function insertLearningRate({ settings, tree }: Cell, rate: string): Fix {
  const line = `learning_rate = ${rate}`;
  const title = `Insert \`${line}\``;
  const duration = settings.get('steps') ?? settings.get('epochs');
  if (duration === undefined) return appendLine(tree.source, line, title);
  return replaceBy({ start: duration.start, end: duration.start }, line + lineEndOf(tree.source), title);
}
