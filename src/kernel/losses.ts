import type { Graph, Node } from './graph.ts';

/** PyTorch's `huber_loss` of one example; `delta` is where the square becomes a line. */
export function huberLoss(graph: Graph, prediction: Node, truth: Node, delta: Node): Node {
  const half = graph.constant(0.5);
  const miss = graph.elementwise('abs', [graph.difference(prediction, truth)]);
  const square = graph.product(graph.product(half, miss), miss);
  const line = graph.product(delta, graph.difference(miss, graph.product(half, delta)));
  return graph.choice(graph.compare('<=', miss, delta), square, line);
}

/** PyTorch's `binary_cross_entropy` of one example: logs are at least -100, and NaN outside of [0, 1]. */
export function binaryCrossEntropy(graph: Graph, probability: Node, truth: Node): Node {
  const [zero, one, least] = [graph.constant(0), graph.constant(1), graph.constant(-100)];
  const log = graph.elementwise('maximum', [graph.elementwise('log', [probability]), least]);
  const rest = graph.elementwise('log1p', [graph.negate(probability)]);
  const logRest = graph.elementwise('maximum', [rest, least]);
  const value = graph.difference(
    graph.product(graph.difference(truth, one), logRest),
    graph.product(truth, log),
  );
  const inside = graph.product(graph.compare('>=', probability, zero), graph.compare('<=', probability, one));
  return graph.crossEntropy(graph.choice(inside, value, graph.constant(NaN)), probability, truth);
}
