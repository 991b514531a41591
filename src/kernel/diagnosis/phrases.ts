import { formatNumber, grouped, roundDown } from '../format-number.ts';
import type { Run } from '../run.ts';

/** How a rate compares with the limit below which the run is stable, as part of a sentence. */
export function rateAgainstLimit(rate: number, limit: number): string {
  const times = formatNumber(rate / limit, 3);
  const so = times === '1' ? (rate > limit ? 'just above' : 'just below') : `${times} times`;
  return `the learning rate ${formatNumber(rate)} is ${so} the limit ${formatNumber(roundDown(limit))}`;
}

/** What was no longer finite in a run that diverged, and when, as part of a sentence. */
export function brokenText(run: Run): string {
  const step = run.firstBadStep ?? run.stepsTaken;
  const loss = run.loss.at(-1) ?? NaN;
  const what = Number.isFinite(loss)
    ? 'a parameter or the gradient was no longer finite'
    : `the loss became ${Number.isNaN(loss) ? 'NaN' : 'infinite'}`;
  return step === 0 ? `${what} at the start` : `${what} at step ${grouped(step)}`;
}

/** With a capital letter. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
