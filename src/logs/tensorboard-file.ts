import { readColumnName, readRunName, type ColumnMeaning } from './column-name.ts';
import { LogError } from './error.ts';

/** The name of a downloaded file, `run-RUN-tag-TAG.csv`, where a browser may have numbered it: `... (1).csv`. */
const downloaded = /^run-(.*)-tag-(.*?)(?: \(\d{1,9}\))?\.(?:csv|json)$/s;

/**
 * What an export of one run and tag holds. The export itself does not say it, but the name that TensorBoard gives
 * to the file does; without one it is taken for a training loss.
 * @throws LogError where the name says that it is no loss that could be judged
 */
export function meaningOfExport(fileName: string | undefined): ColumnMeaning & { readonly name: string } {
  const base = fileName?.split(/[\\/]/).at(-1) ?? '';
  const [, run, tag] = downloaded.exec(base) ?? [];
  if (run === undefined || tag === undefined) return { name: base, field: 'loss', loss: '', rank: 0 };
  const meaning = readColumnName(tag);
  if (meaning?.field === 'learningRate' || meaning?.field === 'gradientNorm') {
    const quantity = meaning.field === 'learningRate' ? 'the learning rate' : 'the norm of the gradient';
    throw new LogError(
      `This TensorBoard export holds ${quantity} (tag ${tag}), and no loss. Export the tag of the loss instead.`,
    );
  }
  // The run may say what the tag does not: Keras logs `epoch_loss` in the runs `train` and `validation`.
  const isValidation = meaning?.field === 'validationLoss' || readRunName(run).field === 'validationLoss';
  return { name: `${run} ${tag}`, field: isValidation ? 'validationLoss' : 'loss', loss: '', rank: 0 };
}
