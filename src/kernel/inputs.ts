import { countSymbol, type Node } from './graph.ts';
import { inOrder } from './in-order.ts';
import type { Plan } from './plan.ts';
import { atom, type Names, type Writer } from './writer.ts';

/** Names the symbols among `roots` by their places in `array`, and the number of rows `count`. */
export function writeInputs(
  writer: Writer,
  names: Names,
  inputs: readonly Node[],
  array: string,
  roots: readonly Node[],
): void {
  const used = new Set(inOrder(roots, (node) => names.has(node)));
  inputs.forEach((input, index) => {
    if (used.has(input)) names.set(input, writer.local('const', `${array}[${index}]`));
  });
  for (const node of used) {
    if (node.operation === 'symbol' && node.symbol === countSymbol) names.set(node, atom('count'));
  }
}

/** Names the reductions of the first `passes` passes by their places in `sums`. */
export function nameSums(plan: Plan, passes: number, names: Names): void {
  plan.passes
    .slice(0, passes)
    .flat()
    .forEach((reduction, index) => names.set(reduction, atom(`sums[${index}]`)));
}
