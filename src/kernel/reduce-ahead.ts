import type { RunData } from './data.ts';
import type { Node, ReductionKind } from './graph.ts';
import type { DataScope } from './scope.ts';
import type { Pace, Sliced } from './slices.ts';

/** Interrupts what needs a reduction of data that has not been done yet. */
class ReductionNeeded extends Error {
  readonly reduction: ReductionKind;
  readonly operand: Node;

  constructor(reduction: ReductionKind, operand: Node) {
    super('A reduction of data has not been done yet.');
    this.reduction = reduction;
    this.operand = operand;
  }
}

/**
 * Does in slices all reductions of data that `build` asks for: it begins again after each of them, until it comes to
 * its end. Each time it makes the same nodes of a graph in the same order, so that no number depends on this.
 */
export function* reduceAhead(data: RunData, build: (scope: DataScope) => void, pace: Pace): Sliced<void> {
  const scope: DataScope = {
    trainingRows: data.trainingRows,
    column: (name, place) => data.column(name, place),
    reduce: (reduction, operand) => {
      if (data.hasReduced(reduction, operand)) return data.reduce(reduction, operand);
      throw new ReductionNeeded(reduction, operand);
    },
  };
  for (;;) {
    try {
      build(scope);
      return;
    } catch (error) {
      if (!(error instanceof ReductionNeeded)) throw error;
      yield* data.reduceInSlices(error.reduction, error.operand, pace);
    }
  }
}
