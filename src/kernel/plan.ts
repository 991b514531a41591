import type { Node, ReductionNode } from './graph.ts';
import { inOrder } from './in-order.ts';

/**
 * In what order an evaluation goes: numbers known at the start, a pass over the rows, numbers made of its sums, the
 * next pass if a sum needs an earlier one ... Nearly every loss and all its derivatives come out of one pass.
 */
export interface Plan {
  /** What the passes read from memory: the largest expressions of data and constants alone. */
  readonly columns: readonly Node[];
  /** The reductions that each pass makes; their places in `sums` are counted through all passes. */
  readonly passes: readonly (readonly ReductionNode[])[];
}

/** Columns made of others may take this much memory; beyond it they are computed again in every pass. */
const mostBytes = 256e6;

/** The plan for the one-number nodes `roots` over `rows` rows; `isLeaf` tells what is known when it is needed. */
export function planFor(
  roots: readonly Node[],
  rows: number,
  isLeaf: (node: Node) => boolean = () => false,
): Plan {
  const plan = planWith(roots, isColumn, isLeaf);
  const made = plan.columns.filter((column) => column.operation !== 'column');
  if (made.length * rows * 8 <= mostBytes) return plan;
  return planWith(roots, (node) => node.operation === 'column', isLeaf);
}

function planWith(
  roots: readonly Node[],
  isInMemory: (node: Node) => boolean,
  isLeaf: (node: Node) => boolean,
): Plan {
  const depths = new Map<Node, number>();
  const passes: ReductionNode[][] = [];
  const columns: Node[] = [];
  for (const node of inOrder(roots, (candidate) => isLeaf(candidate) || isInMemory(candidate))) {
    const depth = node.operands.reduce((deepest, operand) => Math.max(deepest, depths.get(operand) ?? 0), 0);
    depths.set(node, node.operation === 'reduction' ? depth + 1 : depth);
    if (node.operation === 'reduction') (passes[depth] ??= []).push(node);
    if (isInMemory(node)) columns.push(node);
  }
  return { columns, passes };
}

/** One value a row that no symbol changes. */
function isColumn(node: Node): boolean {
  return node.rows && !node.varies;
}
