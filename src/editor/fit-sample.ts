import { predict, type Program, type Run } from '../kernel/index.ts';
import type { FitSample } from '../output/index.ts';

/** No picture shows more points apart than this. */
const mostPoints = 2000;

/**
 * The fit of a run at its start and its end, for every so many-th example: what a figure draws that is not sent the
 * data. Undefined where the experiment has nothing to fit.
 */
export function fitSample(program: Program, run: Run): FitSample | undefined {
  const start = predict(program, run.start.parameters);
  const end = predict(program, run.final.parameters);
  if (start?.truth === undefined || end === undefined) return undefined;
  const every = Math.ceil(start.truth.length / mostPoints);
  const points = Math.ceil(start.truth.length / every);
  const sample = (values: Float64Array) =>
    Float64Array.from({ length: points }, (_, point) => values[point * every] ?? NaN);
  return {
    ...(start.x ? { x: sample(start.x) } : {}),
    ...(start.xLabel === undefined ? {} : { xLabel: start.xLabel }),
    truth: sample(start.truth),
    atStart: sample(start.prediction),
    atEnd: sample(end.prediction),
  };
}
