import { compareNumbers } from './operations.ts';
import { PartEvaluation } from './evaluation.ts';
import type { Node } from './graph.ts';
import { inOrder } from './in-order.ts';
import { endNames, type PreparedRun } from './program.ts';
import type { CheckResult } from './run.ts';
import type { Pace, Sliced } from './slices.ts';

/** How a run ended, as its checks see it. */
export interface Ending {
  readonly parameters: Float64Array;
  readonly stepsTaken: number;
  readonly validationLoss: number;
  readonly diverged: boolean;
}

/** Judges the checks of a run over its training rows. A diverged run passes only checks that ask for it. */
export function* judge(run: PreparedRun, ending: Ending, pace: Pace): Sliced<CheckResult[]> {
  const inputs = [...run.symbols, ...endNames.map((name) => run.graph.symbol(name))];
  const outputs = run.checks.flatMap(({ left, right }) => [left, right]);
  const { stepsTaken, validationLoss, diverged } = ending;
  const epochsTaken = stepsTaken / run.schedule.stepsPerEpoch;
  const values = [...ending.parameters, stepsTaken, epochsTaken, validationLoss, diverged ? 1 : 0];
  const sides = yield* new PartEvaluation(run, 'training', inputs, outputs).at(
    Float64Array.from(values),
    pace,
  );
  return run.checks.map(({ check, left, right }, index) => {
    const [leftValue = NaN, rightValue = NaN] = sides.subarray(2 * index);
    const holds = compareNumbers(check.formula.operator, leftValue, rightValue);
    const judged = !diverged || mentions(run.graph.symbol('diverged'), left, right);
    const isNumber = !Number.isNaN(leftValue) && !Number.isNaN(rightValue);
    return {
      label: check.label,
      passed: holds && judged && isNumber,
      left: leftValue,
      right: rightValue,
      start: check.start,
      end: check.end,
    };
  });
}

function mentions(symbol: Node, ...roots: readonly Node[]): boolean {
  return inOrder(roots).includes(symbol);
}
