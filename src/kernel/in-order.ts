import type { Node } from './graph.ts';

/**
 * All nodes that `roots` are made of, each after its operands. The order follows the expressions alone and not what
 * else the graph holds, so that sums made in this order have the same rounding wherever they are made.
 */
export function inOrder(roots: Iterable<Node>, isLeaf: (node: Node) => boolean = () => false): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const path: { node: Node; next: number }[] = [];
  const enter = (node: Node) => {
    if (seen.has(node)) return;
    seen.add(node);
    path.push({ node, next: isLeaf(node) ? node.operands.length : 0 });
  };
  for (const root of roots) {
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const operand = top.node.operands[top.next++];
      if (operand !== undefined) {
        enter(operand);
      } else {
        order.push(top.node);
        path.pop();
      }
    }
  }
  return order;
}
