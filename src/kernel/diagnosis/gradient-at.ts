import { PartEvaluation } from '../evaluation.ts';
import type { PreparedRun } from '../program.ts';
import { finishNow } from '../slices.ts';

/** The gradient of the full training loss at a point, without giving way. */
export function gradientAt(prepared: PreparedRun, point: Float64Array): Float64Array {
  const evaluation = new PartEvaluation(prepared, 'training', prepared.symbols, prepared.gradient);
  return finishNow((pace) => evaluation.at(point, pace));
}
