import { partIntoLines } from '../layout.ts';
import type { Tree } from '../parse.ts';
import type { Fix } from '../problems.ts';
import { analyse } from '../read.ts';
import { unusedName } from '../rename-names.ts';
import type { Assignment } from '../syntax.ts';
import { appendLine, lineEndOf, removableText, textLinesOf } from '../text-lines.ts';
import { blockOf } from '../update-text.ts';
import { optimizersByName } from '../words/words.ts';

const title = 'Spell out the update';

/**
 * The code action "Spell out the update": puts the block that the optimizer stands for in its place, or at the end
 * where the cell leaves the optimizer out. There is none for a cell with errors, with a block, or with a race of
 * several optimizers.
 *
 * @param columns the columns of the data file, where they are known
 */
export function spellOutUpdate(source: string, columns?: readonly string[]): Fix | undefined {
  const { cell, experiment } = analyse(source, columns);
  if (experiment === undefined || experiment.trainingLog !== undefined || cell.block !== undefined)
    return undefined;
  const optimizer = cell.settings.get('optimizer');
  const [chosen] = experiment.optimizer ?? [];
  if (chosen === undefined || optimizer?.value.kind === 'list') return undefined;
  const update = withFreeNames(optimizersByName.get(chosen.value)?.update ?? [], cell.tree);
  const block = blockOf(update);
  return optimizer === undefined
    ? appendLine(source, block.join('\n'), title)
    : putInPlace(cell.tree, optimizer, block);
}

/** Memories get other names where the cell or its data use theirs for something else. */
function withFreeNames(update: readonly string[], tree: Tree): string[] {
  const assigned = update.map((line) => line.slice(0, line.indexOf('=')).trim());
  const taken = assigned.filter((name) => name !== 'parameter' && tree.names.has(name));
  return update.map((line) =>
    taken.reduce(
      (text, name) => text.replace(new RegExp(`\\b${name}\\b`, 'g'), unusedName(tree, name)),
      line,
    ),
  );
}

/** In place of the optimizer's line, or at the end where the line below it would become part of the block. */
function putInPlace({ source, tokens }: Tree, optimizer: Assignment, block: readonly string[]): Fix {
  const lines = partIntoLines(source, tokens);
  const own = lines.findIndex((line) => line.start === optimizer.start);
  const indent = lines[own]?.indent ?? 0;
  if ((lines[own + 1]?.indent ?? 0) > indent) {
    const removed = { ...removableText(source, optimizer), text: '' };
    return { title, edits: [removed, ...appendLine(source, block.join('\n'), title).edits] };
  }
  const space = source.slice(textLinesOf(source, optimizer).start, optimizer.start);
  const text = block.join(lineEndOf(source) + space);
  return { title, edits: [{ start: optimizer.start, end: optimizer.end, text }] };
}
