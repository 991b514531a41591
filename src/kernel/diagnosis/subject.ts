import type { PreparedRun } from '../program.ts';
import type { Run } from '../run.ts';
import type { Judgement } from './judge-run.ts';
import type { Surroundings } from './run-state.ts';
import type { Trials } from './trial.ts';

/** A run that is being diagnosed, with all that was measured of it. */
export interface Subject {
  readonly run: Run;
  readonly prepared: PreparedRun;
  readonly judgement: Judgement;
  readonly trials: Trials;
  /**
   * Where the curvature that matters was taken: where the rate is over the limit, of start, best point and end the
   * first; else at the end, or at the start for a run that grows or an end that shows no limit.
   */
  readonly steepest?: Surroundings;
}

/** It swings at a rate at which swings die out: the rate itself is not what carries it on. */
export function swingsBelowLimit({ judgement, steepest }: Subject): boolean {
  const limit = steepest?.curvature.stableBelow ?? 0;
  return judgement.swings !== undefined && judgement.peakRate < limit;
}
