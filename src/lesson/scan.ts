import { closes, endsItem, openingFence, opensCell, type Fence } from './fences.ts';
import type { Line } from './lines.ts';
import { isParting, readLengthMark, type LengthMark } from './marks.ts';

/** A run of lines that is not plain Markdown, by the numbers of its first line and the line after its last. */
export type Block = { readonly first: number; readonly after: number } & (
  | { readonly kind: 'parting' }
  | { readonly kind: 'length'; readonly mark: LengthMark }
  | { readonly kind: 'fence'; readonly fence: Fence; readonly closed: boolean }
);

export interface Scan {
  readonly blocks: readonly Block[];
  /** Whether a fence of the Markdown is still open at the end, and would swallow what follows. */
  readonly open: boolean;
}

/**
 * Finds what the format gives a meaning to, outside the fences of the Markdown itself. `mayFollow` is how many lines
 * may follow these: a mark that says more lines than there are is plain text.
 */
export function scan(lines: readonly Line[], mayFollow = 0): Scan {
  const blocks: Block[] = [];
  let inside: Fence | undefined;
  let index = 0;
  for (let line = lines[0]; line; line = lines[index]) {
    if (inside && !endsItem(line.text, inside)) {
      if (closes(line.text, inside)) inside = undefined;
      index += 1;
      continue;
    }
    const block = blockAt(lines, index, line.text, mayFollow);
    inside = block ? undefined : openingFence(line.text);
    if (block) blocks.push(block);
    index = block?.after ?? index + 1;
  }
  return { blocks, open: inside !== undefined && !inside.inListItem };
}

function blockAt(lines: readonly Line[], first: number, text: string, mayFollow: number): Block | undefined {
  if (isParting(text)) return { kind: 'parting', first, after: first + 1 };
  const mark = readLengthMark(text);
  if (mark && mark.lines <= lines.length - first - 1 + mayFollow) {
    return { kind: 'length', mark, first, after: first + 1 + mark.lines };
  }
  const fence = openingFence(text);
  if (!fence || !opensCell(fence)) return undefined;
  let last = first + 1;
  for (let line = lines[last]; line && !closes(line.text, fence); line = lines[last]) last += 1;
  const closed = last < lines.length;
  return { kind: 'fence', fence, closed, first, after: closed ? last + 1 : last };
}
