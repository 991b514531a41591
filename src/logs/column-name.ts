import type { CurveField } from '../kernel/index.ts';

/** What the name of a column, tag or run says of its values. */
export interface ColumnMeaning {
  readonly field: CurveField;
  /** Which of a file's losses it belongs to: its name without `train`, `val`, `step` and the like; none where all share it. */
  readonly loss?: string;
  /** Which of two columns with the same meaning is the better one: the lower. */
  readonly rank: number;
}

const validationWords = new Set(['val', 'valid', 'validation', 'eval', 'evaluation', 'dev']);
const trainingWords = new Set(['train', 'training', 'tr']);
const testWords = new Set(['test', 'testing', 'predict']);
const cadenceWords = new Set(['step', 'epoch', 'batch']);
const dataLoader = / dataloader idx \d{1,9}$/;
const gradientWords = new Set(['grad', 'gradient', 'gradients']);
/** Words that a norm of the whole gradient may carry; any other is the name of a layer. */
const normWords = new Set([
  ...['norm', 'gnorm', 'total', 'global', 'model', 'all', 'l2', '2', '2.0'],
  ...['before', 'after', 'pre', 'post', 'clip', 'clipping', 'clipped', 'optim', 'optimizer'],
]);
/** What a learning-rate monitor logs beside the rate, under names that hold the rate's. */
const besideRate = new Set(['momentum', 'weight', 'decay', 'betas']);

/**
 * Reads the name of a column: `train_loss_step`, `val_loss`, `Loss/train`, `lr-Adam`, `grad_2.0_norm_total`.
 * Undefined for any other quantity, for losses on test data and for the norm of a part of the gradient.
 */
export function readColumnName(name: string): ColumnMeaning | undefined {
  const words = wordsOf(name);
  if (words.some((word) => word.endsWith('loss'))) {
    if (words.some((word) => testWords.has(word))) return undefined;
    const field = isValidation(words) ? 'validationLoss' : 'loss';
    return { field, loss: withoutRole(words), rank: rankOf(words, field) };
  }
  if (isLearningRate(words)) return { field: 'learningRate', rank: 0 };
  if (isGradientNorm(words)) return { field: 'gradientNorm', rank: rankOf(words, 'gradientNorm') };
  return undefined;
}

/**
 * Reads the name of a run whose values are a loss: Keras writes the runs `train` and `validation`, which share the
 * curve of the name that is left without those words.
 */
export function readRunName(name: string): ColumnMeaning & { readonly loss: string } {
  const words = wordsOf(name);
  return { field: isValidation(words) ? 'validationLoss' : 'loss', loss: withoutRole(words), rank: 0 };
}

function wordsOf(name: string): string[] {
  const spaced = name.replace(/([a-z0-9])(?=[A-Z])/g, '$1 ').toLowerCase();
  const words = spaced.split(/[^\p{L}\p{N}.]/u).filter((word) => word !== '' && word !== '.');
  return words.join(' ').replace(dataLoader, '').split(' ');
}

function isValidation(words: readonly string[]): boolean {
  return words.some((word) => validationWords.has(word));
}

function withoutRole(words: readonly string[]): string {
  const kept = words.filter(
    (word) => !validationWords.has(word) && !trainingWords.has(word) && !cadenceWords.has(word),
  );
  return kept.join(' ');
}

/** A training loss is best step by step; a validation loss is best over the whole validation set. */
function rankOf(words: readonly string[], field: CurveField): number {
  const ofSteps = words.includes('step');
  const ofEpochs = words.includes('epoch');
  if (!ofSteps && !ofEpochs) return 1;
  return ofEpochs === (field === 'validationLoss') ? 0 : 2;
}

function isLearningRate(words: readonly string[]): boolean {
  const named = words.includes('lr') || words.join(' ').includes('learning rate');
  return named && !words.some((word) => besideRate.has(word));
}

function isGradientNorm(words: readonly string[]): boolean {
  const named =
    words.includes('gnorm') || (words.includes('norm') && words.some((word) => gradientWords.has(word)));
  return (
    named &&
    words.every(
      (word) =>
        normWords.has(word) || gradientWords.has(word) || trainingWords.has(word) || cadenceWords.has(word),
    )
  );
}
