import { diagnose, thinCurve } from '../../kernel/index.ts';
import { frameworkNames, readTrainingLogInSlices, type LoggedCurve } from '../../logs/index.ts';
import { entriesPerCurve, mostCurves, type JudgedCurve } from '../../output/index.ts';

/** A training log with what its curves show, small enough to be drawn. */
export interface JudgedLog {
  /** The main one first. */
  readonly curves: readonly JudgedCurve[];
  /** How many more the log has. */
  readonly curvesLeftOut: number;
}

export interface JudgeOptions {
  readonly signal?: AbortSignal;
  /** Told whenever the work gives way to others how many bytes were read. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Reads a training log and judges each of its curves, giving way to others about every 10 ms.
 * @throws LogError where it is in no known format or has no loss, and the signal's reason once it is aborted
 */
export async function judgeLog(
  bytes: Uint8Array,
  fileName: string,
  { signal, onProgress }: JudgeOptions = {},
): Promise<JudgedLog> {
  const curves = await readTrainingLogInSlices([bytes], {
    fileName,
    ...(signal && { signal }),
    ...(onProgress && {
      onProgress: (progress) => {
        onProgress(progress.bytes);
      },
    }),
  });
  const shown = curves.slice(0, mostCurves);
  const entries = entriesPerCurve(shown.length);
  const judged: JudgedCurve[] = [];
  for (const curve of shown) judged.push(await judgeCurve(curve, entries, signal));
  return { curves: judged, curvesLeftOut: curves.length - shown.length };
}

async function judgeCurve(
  curve: LoggedCurve,
  entries: number,
  signal: AbortSignal | undefined,
): Promise<JudgedCurve> {
  const diagnosis = await diagnose(curve, undefined, signal && { signal });
  const { framework, ...thinned } = await thinCurve(curve, entries, signal);
  return { ...thinned, writtenBy: frameworkNames[framework], records: curve.steps.length, diagnosis };
}
