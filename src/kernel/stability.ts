import { differentiate } from './differentiate.ts';
import type { Graph, Node } from './graph.ts';
import { inOrder } from './in-order.ts';
import type { PreparedRun } from './program.ts';
import { ownSymbols } from './update.ts';

/**
 * The greatest product of learning rate and curvature below which the update of a run is stable: 2 for plain gradient
 * descent, 2 (1 + beta) with heavy-ball momentum beta, 2 (1 + beta) / (1 + 2 beta) with Nesterov's. Undefined for an
 * update that is not linear in gradient and learning rate, as those of Adam and its kin, for one that names a
 * parameter, and for one that goes uphill.
 *
 * On a quadratic of curvature c an update with one memory takes the parameter p and the memory m to
 * p + A m + G c p and a m + B c p. With trace T and determinant D of this map it is stable while 1 - T + D > 0,
 * 1 + T + D > 0 and D < 1 (Jury 1964). G and A B are multiples of the learning rate, so that the first holds at each
 * rate or at none, and the others up to a rate.
 */
export function stableProduct(run: PreparedRun): number | undefined {
  const [none, once, twice] = [0, 1, 2].map((rate) => linearUpdate(run, rate));
  if (none === undefined || once === undefined || twice === undefined) return undefined;
  const { fade, direct, remembered } = once;
  const isMultiple =
    none.direct === 0 &&
    none.remembered === 0 &&
    isTwice(twice.direct, direct) &&
    isTwice(twice.remembered, remembered);
  const isSame = none.fade === fade && fade === twice.fade;
  const down = -direct * (1 - fade) - remembered;
  const goesDown = down > 1e-9 * (Math.abs(direct) + Math.abs(remembered)); // what cancels leaves a rest
  if (!isMultiple || !isSame || !(Math.abs(fade) < 1) || !goesDown) return undefined;
  const toAndFro = direct * (1 + fade) - remembered;
  const around = direct * fade - remembered;
  return Math.min(
    toAndFro < 0 ? (2 * (1 + fade)) / -toAndFro : Infinity,
    around > 0 ? (1 - fade) / around : Infinity,
  );
}

function isTwice(twice: number, once: number): boolean {
  return Math.abs(twice - 2 * once) <= 1e-6 * Math.abs(once);
}

interface LinearUpdate {
  /** What a step leaves of the memory, a; 0 without one. */
  readonly fade: number;
  /** What the gradient does to the parameter, G. */
  readonly direct: number;
  /** What the gradient does to the parameter by way of the memory, A B. */
  readonly remembered: number;
}

/** The update at a learning rate, where it is linear with constant factors and keeps what a parameter is. */
function linearUpdate(run: PreparedRun, rate: number): LinearUpdate | undefined {
  const { graph } = run;
  const own = ownSymbols(graph);
  const { parameter, memories } = run.updateAt(graph.constant(rate));
  const [memory, ...others] = memories;
  if (others.length > 0 || slopeOf(graph, parameter, own.parameter) !== 1) return undefined;
  if (usesAny([parameter, ...memories.map(({ next }) => next)], run.symbols)) return undefined;
  const direct = slopeOf(graph, parameter, own.gradient);
  if (direct === undefined) return undefined;
  if (memory === undefined) return { fade: 0, direct, remembered: 0 };
  const fade = slopeOf(graph, memory.next, memory.symbol);
  const byMemory = slopeOf(graph, parameter, memory.symbol);
  const memoryByGradient = slopeOf(graph, memory.next, own.gradient);
  const memoryByParameter = slopeOf(graph, memory.next, own.parameter);
  if (fade === undefined || byMemory === undefined || memoryByGradient === undefined) return undefined;
  if (memoryByParameter !== 0) return undefined;
  return { fade, direct, remembered: byMemory * memoryByGradient };
}

function usesAny(nodes: readonly Node[], symbols: readonly Node[]): boolean {
  return inOrder(nodes).some((node) => symbols.includes(node));
}

/** The derivative where it is a constant. */
function slopeOf(graph: Graph, node: Node, symbol: Node): number | undefined {
  const [slope] = differentiate(graph, node, [symbol]);
  return slope?.operation === 'constant' ? slope.value : undefined;
}
