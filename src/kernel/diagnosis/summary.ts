import { choose } from '../experiment.ts';
import type { Span } from '../formula.ts';
import { operationText } from './broken-operation.ts';
import type { Found } from './causes.ts';
import { fileRow } from './evidence.ts';
import { momentumFactor, nudgeLine, placesOfColumn } from './growth-fixes.ts';
import { guardsFor } from './domain-guards.ts';
import { countOf, formatNumber, grouped, roundDown } from '../format-number.ts';
import { numberText } from './number-text.ts';
import { brokenText, rateAgainstLimit } from './phrases.ts';
import type { Subject } from './subject.ts';

const digits = 5;

/** One or two sentences: what happened, and why. */
export function summaryOf(subject: Subject, found: Found | undefined): string {
  const why = found === undefined ? '' : ` ${causeText(subject, found)}`;
  return `${conditionText(subject)}${why}`;
}

function conditionText({ run, judgement }: Subject): string {
  const loss = formatNumber(judgement.losses.values.at(-1) ?? NaN, digits);
  const best = formatNumber(judgement.best, digits);
  switch (judgement.condition) {
    case 'not-finite':
      return `${sentence(brokenText(run))}.`;
    case 'exploding':
      return `The loss is growing: it was ${best} at best and is ${loss} after ${countOf(run.stepsTaken, 'step')}.`;
    case 'oscillating':
      return 'The parameters jump from side to side of the valley, step after step.';
    case 'crawling':
      return `The loss is falling, but hardly: it is ${loss}, and about ${formatNumber(judgement.end?.left ?? NaN, 3)} is left to gain.`;
    case 'noisy':
      return `The loss has stopped falling and shakes around ${formatNumber(judgement.noise?.iterates ?? NaN, digits)}: the noise of the batches keeps it above ${formatNumber(judgement.noise?.atMean ?? NaN, digits)}.`;
    case 'plateau':
      return `The loss is stuck at ${loss}: the ground is flat here, or a saddle, but it is no minimum.`;
    case 'overfitting':
      return `The validation loss was best at step ${grouped(judgement.overfit?.bestStep ?? NaN)} and has risen since, while the training loss has not.`;
    case 'settled':
      return `The run has settled: the loss is ${loss}, and hardly anything is left to gain here.`;
    case 'healthy':
      if (run.stepsTaken === 0) return 'No step has been taken: there is nothing to judge yet.';
      return `The run is healthy: the loss came down from ${formatNumber(run.start.loss, digits)} to ${loss}.`;
    case 'spikes':
      return 'The loss jumps up and comes back.';
  }
}

/** With a capital letter. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function causeText(subject: Subject, found: Found): string {
  const { judgement, steepest, trials } = subject;
  const limit = steepest?.curvature.stableBelow;
  switch (found.cause) {
    case 'learning-rate': {
      if (judgement.condition === 'noisy') return 'The steps do not get shorter.';
      if (judgement.condition === 'crawling') {
        if (limit === undefined) return 'The steps are short.';
        const share = judgement.peakRate / limit;
        return share > 0.5
          ? `The rate is ${formatNumber(share, 2)} of the limit already: what is missing is steps.`
          : `The rate could be up to ${formatNumber(roundDown(limit))}, and is ${formatNumber(judgement.peakRate)}.`;
      }
      if (limit === undefined) return 'The learning rate is too high.';
      return `${sentence(rateAgainstLimit(judgement.peakRate, limit))}.`;
    }
    case 'feature-scale': {
      const { features, scaling } = { ...found.scaling, scaling: found.scaling };
      const names = features.map(({ name }) => `\`${name}\``).join(' and ');
      return `The scale of ${names} is at fault: rescaled, the limit of the learning rate would be ${formatNumber(roundDown(scaling.limit))} in place of ${formatNumber(roundDown(limit ?? NaN))}.`;
    }
    case 'data': {
      const { bad, broken } = found;
      if (bad !== undefined) {
        const row = fileRow(trials.experiment.data, bad.row);
        return `Row ${row} has ${bad.value} in \`${bad.column}\`, where all others lie between ${numberText(bad.low)} and ${numberText(bad.high)}.`;
      }
      const rows = broken?.rows.map((row) => fileRow(trials.experiment.data, row)).join(', ') ?? '';
      return `It is so from the start, in row ${rows} only: look at the values there.`;
    }
    case 'domain':
      return `What broke first is ${operationText(found.broken)}.`;
    case 'precision':
      return 'With the range and digits of float64 the same run is well.';
    case 'direction':
      return 'Every step goes with the gradient, uphill, and not against it.';
    case 'momentum':
      return 'Without momentum the same rate is well: the velocity carries it too far.';
  }
}

/** The place in the cell where the fault lies; undefined where it is not written there. */
export function placeOf(subject: Subject, found: Found | undefined): Span | undefined {
  const { experiment } = subject.trials;
  const rate = experiment.learningRate && choose(experiment.learningRate, 0);
  switch (found?.cause) {
    case undefined:
      return undefined;
    case 'feature-scale':
      return spanOf(found.scaling.features[0]?.places[0]);
    case 'data': {
      const { bad } = found;
      const inCell = bad && experiment.tablePlaces?.get(bad.column)?.[bad.row];
      return spanOf(inCell ?? (bad && placesOfColumn(subject, bad.column)[0]));
    }
    case 'domain': {
      const guarded = guardsFor(subject, found.broken).at(-1)?.[0];
      return spanOf(guarded?.kind === 'formula' ? guarded.at : undefined);
    }
    case 'precision':
      return spanOf(choose(experiment.precision, 0));
    case 'direction':
      return spanOf(nudgeLine(experiment)?.formula ?? rate);
    case 'momentum':
      return spanOf(momentumFactor(subject) ?? (experiment.optimizer && choose(experiment.optimizer, 0)));
    case 'learning-rate':
      return spanOf(rate);
  }
}

function spanOf(place: Span | undefined): Span | undefined {
  return place !== undefined && place.end > place.start ? { start: place.start, end: place.end } : undefined;
}
