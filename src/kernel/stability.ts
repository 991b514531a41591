import { differentiate } from './differentiate.ts';
import type { Graph, Node } from './graph.ts';
import type { PreparedRun } from './program.ts';
import { ownSymbols } from './update.ts';

/**
 * The greatest product of learning rate and curvature at which the update of a run is stable: 2 for plain gradient
 * descent, 2 (1 + beta) with heavy-ball momentum beta, 2 (1 + beta) / (1 + 2 beta) with Nesterov's. Undefined for an
 * update that is not linear in gradient and learning rate, as those of Adam and its kin, and for one that goes uphill.
 *
 * On a quadratic of curvature c an update with one memory takes the parameter p and the memory m to
 * p + A m + G c p and a m + B c p. It is stable while |a| < 1 and 1 + trace + determinant of this map is positive,
 * that is while 2 (1 + a) + c F > 0, with F = G (1 + a) - A B a negative multiple of the learning rate.
 */
export function stableProduct(run: PreparedRun): number | undefined {
  const [none, once, twice] = [0, 1, 2].map((rate) => linearUpdate(run, rate));
  if (none === undefined || once === undefined || twice === undefined) return undefined;
  const isMultiple =
    none.force === 0 && Math.abs(twice.force - 2 * once.force) <= 1e-6 * Math.abs(once.force);
  const isSame = none.fade === once.fade && once.fade === twice.fade;
  if (!isMultiple || !isSame || !(once.force < 0) || !(Math.abs(once.fade) < 1)) return undefined;
  return (2 * (1 + once.fade)) / -once.force;
}

interface LinearUpdate {
  /** What a step leaves of the memory; 0 without one. */
  readonly fade: number;
  readonly force: number;
}

/** The update at a learning rate, where it is linear with constant factors and keeps what a parameter is. */
function linearUpdate(run: PreparedRun, rate: number): LinearUpdate | undefined {
  const { graph } = run;
  const own = ownSymbols(graph);
  const { parameter, memories } = run.updateAt(graph.constant(rate));
  const [memory, ...others] = memories;
  if (others.length > 0 || slopeOf(graph, parameter, own.parameter) !== 1) return undefined;
  const byGradient = slopeOf(graph, parameter, own.gradient);
  if (byGradient === undefined) return undefined;
  if (memory === undefined) return { fade: 0, force: byGradient };
  const fade = slopeOf(graph, memory.next, memory.symbol);
  const byMemory = slopeOf(graph, parameter, memory.symbol);
  const memoryByGradient = slopeOf(graph, memory.next, own.gradient);
  const memoryByParameter = slopeOf(graph, memory.next, own.parameter);
  if (fade === undefined || byMemory === undefined || memoryByGradient === undefined) return undefined;
  if (memoryByParameter !== 0) return undefined;
  return { fade, force: byGradient * (1 + fade) - byMemory * memoryByGradient };
}

/** The derivative where it is a constant. */
function slopeOf(graph: Graph, node: Node, symbol: Node): number | undefined {
  const [slope] = differentiate(graph, node, [symbol]);
  return slope?.operation === 'constant' ? slope.value : undefined;
}
