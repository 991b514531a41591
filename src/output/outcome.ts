import { brokenText, countOf, formatNumber, grouped, rateAgainstLimit } from '../kernel/index.ts';
import type { Run } from '../kernel/index.ts';

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
    return { tone: 'bad', text: `Diverged: ${brokenText(run)}${overLimit(run, limit)}.` };
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

/** Where a run that diverged did so, in few words. */
export function divergedText(run: Run): string {
  const step = run.firstBadStep ?? run.stepsTaken;
  return step === 0 ? 'diverged at the start' : `diverged at step ${grouped(step)}`;
}

function overLimit(run: Run, limit: number | undefined): string {
  const rate = Math.max(...run.learningRate.filter(Number.isFinite));
  return limit !== undefined && rate > limit ? `; ${rateAgainstLimit(rate, limit)}` : '';
}

/** Rising for good: most of the last quarter's steps went up, to far above the best loss of the run. */
export function isExploding(run: Run): boolean {
  const loss = run.loss.filter((each, entry) => !Number.isNaN(each) || entry === run.loss.length - 1);
  const quarter = Math.max(1, Math.floor(loss.length / 4));
  let best = Infinity;
  let [rises, moves] = [0, 0];
  loss.forEach((now, entry) => {
    if (entry >= loss.length - quarter && entry > 0) {
      moves += 1;
      if (now > (loss[entry - 1] ?? NaN)) rises += 1;
    }
    if (now < best) best = now;
  });
  const scale = Math.max(Math.abs(run.start.loss), Math.abs(best));
  return moves > 0 && rises >= risingShare * moves && run.final.loss - best > farAboveBest * scale;
}
