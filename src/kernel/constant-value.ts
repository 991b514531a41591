import { ExperimentError, type Choice } from './experiment.ts';
import type { Formula } from './formula.ts';
import { Graph } from './graph.ts';
import { Scope, type DataScope, type NamedNodes } from './scope.ts';

/**
 * The value of a formula; undefined where it needs data, a parameter or the time, or calls a function wrongly, so
 * that it has no value before the run.
 */
export type ConstantValue = (formula: Formula) => number | undefined;

const noSymbols: NamedNodes = new Map();

/** Without columns nothing has rows, and there is nothing to reduce. */
const noData: DataScope = {
  column: (name, place) => {
    throw new ExperimentError(`\`${name}\` has no value before the run.`, place);
  },
  reduce: () => NaN,
  trainingRows: NaN,
};

/**
 * The values of formulas in run `run` (counted from 0), bit for bit those that a run in float64 has for them. Each
 * definition is computed once, when a formula first needs it.
 *
 * @param definitions the names that formulas may use besides `pi`
 */
export function constantValues(
  definitions: ReadonlyMap<string, Choice<Formula>>,
  run: number,
): ConstantValue {
  const scope = new Scope(new Graph('float64'), definitions, run, noSymbols, noData);
  return (formula) => {
    try {
      const node = scope.build(formula);
      return node.operation === 'constant' ? node.value : undefined;
    } catch (error) {
      if (error instanceof ExperimentError) return undefined;
      throw error;
    }
  };
}
