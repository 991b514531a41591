import type { Node } from './graph.ts';
import { inOrder } from './in-order.ts';

/** A name or column with one value an example. */
export interface Input {
  readonly label: string;
  readonly node: Node;
}

/**
 * The one name or column, as near to the prediction as can be, through which all data enter it: the horizontal axis
 * of the fit. Undefined where several do, or none.
 *
 * @param definitions the nodes of the names that the experiment uses
 */
export function inputOf(prediction: Node, definitions: ReadonlyMap<string, Node>): Input | undefined {
  const labels = new Map<Node, string>();
  for (const node of inOrder([prediction])) if (node.operation === 'column') labels.set(node, node.column);
  for (const [name, node] of definitions) if (name !== 'truth') labels.set(node, name);
  // What stands last in this order is nearest to the prediction.
  for (const node of inOrder([prediction]).reverse()) {
    const label = labels.get(node);
    if (label !== undefined && node.rows && !node.varies && isOnlyWay(prediction, node))
      return { label, node };
  }
  return undefined;
}

/** Whether nothing of the data reaches the prediction but through `gate`. */
function isOnlyWay(prediction: Node, gate: Node): boolean {
  return inOrder([prediction], (node) => node === gate).every(
    (node) => node === gate || node.operation !== 'column',
  );
}
