import type { Curve, NotFinite } from './curve.ts';
import { diagnoseCurve } from './diagnosis/diagnose-curve.ts';
import { diagnoseRun } from './diagnosis/diagnose-run.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import { brokenText, sentence } from './diagnosis/phrases.ts';
import type { Program } from './program.ts';
import type { Run } from './run.ts';
import { finishUnlessAborted, type Pace, type Sliced } from './slices.ts';

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

/** How a diagnosis is made. */
export interface DiagnoseOptions {
  /** Ends the work. */
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
  return finishUnlessAborted((pace) => slices(run, program, source, pace), signal);
}

function* slices(
  run: Run | Curve,
  program: Program | undefined,
  source: string | undefined,
  pace: Pace,
): Sliced<Diagnosis> {
  if (!('outcome' in run)) return yield* diagnoseCurve(run);
  if (program !== undefined) return yield* diagnoseRun(run, program, source, pace);
  if (run.outcome !== 'diverged') return yield* diagnoseCurve(asCurve(run, []));
  const broken = brokenValue(run);
  return broken === undefined ? brokenParameter(run) : yield* diagnoseCurve(asCurve(run, [broken]));
}

/** A run as a log would have it. */
function asCurve(run: Run, notFinite: readonly NotFinite[]): Curve {
  return {
    name: run.label,
    steps: Float64Array.from(run.steps),
    loss: run.batchLoss ?? run.loss,
    ...(run.validationLoss === undefined ? {} : { validationLoss: run.validationLoss }),
    gradientNorm: run.gradientNorm,
    learningRate: run.learningRate,
    notFinite,
  };
}

/** The value at which a run diverged; undefined where that was a parameter, which no log has. */
function brokenValue({ steps, loss, batchLoss, gradientNorm }: Run): NotFinite | undefined {
  const last = steps.length - 1;
  const at = (field: NotFinite['field'], values: Float64Array | undefined): NotFinite => ({
    step: steps[last] ?? NaN,
    field,
    value: values?.[last] ?? 0,
  });
  // The full loss comes first: it is always taken where a run diverges, that of a batch not at the start.
  const values = [at('loss', loss), at('loss', batchLoss), at('gradientNorm', gradientNorm)];
  return values.find(({ value }) => !Number.isFinite(value));
}

function brokenParameter(run: Run): Diagnosis {
  return {
    condition: 'not-finite',
    summary: `${sentence(brokenText(run))}.`,
    evidence: { 'first bad step': run.firstBadStep ?? run.stepsTaken },
    fixes: [],
    notes: [],
  };
}
