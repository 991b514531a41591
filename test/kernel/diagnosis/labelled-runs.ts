import { growingRuns } from './growing-runs.ts';
import type { LabelledRun } from './labelled-run.ts';
import { otherRuns } from './other-runs.ts';
import { stuckRuns } from './stuck-runs.ts';
import { swingingRuns } from './swinging-runs.ts';

/** Over different models, optimizers, batch sizes, precisions and seeds. */
export const labelledRuns: readonly LabelledRun[] = [
  ...growingRuns,
  ...otherRuns,
  ...swingingRuns,
  ...stuckRuns,
];
