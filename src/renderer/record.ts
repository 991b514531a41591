import type { ByParameter, Run } from '../kernel/index.ts';

/** The loss to show at an entry of a run: the full loss where it was taken, else the latest one before. */
export function lossAt(run: Run, entry: number): number {
  for (let index = Math.min(entry, run.loss.length - 1); index >= 0; index -= 1) {
    const loss = run.loss[index] ?? NaN;
    if (!Number.isNaN(loss) || index === run.loss.length - 1) return loss;
  }
  return NaN;
}

/** A record of steps, which rise. */
interface Recorded {
  readonly steps: ArrayLike<number>;
}

/** The last entry of a run's record. */
export function lastEntry(run: Recorded): number {
  return Math.max(0, run.steps.length - 1);
}

/** The entry whose step is nearest to `step`, in a record that may have been thinned. */
export function entryNear(run: Recorded, step: number): number {
  let [low, high] = [0, lastEntry(run)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((run.steps[middle] ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  return step - (run.steps[before] ?? 0) < (run.steps[low] ?? 0) - step ? before : low;
}

/** The entry with the lowest full loss, the start where there is none. */
export function lowestEntry(run: Run): number {
  let best = 0;
  run.loss.forEach((loss, entry) => {
    if (loss < (run.loss[best] ?? NaN)) best = entry;
  });
  return best;
}

/** The values of all parameters at an entry. */
export function parametersAt(run: Run, entry: number): ByParameter<number> {
  const values = Object.create(null) as Record<string, number>;
  for (const [name, history] of Object.entries(run.parameters)) values[name] = history[entry] ?? NaN;
  return values;
}

/** Whether runs must share an axis of epochs, since a step of one is not a step of another. */
export function needsEpochs(runs: readonly Run[]): boolean {
  return runs.some((run) => run.stepsPerEpoch !== runs[0]?.stepsPerEpoch);
}

/** The horizontal places of a run's entries: steps, or epochs where the runs differ in batch size. */
export function horizontal(run: Run, byEpoch: boolean): ArrayLike<number> {
  return byEpoch ? Array.from(run.steps, (step) => step / run.stepsPerEpoch) : run.steps;
}

/** Whether every finite loss of the runs can stand on a logarithmic scale. */
export function canBeLogarithmic(runs: readonly Run[]): boolean {
  return runs.every((run) =>
    [run.loss, run.batchLoss, run.validationLoss].every(
      (losses) => losses?.every((loss) => !(loss <= 0)) ?? true,
    ),
  );
}
