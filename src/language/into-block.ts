import { indentOf } from './layout.ts';
import type { Tree } from './parse.ts';
import type { Fix, TextEdit } from './problems.ts';
import { hasPart, isExpression, type Assignment, type BlockStatement, type Statement } from './syntax.ts';
import { beginLine, indentationAt, lineEndOf, moveBehind, textLinesOf } from './text-lines.ts';
import { updateTargets } from './words/reserved.ts';
import { isSetting } from './words/words.ts';

/** The line of a block that an update needs, as gradient descent has it. */
export const nudge = 'parameter = parameter - learning_rate * gradient';

/** How much deeper than their head the lines of a block are written. */
const deeper = '    ';

/** No update that is written by hand has more lines above or below one of them. */
export const mostLines = 16;

/** The indentation of the lines below a block's head, where there are none yet. */
export function spaceBelow(source: string, head: number): string {
  return indentationAt(source, head) + deeper;
}

/** The indentation that a further line of a block needs. */
export function spaceInside(source: string, block: BlockStatement): string {
  const head = textLinesOf(source, block.head).start;
  const outside = indentOf(indentationAt(source, head));
  const spaces = block.lines
    .filter(({ start }) => textLinesOf(source, { start, end: start }).start > head)
    .map(({ start }) => indentationAt(source, start));
  return spaces.find((space) => indentOf(space) > outside) ?? spaceBelow(source, block.start);
}

/**
 * Puts a statement that can stand in `for each step:` alone there: as the first or last line of the cell's block, else
 * below a head of its own, with the lines around it that belong to the update, too.
 */
export function putIntoBlock(tree: Tree, statement: Assignment): Fix {
  const { source } = tree;
  const title = 'Put it into `for each step:`';
  const block = tree.statements.find((other) => other.kind === 'block');
  if (block === undefined) return { title, edits: beginBlock(tree, statement) };
  const space = spaceInside(source, block);
  const isNext = block.end <= statement.start && source.slice(block.end, statement.start).trim() === '';
  if (isNext) return { title, edits: [beginLine(source, statement, space)] };
  const target = statement.start < block.start ? block.head.end : block.end;
  return moveBehind(source, statement, target, title, space);
}

/** Writes a block's head above a statement and those of its neighbours that seem to go with it. */
function beginBlock(tree: Tree, statement: Assignment): TextEdit[] {
  const { source } = tree;
  const outside = leastIndentation(source);
  const own = indentationAt(source, statement.start);
  const isDeeper = indentOf(own) > indentOf(outside);
  const space = isDeeper ? own : outside + deeper;
  const goesAlong = (other: Assignment) =>
    isOfUpdate(other) || (isDeeper && indentationAt(source, other.start) === own);
  const edits = linesAround(tree, statement, goesAlong).map((line) => beginLine(source, line, space));
  const [first, ...others] = edits;
  if (first === undefined) return [];
  const lineEnd = lineEndOf(source);
  const lead = first.text.slice(0, first.text.length - space.length);
  return [{ ...first, text: `${lead}${outside}for each step:${lineEnd}${space}` }, ...others];
}

/** Writes a block with the nudge in the place of an update that is written for one parameter, where nothing says how to step. */
export function writeNudgeFor({ source, statements }: Tree, statement: Assignment): Fix | undefined {
  const saysHow = (other: Statement) =>
    other.kind === 'block' ||
    (other.kind === 'assignment' && (other.name.name === 'optimizer' || isOfUpdate(other)));
  if (statements.some(saysHow)) return undefined;
  const outside = leastIndentation(source);
  const begin = beginLine(
    source,
    statement,
    `${outside}for each step:${lineEndOf(source)}${outside}${deeper}`,
  );
  const title = 'Write `for each step:` with the nudge';
  return { title, edits: [{ ...begin, end: statement.end, text: begin.text + nudge }] };
}

/** The indentation of the text line that has the least. */
function leastIndentation(source: string): string {
  const spaces = source
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .map((line) => indentationAt(line, 0));
  return spaces.reduce((least, space) => (indentOf(space) < indentOf(least) ? space : least));
}

/** A statement with those directly above and below it that go along, in the order of the text. */
function linesAround(
  { statements }: Tree,
  statement: Assignment,
  goesAlong: (other: Assignment) => boolean,
): Assignment[] {
  const place = statements.indexOf(statement);
  const above = statements.slice(Math.max(0, place - mostLines), place).reverse();
  const below = statements.slice(place + 1, place + 1 + mostLines);
  const alongside = (others: readonly Statement[]) => {
    const lines: Assignment[] = [];
    for (const other of others) {
      if (other.kind !== 'assignment' || isSetting(other.name.name) || !goesAlong(other)) break;
      lines.push(other);
    }
    return lines;
  };
  return [...alongside(above).reverse(), statement, ...alongside(below)];
}

/** True for a statement that nothing but an update can say. */
export function isOfUpdate({ name, value }: Assignment): boolean {
  if (updateTargets.has(name.name)) return true;
  return (
    isExpression(value) &&
    hasPart(value, (part) =>
      part.kind === 'name'
        ? updateTargets.has(part.name)
        : part.kind === 'call' && part.name.name === 'slope',
    )
  );
}
