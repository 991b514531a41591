import { ExperimentError, type Update } from './experiment.ts';
import type { Span } from './formula.ts';
import { countSymbol, type Graph, type Node } from './graph.ts';
import { inOrder } from './in-order.ts';
import { roundingTo } from './operations.ts';
import { slopeName, type Scope } from './scope.ts';

/** A number that each parameter remembers from step to step. */
export interface Memory {
  readonly symbol: Node;
  readonly startsAt: number;
  readonly next: Node;
}

/** The update of any one parameter, in the symbols of `ownSymbols` and those of the experiment. */
export interface UpdateNodes {
  readonly parameter: Node;
  readonly memories: readonly Memory[];
}

/** What differs from parameter to parameter: its value and partial derivative before the step. */
export function ownSymbols(graph: Graph): { parameter: Node; gradient: Node; gradientNorm: Node } {
  return {
    parameter: graph.symbol('parameter'),
    gradient: graph.symbol('gradient'),
    gradientNorm: graph.symbol('gradient_norm'),
  };
}

/**
 * The nodes of an update. A name that only passes a value from line to line takes no memory.
 *
 * @throws ExperimentError where a line has one value an example, or uses a name that is unknown
 */
export function buildUpdate(graph: Graph, scope: Scope, update: Update): UpdateNodes {
  const own = ownSymbols(graph);
  const locals = new Map<string, Node>([
    ['parameter', own.parameter],
    ['gradient', own.gradient],
    [slopeName, own.gradient],
    ['gradient_norm', own.gradientNorm],
  ]);
  const symbols = new Map<string, Node>();
  for (const { name } of update.lines) {
    if (name === 'parameter' || name === 'gradient') continue;
    const symbol = graph.symbol(`memory ${name}`);
    symbols.set(name, symbol);
    locals.set(name, symbol);
  }
  for (const line of update.lines) {
    const node = scope.build(line.formula, locals);
    if (node.rows) {
      const remedy = 'use `gradient`, `parameter` and names that are one number';
      throw new ExperimentError(`\`${line.name}\` has one value an example here: ${remedy}.`, line.formula);
    }
    checkReductions(node, line.formula);
    locals.set(line.name, node);
  }
  const round = roundingTo(graph.precision);
  const memories = [...symbols].map(([name, symbol]) => ({
    symbol,
    startsAt: round(update.memories.get(name) ?? 0),
    next: locals.get(name) ?? symbol,
  }));
  const parameter = locals.get('parameter') ?? own.parameter;
  return { parameter, memories: memoriesInUse(parameter, memories) };
}

/** The sums over the rows are made before the update, when only the parameters are known. */
function checkReductions(node: Node, place: Span): void {
  const reduced = inOrder([node]).filter((part) => part.operation === 'reduction');
  for (const part of inOrder(reduced)) {
    if (part.operation !== 'symbol' || part.symbol.startsWith('parameter ') || part.symbol === countSymbol)
      continue;
    const remedy = 'take the mean or sum first and use its result here';
    throw new ExperimentError(`\`${part.symbol}\` stands inside a mean or a sum: ${remedy}.`, place);
  }
}

/** The memories that reach the parameter, at once or through other memories. */
function memoriesInUse(parameter: Node, memories: readonly Memory[]): Memory[] {
  const reached = new Set<Memory>();
  const roots = [parameter];
  for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
    const nodes = new Set(inOrder([root]));
    for (const memory of memories) {
      if (!nodes.has(memory.symbol) || reached.has(memory)) continue;
      reached.add(memory);
      roots.push(memory.next);
    }
  }
  return memories.filter((memory) => reached.has(memory));
}
