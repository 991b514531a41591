import type { Run } from '../kernel/index.ts';
import { countOf, formatNumber } from './numbers.ts';
import { lossAt } from './record.ts';

/** How a run went, in a sentence, and whether that is good news. */
export interface Outcome {
  readonly tone: 'bad' | 'plain';
  readonly text: string;
}

const risingShare = 0.8;
const farAboveBest = 0.1;

/** @param limit - the learning rate below which the run is stable, where it is known */
export function outcomeOf(run: Run, limit?: number): Outcome {
  const { start, final, stepsTaken } = run;
  const steps = countOf(stepsTaken, 'step');
  const losses = `from ${formatNumber(start.loss, 5)} to ${formatNumber(final.loss, 5)}`;
  if (run.outcome === 'diverged')
    return { tone: 'bad', text: `Diverged: ${brokenAt(run)}${overLimit(run, limit)}.` };
  if (run.outcome === 'stopped')
    return { tone: 'plain', text: `Stopped after ${steps}. The loss went ${losses}.` };
  if (stepsTaken === 0)
    return {
      tone: 'plain',
      text: `No steps are taken. The loss at the start is ${formatNumber(start.loss, 5)}.`,
    };
  if (isExploding(run)) {
    return { tone: 'bad', text: `Exploding: the loss rose ${losses} in ${steps}${overLimit(run, limit)}.` };
  }
  if (run.outcome === 'settled') {
    return {
      tone: 'plain',
      text: `Settled after ${steps}, when the loss no longer got better. It went ${losses}.`,
    };
  }
  const verb = final.loss < start.loss ? 'fell' : final.loss > start.loss ? 'rose' : 'went';
  return { tone: 'plain', text: `The loss ${verb} ${losses} in ${steps}.` };
}

function brokenAt(run: Run): string {
  const step = run.firstBadStep ?? run.stepsTaken;
  const value = run.loss.at(-1) ?? NaN;
  const what = Number.isFinite(value)
    ? 'a number was no longer finite'
    : `the loss became ${formatNumber(value)}`;
  return step === 0 ? `${what} at the start` : `${what} at step ${formatNumber(step, 12)}`;
}

function overLimit(run: Run, limit: number | undefined): string {
  const rate = Math.max(...run.learningRate.filter(Number.isFinite));
  if (limit === undefined || !(rate > limit)) return '';
  const times = formatNumber(rate / limit, 3);
  const above = times === '1' ? 'just above' : `${times} times`;
  return `; the learning rate ${formatNumber(rate)} is ${above} the limit ${formatNumber(limit)}`;
}

/** Rising for good: most of the last quarter's steps went up, to far above the best loss of the run. */
function isExploding(run: Run): boolean {
  const { loss } = run;
  const quarter = Math.max(1, Math.floor(loss.length / 4));
  let best = Infinity;
  let [rises, moves] = [0, 0];
  for (let entry = 0; entry < loss.length; entry += 1) {
    const now = loss[entry] ?? NaN;
    if (Number.isNaN(now)) continue;
    if (entry >= loss.length - quarter && entry > 0) {
      moves += 1;
      if (now > lossAt(run, entry - 1)) rises += 1;
    }
    best = Math.min(best, now);
  }
  const scale = Math.max(Math.abs(run.start.loss), Math.abs(best));
  return moves > 0 && rises >= risingShare * moves && run.final.loss - best > farAboveBest * scale;
}
