import type { Node } from './graph.ts';
import { inOrder } from './in-order.ts';

/** A part of an evaluation that becomes a function of its own. */
export interface Chunk {
  /** Each after what it is made of. */
  readonly nodes: readonly Node[];
  /** What it uses of earlier chunks. */
  readonly takes: readonly Node[];
  /** What later chunks use of it. */
  readonly gives: readonly Node[];
}

/**
 * About how many operations a generated function may have. Engines take more than proportionally longer to
 * optimise longer ones, and give up in the end: with 100 parameters in one loop they are at it for a second.
 */
export const mostOperations = 96;

/** Where there are more, each part has about so many: as many running sums as the registers of a processor hold. */
const operationsPerPart = 32;

/** The evaluation of `roots` from leaves in parts, each short enough to be optimised soon. */
export function chunksOf(roots: readonly Node[], isLeaf: (node: Node) => boolean): Chunk[] {
  const order = inOrder(roots, isLeaf).filter((node) => !isLeaf(node));
  const total = order.reduce((sum, node) => sum + costOf(node), 0);
  const most = total <= mostOperations ? mostOperations : operationsPerPart;
  const groups: Node[][] = [];
  const home = new Map<Node, number>();
  let cost = Infinity;
  for (const node of order) {
    cost += costOf(node);
    if (cost > most) {
      groups.push([]);
      cost = costOf(node);
    }
    groups.at(-1)?.push(node);
    home.set(node, groups.length - 1);
  }
  const takes = groups.map((nodes, index) => {
    const used = new Set(nodes.flatMap((node) => node.operands));
    return [...used].filter((node) => (home.get(node) ?? index) < index);
  });
  const taken = new Set(takes.flat());
  return groups.map((nodes, index) => ({
    nodes,
    takes: takes[index] ?? [],
    gives: nodes.filter((node) => taken.has(node)),
  }));
}

/** The operations that an evaluation of `roots` takes, those of leaves left out. */
export function operationsOf(roots: readonly Node[], isLeaf: (node: Node) => boolean): number {
  return inOrder(roots, isLeaf).reduce((sum, node) => sum + (isLeaf(node) ? 0 : costOf(node)), 0);
}

function costOf(node: Node): number {
  return Math.max(1, node.operands.length - 1);
}
