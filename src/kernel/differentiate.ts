import type { Graph, Node } from './graph.ts';
import { both, either, opposed, truth } from './guards.ts';
import { inOrder } from './in-order.ts';

/**
 * The partial derivatives of the one-number node `root` by each of `symbols`, as nodes of the same graph.
 *
 * Reverse mode: one sweep from the root down gives all of them. Kinks follow PyTorch: 0 for `abs` and `relu` at 0,
 * equal shares where `max` or `min` are tied. Unlike there, a branch that `where` does not choose never reaches the
 * derivative, not even as 0 times infinity: its part is left out rather than multiplied by 0.
 */
export function differentiate(graph: Graph, root: Node, symbols: readonly Node[]): Node[] {
  const order = inOrder([root]);
  const wanted = new Set(symbols);
  const matters = new Set<Node>();
  for (const node of order) {
    if (wanted.has(node) || node.operands.some((operand) => matters.has(operand))) matters.add(node);
  }
  const adjoints = new Map<Node, Adjoint>([[root, { parts: [graph.constant(1)] }]]);
  for (const node of order.reverse()) {
    const adjoint = adjoints.get(node);
    if (adjoint === undefined || !matters.has(node)) continue;
    const total = addUp(graph, adjoint.parts);
    adjoints.set(node, { parts: [total] });
    for (const part of partsOf(graph, node, total)) {
      if (matters.has(part.operand)) pass(graph, adjoints, node, adjoint.guard, part);
    }
  }
  return symbols.map((symbol) => addUp(graph, adjoints.get(symbol)?.parts ?? []));
}

/** How the root changes with a node: the sum of the parts, wherever the guard is not 0. */
interface Adjoint {
  readonly parts: Node[];
  /** Absent where the node always counts; else 0 where only branches that are not chosen use it. */
  readonly guard?: Node | undefined;
}

/** What a node hands on to one of its operands. */
interface Part {
  readonly operand: Node;
  readonly value: Node;
  /** Where the operand counts, for the branches of a choice. */
  readonly guard?: Node;
}

function pass(
  graph: Graph,
  adjoints: Map<Node, Adjoint>,
  node: Node,
  guard: Node | undefined,
  part: Part,
): void {
  const { operand } = part;
  let value = guard === undefined ? part.value : graph.choice(guard, part.value, graph.constant(0));
  let within = both(graph, guard, part.guard);
  if (node.rows && !operand.rows) {
    value = totalOf(graph, value);
    if (within?.rows === true) {
      within = graph.compare('>', graph.reduce('total', within), graph.constant(0));
    }
  }
  const known = adjoints.get(operand);
  if (known === undefined) {
    adjoints.set(operand, { parts: [value], guard: within });
  } else {
    known.parts.push(value);
    adjoints.set(operand, { parts: known.parts, guard: either(graph, known.guard, within) });
  }
}

