import assert from 'node:assert/strict';
import { Graph } from '../../src/kernel/graph.ts';
import { inOrder } from '../../src/kernel/in-order.ts';

describe('inOrder', () => {
  it('has operands before what is made of them, each once, without recursion', () => {
    const graph = new Graph('float64');
    let node = graph.symbol('x');
    for (let times = 0; times < 50_000; times++) node = graph.elementwise('sin', [node]);
    const order = inOrder([node, node]);
    assert.equal(order.length, 50_001);
    assert.equal(order[0], graph.symbol('x'));
    assert.equal(order.at(-1), node);
  });

  it('does not go beyond leaves', () => {
    const graph = new Graph('float64');
    const inner = graph.elementwise('sin', [graph.symbol('x')]);
    const outer = graph.elementwise('cos', [inner]);
    assert.deepEqual(
      inOrder([outer], (node) => node === inner),
      [inner, outer],
    );
  });
});
