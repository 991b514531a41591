import type { Graph, Node } from './graph.ts';

/** A condition as a guard: a node that is 0 where a branch does not count. */
export function truth(graph: Graph, condition: Node): Node {
  return condition.operation === 'comparison' ? condition : graph.compare('!=', condition, graph.constant(0));
}

/** Where a guard does not hold. */
export function opposed(graph: Graph, condition: Node): Node {
  return graph.compare('==', condition, graph.constant(0));
}

function isOpposed(one: Node, other: Node): boolean {
  return one.operation === 'comparison' && one.operator === '==' && one.operands[0] === other;
}

/** Where two guards hold; an absent one always does. */
export function both(graph: Graph, one: Node | undefined, other: Node | undefined): Node | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return graph.product(one, other);
}

/** Where one of two guards holds: always, if they are the two branches of one choice. */
export function either(graph: Graph, one: Node | undefined, other: Node | undefined): Node | undefined {
  if (one === undefined || other === undefined) return undefined;
  if (one === other) return one;
  if (isOpposed(one, other) || isOpposed(other, one)) return undefined;
  const [outer, inner] = one.operands;
  const [sameOuter, otherInner] = other.operands;
  if (one.operation === 'product' && other.operation === 'product' && outer === sameOuter) {
    if (inner && otherInner && (isOpposed(inner, otherInner) || isOpposed(otherInner, inner))) return outer;
  }
  return graph.elementwise('maximum', [one, other]);
}
