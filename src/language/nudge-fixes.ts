import { isOfUpdate, nudge } from './into-block.ts';
import { renameWithin } from './rename-names.ts';
import { replaceBy, type Fix } from './problems.ts';
import type { Tree } from './parse.ts';
import { scan } from './scanner.ts';
import { mentions, type Assignment } from './syntax.ts';
import { removeStatement } from './text-lines.ts';

/**
 * How lines of a block are mended that assign parameters by their own names, so that one line treats every parameter
 * in the end: those of the first such parameter assign `parameter`, those of the others go, and so does what the block
 * says of `parameter` already. A gradient that is worked out by hand is that of one parameter, so `gradient` takes its
 * place.
 */
export class NudgeFixes {
  private readonly tree: Tree;
  /** What the lines that assign `parameter` say. */
  private readonly nudges: ReadonlySet<string>;
  /** The parameter whose lines are rewritten. */
  private readonly first: string | undefined;
  /** True where the block works its gradients out by hand. */
  private readonly isByHand: boolean;

  constructor(tree: Tree, lines: readonly Assignment[], isParameter: (name: string) => boolean) {
    this.tree = tree;
    const nudges = lines.filter((line) => line.name.name === 'parameter');
    this.nudges = new Set(nudges.map((line) => this.wordsOf(line)));
    this.first = lines.find(({ name }) => isParameter(name.name))?.name.name;
    this.isByHand = !lines.some(isOfUpdate);
  }

  /** The fixes of one such line, the likeliest first. */
  of(line: Assignment): Fix[] {
    const { name } = line.name;
    const rewritten = renameWithin(this.tree, name, 'parameter', line);
    const removed = removeStatement(this.tree.source, line, 'Delete this statement');
    if (this.nudges.has(this.wordsOf(line))) return [removed];
    if (this.nudges.size > 0) return [removed, rewritten];
    if (name !== this.first) return [removed];
    return [this.isByHand && isDescent(line) ? replaceBy(line, nudge, `Write \`${nudge}\``) : rewritten];
  }

  /** A line as it is once its own name is `parameter`. */
  private wordsOf({ name, start, end }: Assignment): string {
    const tokens = scan(this.tree.source.slice(start, end));
    return tokens.map(({ text }) => (text === name.name ? 'parameter' : text)).join(' ');
  }
}

/** True for `w = w - learning_rate * ...`. */
export function isDescent({ name, value }: Assignment): boolean {
  const [first, second] = value.kind === 'sum' ? value.terms : [];
  const isOwn = first?.operand.kind === 'name' && first.operand.name === name.name;
  return isOwn && second?.negative === true && mentions(second.operand, 'learning_rate');
}