function partsOf(graph: Graph, node: Node, adjoint: Node): Part[] {
  const [first, second, third] = node.operands;
  if (first === undefined) return [];
  const times = (factor: Node) => multiply(graph, adjoint, factor);
  switch (node.operation) {
    case 'sum':
      return node.operands.map((operand, index) => ({
        operand,
        value: node.negative[index] === true ? opposite(graph, adjoint) : adjoint,
      }));
    case 'power': {
      const slope = graph.product(graph.constant(node.exponent), graph.wholePower(first, node.exponent - 1));
      return [{ operand: first, value: times(slope) }];
    }
    case 'reduction':
      return [{ operand: first, value: reductionPart(graph, node, adjoint, first) }];
    case 'maximum':
    case 'minimum': {
      const ties = node.operands.map((operand) => graph.compare('==', operand, node));
      const share = divide(graph, adjoint, graph.sum(ties));
      return node.operands.map((operand, index) => ({
        operand,
        value: multiply(graph, share, ties[index] ?? graph.constant(0)),
      }));
    }
    case 'choice': {
      if (second === undefined || third === undefined) return [];
      const chosen = truth(graph, first);
      return [
        { operand: second, value: only(graph, adjoint, chosen, true), guard: chosen },
        { operand: third, value: only(graph, adjoint, chosen, false), guard: opposed(graph, chosen) },
      ];
    }
    case 'product':
      if (second === undefined) return [];
      return [
        { operand: first, value: times(second) },
        { operand: second, value: times(first) },
      ];
    case 'quotient': {
      if (second === undefined) return [];
      const share = divide(graph, adjoint, second);
      return [
        { operand: first, value: share },
        { operand: second, value: opposite(graph, multiply(graph, share, node)) },
      ];
    }
    case 'pow':
      return second === undefined ? [] : powParts(graph, node, adjoint, first, second);
    case 'cross-entropy':
      return second === undefined || third === undefined
        ? []
        : crossEntropyParts(graph, adjoint, second, third);
    case 'relu': {
      const flat = graph.compare('<=', first, graph.constant(0));
      return [{ operand: first, value: only(graph, adjoint, flat, false) }];
    }
    case 'negation':
      return [{ operand: first, value: opposite(graph, adjoint) }];
    case 'log':
      return [{ operand: first, value: divide(graph, adjoint, first) }];
    case 'log1p':
      return [{ operand: first, value: divide(graph, adjoint, graph.sum([graph.constant(1), first])) }];
    case 'sqrt':
      return [{ operand: first, value: divide(graph, adjoint, graph.product(graph.constant(2), node)) }];
    case 'constant':
    case 'symbol':
    case 'column':
    case 'comparison':
    case 'sign':
      return [];
    default:
      return [{ operand: first, value: times(slopeOf(graph, node.operation, first, node)) }];
  }
}

type Smooth = 'exp' | 'sin' | 'cos' | 'tan' | 'tanh' | 'sigmoid' | 'softplus' | 'abs';

/** The derivative of a function of one number at `operand`, where it has the value `result`. */
function slopeOf(graph: Graph, operation: Smooth, operand: Node, result: Node): Node {
  const one = graph.constant(1);
  switch (operation) {
    case 'exp':
      return result;
    case 'sin':
      return graph.elementwise('cos', [operand]);
    case 'cos':
      return graph.negate(graph.elementwise('sin', [operand]));
    case 'tan':
      return graph.sum([one, graph.wholePower(result, 2)]);
    case 'tanh':
      return graph.difference(one, graph.wholePower(result, 2));
    case 'sigmoid':
      return graph.product(result, graph.difference(one, result));
    case 'softplus': {
      // PyTorch's softplus is the line x above 20.
      const steep = graph.compare('>', operand, graph.constant(20));
      return graph.choice(steep, one, graph.elementwise('sigmoid', [operand]));
    }
    case 'abs':
      return graph.elementwise('sign', [operand]);
  }
}

function reductionPart(graph: Graph, node: Node, adjoint: Node, operand: Node): Node {
  if (node.operation !== 'reduction' || node.reduction === 'total') return adjoint;
  const tied = graph.compare('==', operand, node);
  return multiply(graph, divide(graph, adjoint, graph.reduce('total', tied)), tied);
}

/** As PyTorch: no slope by the base where the exponent is 0, none by the exponent where both are 0 at most. */
function powParts(graph: Graph, node: Node, adjoint: Node, base: Node, exponent: Node): Part[] {
  const zero = graph.constant(0);
  const lower = graph.difference(exponent, graph.constant(1));
  const byBase = multiply(graph, adjoint, graph.product(exponent, graph.power(base, lower)));
  const flat = graph.compare('==', exponent, zero);
  const byExponent = multiply(graph, adjoint, graph.product(node, graph.elementwise('log', [base])));
  const atZero = graph.product(graph.compare('==', base, zero), graph.compare('>=', exponent, zero));
  return [
    { operand: base, value: only(graph, byBase, flat, false) },
    { operand: exponent, value: only(graph, byExponent, atZero, false) },
  ];
}

/**
 * PyTorch's: (p - t) / max(p (1 - p), 1e-12) by the probability, with 1e-12 in float32 as there; log(1 - p) - log(p)
 * by the truth.
 */
