/** What people write who come from other tools, and what it is called here. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['lr', 'learning_rate'],
  ['alpha', 'learning_rate'],
  ['eta', 'learning_rate'],
  ['α', 'learning_rate'],
  ['η', 'learning_rate'],
  ['rate', 'learning_rate'],
  ['learningrate', 'learning_rate'],
  ['iterations', 'steps'],
  ['iters', 'steps'],
  ['num_steps', 'steps'],
  ['max_steps', 'steps'],
  ['num_epochs', 'epochs'],
  ['n_epochs', 'epochs'],
  ['batch', 'batch_size'],
  ['batchsize', 'batch_size'],
  ['random_seed', 'seed'],
  ['random_state', 'seed'],
  ['dtype', 'precision'],
  ['early_stopping', 'patience'],
  ['validation_split', 'validation'],
  ['cost_function', 'loss'],
  ['y_pred', 'prediction'],
  ['y_hat', 'prediction'],
  ['y_true', 'truth'],
  ['target', 'truth'],
  ['grad', 'gradient'],
  ['theta', 'parameter'],
  ['θ', 'parameter'],
  ['average', 'mean'],
  ['avg', 'mean'],
  ['ln', 'log'],
  ['maximum', 'max'],
  ['minimum', 'min'],
  ['length', 'count'],
  ['len', 'count'],
  ['if', 'where'],
  ['logistic', 'sigmoid'],
  ['rand', 'uniform'],
  ['randn', 'normal'],
  ['gauss', 'normal'],
  ['bce', 'binary_cross_entropy'],
  ['l1', 'mae'],
  ['l1_loss', 'mae'],
  ['mean_absolute_error', 'mae'],
  ['l2', 'mse'],
  ['mse_loss', 'mse'],
  ['mean_squared_error', 'mse'],
  ['huber_loss', 'huber'],
  ['π', 'pi'],
]);

/** Beyond so many candidates the search would be felt while typing. */
const mostCandidates = 2000;

/**
 * The candidate that was probably meant: what the name is called here, else the one that is nearest by spelling
 * (letters left out, added, replaced or swapped; a third of them at most), else none.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const known = [...new Set(candidates)].filter((candidate) => candidate !== name).slice(0, mostCandidates);
  const translated = otherNames.get(name.toLowerCase());
  if (translated !== undefined && known.includes(translated)) return translated;
  let best: string | undefined;
  let bestDistance = Math.floor(Math.max(3, name.length) / 3) + 0.5;
  const letters = lettersOf(name);
  for (const candidate of known) {
    if (missingLetters(letters, lettersOf(candidate)) > bestDistance) continue;
    const distance = distanceBetween(name, candidate, bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The set of a name's letters, one bit each (letters share bits, which only makes the comparison coarser). */
function lettersOf(name: string): number {
  let letters = 0;
  for (let index = 0; index < name.length; index += 1) letters |= 1 << (name.charCodeAt(index) & 31);
  return letters;
}

/** At least so many letters of the first name would have to change; much faster than the distance itself. */
function missingLetters(letters: number, others: number): number {
  let count = 0;
  for (let missing = letters & ~others; missing !== 0; missing &= missing - 1) count += 1;
  return count;
}

/** Letters to change until one name is the other; a change of case alone counts half. Gives up at `limit`. */
function distanceBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return Infinity;
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  if (left === right) return 0.5;
  if (Math.min(a.length, b.length) < 2) return Infinity;
  let twoBefore = new Int32Array(right.length + 1);
  let before = Int32Array.from(twoBefore, (_, index) => index);
  let row = new Int32Array(right.length + 1);
  for (let i = 1; i <= left.length; i += 1) {
    if (fillRow(row, before, twoBefore, left, right, i) >= limit) return Infinity;
    [twoBefore, before, row] = [before, row, twoBefore];
  }
  return before[right.length] ?? Infinity;
}

/** The distances of the first `i` letters of `left` from every beginning of `right`; returns the least of them. */
function fillRow(
  row: Int32Array,
  before: Int32Array,
  twoBefore: Int32Array,
  left: string,
  right: string,
  i: number,
): number {
  const letter = left.charCodeAt(i - 1);
  const letterBefore = left.charCodeAt(i - 2);
  let least = i;
  row[0] = i;
  for (let j = 1; j <= right.length; j += 1) {
    const other = right.charCodeAt(j - 1);
    const replaced = (before[j - 1] ?? 0) + (letter === other ? 0 : 1);
    const addedOrLost = Math.min(before[j] ?? 0, row[j - 1] ?? 0) + 1;
    const isSwap = i > 1 && j > 1 && letter === right.charCodeAt(j - 2) && letterBefore === other;
    const swapped = isSwap ? (twoBefore[j - 2] ?? 0) + 1 : Infinity;
    const distance = Math.min(replaced, addedOrLost, swapped);
    row[j] = distance;
    least = Math.min(least, distance);
  }
  return least;
}
