import type { Curve } from './curve.ts';
import { diagnoseCurve } from './diagnosis/diagnose-curve.ts';
import { diagnoseRun } from './diagnosis/diagnose-run.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { Program } from './program.ts';
import type { Run } from './run.ts';
import { finishGivingWay, type Pace, type Sliced } from './slices.ts';

export { isWell } from './diagnosis/diagnosis.ts';
export type {
  Cause,
  CellEdit,
  Condition,
  Diagnosis,
  DiagnosisFix,
  Evidence,
  Moment,
} from './diagnosis/diagnosis.ts';

export interface DiagnoseOptions {
  readonly signal?: AbortSignal;
  /** The text of the cell that the program was read from: edits that add a line then add it at the end. */
  readonly source?: string;
}

/**
 * Says what state a run is in, why, what shows it, and what cures it.
 *
 * With the program the run is judged by the gradient and the curvature of its loss, and each fix has been tried by
 * running it. Without it, and for a curve, only what the losses show is said; a curve that carries `framework` gets
 * advice in that framework's words. Gives way to others about every 10 ms.
 *
 * @param program what the run came from, of a sweep the whole: the run is found in it by its label and start
 * @throws the signal's reason where it ends the work
 */
export async function diagnose(
  run: Run | Curve,
  program?: Program,
  options: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const { signal, source } = options;
  const result = await finishGivingWay((pace) => slices(run, program, source, pace), signal);
  if (result !== undefined) return result;
  throw signal?.reason;
}

function* slices(
  run: Run | Curve,
  program: Program | undefined,
  source: string | undefined,
  pace: Pace,
): Sliced<Diagnosis> {
  if (!('outcome' in run)) return yield* diagnoseCurve(run);
  return program === undefined
    ? yield* diagnoseCurve(asCurve(run))
    : yield* diagnoseRun(run, program, source, pace);
}

/** A run as a log would have it. */
function asCurve(run: Run): Curve {
  const loss =
    run.loss.some(Number.isFinite) && run.batchLoss === undefined ? run.loss : (run.batchLoss ?? run.loss);
  const last = run.steps.length - 1;
  const value = Number.isFinite(loss[last]) ? NaN : (loss[last] ?? NaN);
  const step = run.steps[last] ?? 0;
  const broken = run.outcome === 'diverged' ? [{ step, field: 'loss' as const, value }] : [];
  return {
    name: run.label,
    steps: Float64Array.from(run.steps),
    loss,
    ...(run.validationLoss === undefined ? {} : { validationLoss: run.validationLoss }),
    learningRate: run.learningRate,
    notFinite: broken,
  };
}
