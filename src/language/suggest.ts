/** What people write who come from other tools, and what it is called here. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['lr', 'learning_rate'],
  ['alpha', 'learning_rate'],
  ['eta', 'learning_rate'],
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
  ['l2', 'mse'],
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
  for (const candidate of known) {
    const distance = distanceBetween(name, candidate, bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Letters to change until one name is the other; a change of case alone counts half. Gives up at `limit`. */
function distanceBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return Infinity;
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  if (left === right) return 0.5;
  if (Math.min(a.length, b.length) < 2) return Infinity;
  let twoBefore: number[] = [];
  let before = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const same = left.charAt(i - 1) === right.charAt(j - 1);
      let least = Math.min(
        (before[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (before[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        i > 1 &&
        j > 1 &&
        left.charAt(i - 1) === right.charAt(j - 2) &&
        left.charAt(i - 2) === right.charAt(j - 1);
      if (swapped) least = Math.min(least, (twoBefore[j - 2] ?? 0) + 1);
      row.push(least);
    }
    if (Math.min(...row) >= limit) return Infinity;
    twoBefore = before;
    before = row;
  }
  return before[right.length] ?? Infinity;
}
