import type { LoggedCurve } from './format.ts';
import { LogReading } from './log-reading.ts';
import { finishNow } from './slices.ts';

/**
 * Reads the loss curves of a training log in any known format (`formats.ts`), told by its content. The file's name
 * only gives a name to a curve that has none, and tells the run and tag of a TensorBoard export.
 *
 * - Steps are as the log counts them; `stepUnit` says what they count.
 * - A field that is empty or missing is missing, not zero. NaN and infinities that the log has are in `notFinite`.
 * - Where steps go back, the run was resumed: the later record wins, and what the earlier attempt had logged after
 *   that step is dropped, as TensorBoard does with orphaned events.
 * - A file that is still being written is read up to its last whole record.
 * - A file with several training losses gives a curve for each, the main one first. One with only a validation loss
 *   gives a curve whose `loss` is NaN throughout.
 *
 * Takes time linear in the text.
 * @throws LogError where the format is not known, saying what was looked for, or where the log has no loss yet
 */
export function readTrainingLog(text: string, fileName?: string): LoggedCurve[] {
  const reading = new LogReading(fileName);
  finishNow(reading.push(text));
  return finishNow(reading.end());
}