function crossEntropyParts(graph: Graph, adjoint: Node, probability: Node, truthNode: Node): Part[] {
  const rest = graph.difference(graph.constant(1), probability);
  const spread = graph.elementwise('maximum', [
    graph.product(probability, rest),
    graph.constant(Math.fround(1e-12)),
  ]);
  const byProbability = graph.quotient(graph.difference(probability, truthNode), spread);
  const logRest = graph.elementwise('log1p', [graph.negate(probability)]);
  const byTruth = graph.difference(logRest, graph.elementwise('log', [probability]));
  return [
    { operand: probability, value: multiply(graph, adjoint, byProbability) },
    { operand: truthNode, value: multiply(graph, adjoint, byTruth) },
  ];
}

/** A product with one number for all rows in front, so that the number can be taken out of a sum over the rows. */
function multiply(graph: Graph, left: Node, right: Node): Node {
  const [leftNumber, leftRows] = factors(graph, left);
  const [rightNumber, rightRows] = factors(graph, right);
  return graph.product(productOf(graph, leftNumber, rightNumber), graph.product(leftRows, rightRows));
}

/** A constant beyond it could overflow where its two factors would not. */
const largestFactor = 2 ** 20;

/**
 * A product of two numbers whose constant factors become one, beside `right`. The products on the way down from the
 * root wait for each other; what stands beside them can be computed meanwhile.
 */
function productOf(graph: Graph, left: Node, right: Node): Node {
  const [outer, leftRest] = left.operation === 'product' ? left.operands : [];
  const [inner, rightRest] = right.operation === 'product' ? right.operands : [];
  if (outer?.operation !== 'constant' || inner?.operation !== 'constant' || !leftRest || !rightRest)
    return graph.product(left, right);
  const factor = outer.value * inner.value;
  const isModerate = Math.abs(factor) < largestFactor && Math.abs(factor) > 1 / largestFactor;
  if (!isModerate) return graph.product(left, right);
  return graph.product(leftRest, graph.product(graph.constant(factor), rightRest));
}

function divide(graph: Graph, left: Node, right: Node): Node {
  if (right.rows || !left.rows) return graph.quotient(left, right);
  return multiply(graph, left, graph.quotient(graph.constant(1), right));
}

function opposite(graph: Graph, node: Node): Node {
  const [number, rows] = factors(graph, node);
  return graph.product(graph.negate(number), rows);
}

/** A total with the number taken out of it. */
function totalOf(graph: Graph, node: Node): Node {
  const [number, rows] = factors(graph, node);
  return graph.product(number, graph.reduce('total', rows));
}

/** `value` where the condition is as `chosen` says, else 0; the number in front stays in front. */
function only(graph: Graph, value: Node, condition: Node, chosen: boolean): Node {
  const zero = graph.constant(0);
  const pick = (node: Node) =>
    chosen ? graph.choice(condition, node, zero) : graph.choice(condition, zero, node);
  if (!value.rows && !condition.rows) return pick(value);
  const [number, rows] = factors(graph, value);
  return graph.product(number, pick(rows));
}

function addUp(graph: Graph, parts: readonly Node[]): Node {
  const split = parts.map((part) => factors(graph, part));
  const [first] = split;
  if (first === undefined) return graph.constant(0);
  if (split.length > 1 && split.every(([number, rows]) => number === first[0] && rows.rows)) {
    return graph.product(first[0], graph.sum(split.map(([, rows]) => rows)));
  }
  return graph.sum(parts);
}

/** A node as one number times what each row has; either may be the constant 1. */
function factors(graph: Graph, node: Node): [number: Node, rows: Node] {
  const one = graph.constant(1);
  if (!node.rows) return [node, one];
  const [first, second] = node.operands;
  if (node.operation === 'product' && first !== undefined && second !== undefined) {
    if (!first.rows) return [first, second];
    if (!second.rows) return [second, first];
  }
  if (node.operation === 'negation' && first !== undefined) {
    const [number, rows] = factors(graph, first);
    return [graph.negate(number), rows];
  }
  return [one, node];
}
