import { choose } from '../experiment.ts';
import { everyPart } from '../formula.ts';
import { lengthOf } from '../vectors.ts';
import { numberFormula, sumFormula } from './build-formula.ts';
import type { Change } from './changes.ts';
import { pointAt } from './run-state.ts';
import type { Subject } from './subject.ts';

/** Steps and parameters beyond this length may overflow without anything being wrong with the update. */
const mostLength = { float64: 1e150, float32: 1e18 } as const;
/** What optimizers add to a divisor that may be 0. */
const smallDivisor = 1e-8;

/** Whether the run broke at a step whose learning rate is not finite, as `1 / (step - 1)` at the first. */
export function isRateBroken({ run, trials }: Subject): boolean {
  const hasRate = trials.experiment.learningRate !== undefined;
  return hasRate && run.outcome === 'diverged' && !Number.isFinite(run.learningRate.at(-1));
}

/**
 * Whether a step made a parameter that is not finite of parameters, a gradient and a learning rate that are finite and
 * far from overflow: then the update itself divides by 0 or leaves a domain.
 */
export function isUpdateBroken({ run, prepared, trials }: Subject): boolean {
  const last = run.steps.length - 1;
  const isStep = last > 0 && run.steps[last] === (run.steps[last - 1] ?? NaN) + 1;
  if (trials.experiment.optimizer !== undefined || run.outcome !== 'diverged' || !isStep) return false;
  const gradient = run.gradientNorm[prepared.schedule.hasBatches ? last : last - 1] ?? NaN;
  const rate = run.learningRate[last] ?? NaN;
  const before = lengthOf(pointAt(prepared, run, last - 1));
  const most = mostLength[prepared.graph.precision];
  const isModest = before < most && gradient < most && Math.abs(rate) * gradient < most;
  return isModest && !pointAt(prepared, run, last).every(Number.isFinite);
}

/** A small number added to every divisor of the update; empty where nothing is divided. */
export function guardedDivisors({ trials }: Subject): Change[] {
  const lines = choose(trials.experiment.update, 0).lines.map(({ formula }) => formula);
  const divisors = [...everyPart(lines)].flatMap((part) =>
    part.kind === 'product' ? part.factors.filter(({ inverse }) => inverse) : [],
  );
  return divisors
    .map(({ formula }) => formula)
    .filter(({ kind }) => kind !== 'number')
    .map((at) => ({ kind: 'formula', at, by: sumFormula(at, numberFormula(smallDivisor)) }));
}
