import { predict, type Program, type Run } from '../kernel/index.ts';
import type { FitSample } from '../output/index.ts';

/** No picture shows more points apart than this. */
const mostPoints = 2000;

/**
 * The fit of a run at its start and its end, for every so many-th example: what a figure draws that is not sent the
 * data. Undefined where the experiment has nothing to fit.
 */
export function fitSample(program: Program, run: Run): FitSample | undefined {
  const every = Math.max(1, Math.ceil(program.runs[0].schedule.rows / mostPoints));
  const start = predict(program, run.start.parameters, 0, every);
  const end = predict(program, run.final.parameters, 0, every);
  if (start?.truth === undefined || end === undefined) return undefined;
  return {
    ...(start.x ? { x: start.x } : {}),
    ...(start.xLabel === undefined ? {} : { xLabel: start.xLabel }),
    truth: start.truth,
    atStart: start.prediction,
    atEnd: end.prediction,
  };
}
