import { choose } from '../experiment.ts';
import type { Formula, Span } from '../formula.ts';
import { formulaOf, operationText, type BrokenOperation } from './broken-operation.ts';
import { isRateBroken } from './broken-update.ts';
import type { Found } from './causes.ts';
import { isGrowing } from './diagnosis.ts';
import { momentumFactor, nudgeLine, placesOfColumn } from './growth-fixes.ts';
import { guardsFor } from './domain-guards.ts';
import { countOf, formatNumber, grouped, roundDown } from '../format-number.ts';
import { turningShare } from './judge-run.ts';
import { brokenText, rateAgainstLimit, sentence } from './phrases.ts';
import { fileRow, oddValueText, rowsText } from './row-text.ts';
import { isWithoutCurvature } from './run-state.ts';
import type { Scaling } from './scaling.ts';
import { swingsBelowLimit, type Subject } from './subject.ts';
import type { Swings } from './swings.ts';

const digits = 5;

/** One or two sentences: what happened, and why. */
export function summaryOf(subject: Subject, found: Found | undefined): string {
  const why = found === undefined ? '' : ` ${causeText(subject, found)}`;
  return `${conditionText(subject)}${why}`;
}

function conditionText(subject: Subject): string {
  const { run, judgement } = subject;
  const loss = formatNumber(judgement.losses.values.at(-1) ?? NaN, digits);
  const best = formatNumber(judgement.best, digits);
  switch (judgement.condition) {
    case 'not-finite':
      return `${sentence(brokenText(run))}.`;
    case 'exploding':
      if (judgement.noise !== undefined)
        return `The loss is thrown about far above its start of ${formatNumber(run.start.loss, digits)}: over the last half it is ${formatNumber(judgement.noise.iterates)} on average.`;
      if (Math.abs(judgement.fall) <= 1e-3 * Math.abs(judgement.drop))
        return `The loss was thrown from ${best} up to ${loss}, where the ground is flat and nothing leads back.`;
      if (!(judgement.drop < 0)) return thrownText(subject);
      if (judgement.fall > 0)
        return `The loss was thrown far up and has not come back: it was ${formatNumber(run.start.loss, digits)} at the start and is ${loss} after ${countOf(run.stepsTaken, 'step')}.`;
      return `The loss is growing: it was ${best} at best and is ${loss} after ${countOf(run.stepsTaken, 'step')}.`;
    case 'oscillating':
      if (judgement.swings !== undefined && judgement.turning < turningShare)
        return swingText(judgement.swings);
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
      if (judgement.drop < 0)
        return `Too early to judge: the loss has not come down, it was ${formatNumber(run.start.loss, digits)} and is ${loss} after ${countOf(run.stepsTaken, 'step')}.`;
      return `The run is healthy: the loss came down from ${formatNumber(run.start.loss, digits)} to ${loss}.`;
    case 'spikes':
      return `The loss had come to rest at ${best}, and jumped up again: to ${formatNumber(judgement.swings?.high ?? NaN, digits)} in the last quarter.`;
  }
}

/** Of a run that grows and yet ends no higher than it began. */
function thrownText({ run, judgement: { losses } }: Subject): string {
  const highest = losses.values.reduce((most, value) => Math.max(most, value), -Infinity);
  const [start, high, end] = [run.start.loss, highest, losses.values.at(-1) ?? NaN].map((value) =>
    formatNumber(value, digits),
  );
  const steps = countOf(run.stepsTaken, 'step');
  return highest > run.start.loss
    ? `The loss is thrown about: it was ${start} at the start and up to ${high} since, and is ${end} after ${steps}.`
    : `The loss falls without end: it was ${start} at the start and is ${end} after ${steps}.`;
}

function swingText({ low, high, steps }: Swings): string {
  return `The loss swings up and down: over the last ${countOf(steps, 'step')} between ${formatNumber(low)} and ${formatNumber(high)}.`;
}

function causeText(subject: Subject, found: Found): string {
  const { judgement, steepest, trials, prepared } = subject;
  const limit = steepest?.curvature.stableBelow;
  switch (found.cause) {
    case 'learning-rate': {
      if (isRateBroken(subject)) return 'The learning rate itself is not finite there: look at its formula.';
      if (judgement.condition === 'noisy') return 'The steps do not get shorter.';
      if (judgement.condition === 'crawling') {
        if (limit === undefined) return 'The steps are short.';
        const share = judgement.peakRate / limit;
        return share > 0.5
          ? `The rate is ${formatNumber(share, 2)} of the limit already${stretchText(subject)}`
          : `The rate could be up to ${formatNumber(roundDown(limit))}, and is ${formatNumber(judgement.peakRate)}.`;
      }
      if (limit === undefined) return highRateText(subject);
      if (isGrowing(judgement.condition) && !(judgement.peakRate > limit)) {
        return prepared.schedule.hasBatches
          ? `The learning rate ${formatNumber(judgement.peakRate)} is too high for batches of ${prepared.schedule.batchSize}.`
          : `The learning rate ${formatNumber(judgement.peakRate)} is below the limit at the start, ${formatNumber(roundDown(limit))}, but too high for steeper places on the way.`;
      }
      return `${sentence(rateAgainstLimit(judgement.peakRate, limit))}.`;
    }
    case 'feature-scale':
      return scaleText(subject, found.scaling);
    case 'data': {
      const { bad, broken } = found;
      if (bad !== undefined) {
        return `${oddValueText(`Row ${fileRow(trials.experiment.data, bad.row)}`, bad)}.`;
      }
      const rows = rowsText(trials.experiment.data, broken?.rows ?? []);
      return `It is so from the start, and only in ${rows}: look at the values there.`;
    }
    case 'start':
      return startText(found.broken);
    case 'domain':
      return `What broke first is ${operationText(found.broken)}.`;
    case 'update':
      return 'A step made it so of finite parameters and a finite gradient: a line of `for each step:` divides by 0, or takes a root or a logarithm that does not exist.';
    case 'precision':
      return 'With the range and digits of float64 the same run is well.';
    case 'direction':
      return 'Every step goes with the gradient, uphill, and not against it.';
    case 'momentum':
      return momentumText(subject);
  }
}

/** Why a run is not finite before its first step. */
function startText(broken: BrokenOperation | undefined): string {
  const what = broken === undefined ? 'It is so' : `What broke is ${operationText(broken)},`;
  return `${what} before any step was taken, so no learning rate can help: look at the starts, at the scale of the data and at the formula of the loss.`;
}

/** Why the highest rate is slow all the same. */
function stretchText({ steepest, prepared }: Subject): string {
  const condition = steepest?.curvature.condition ?? NaN;
  if (!(condition >= 100) || !Number.isFinite(condition)) return ': what is missing is steps.';
  const missing = prepared.update.memories.length === 0 ? 'steps, or momentum' : 'steps';
  return `, and the valley bends ${timesText(condition)} times as sharply across as along: what is missing is ${missing}.`;
}

function momentumText(subject: Subject): string {
  const { judgement, steepest } = subject;
  const limit = steepest?.curvature.stableBelow;
  if (limit === undefined || !swingsBelowLimit(subject))
    return 'Without momentum the same rate is well: the velocity carries it too far.';
  return `The velocity carries the parameters past the lowest point and back again. ${sentence(rateAgainstLimit(judgement.peakRate, limit))}, so the swings die out, but slowly.`;
}

/** Where no limit is known: what the steps of the optimizer depend on. */
function highRateText({ prepared, judgement }: Subject): string {
  const { optimizer } = prepared.settings;
  const { condition, turning, end } = judgement;
  const isAtBottom = condition === 'spikes' || (condition === 'oscillating' && turning >= turningShare);
  if (isAtBottom && end !== undefined && isWithoutCurvature(end)) {
    return 'This loss is as steep beside its lowest point as far away, so steps that do not get shorter go to and fro across it.';
  }
  if (isAtBottom && divides.has(optimizer)) {
    return `Near the lowest point the gradients are tiny, and so is what \`${optimizer}\` divides them by: a step becomes long, as long as the rate does not fall.`;
  }
  return optimizer === 'adam'
    ? `The learning rate is too high: with \`adam\` a step moves each parameter by about as much, ${formatNumber(judgement.peakRate)} at first.`
    : 'The learning rate is too high.';
}

/** The named optimizers that divide by a fading mean of squares. */
const divides: ReadonlySet<string> = new Set(['rmsprop', 'adam']);

function scaleText(
  { judgement, steepest }: Subject,
  { features, scales, limit, condition }: Scaling,
): string {
  const curvature = steepest?.curvature;
  const names = features.map(({ name }) => `\`${name}\``).join(' and ');
  const isSlow = !isGrowing(judgement.condition) && Number.isFinite(curvature?.condition);
  const times = timesText(curvature?.condition ?? NaN);
  const shape = `the valley bends ${times} times as sharply across as along, so a rate that suits the one is too low for the other`;
  const before = curvature?.stableBelow;
  if (scales !== undefined && limit !== undefined && before !== undefined && limit > before) {
    const [now, then] = [before, limit].map((each) => formatNumber(roundDown(each)));
    const lifted = `rescaled, the limit of the learning rate would be ${then} in place of ${now}.`;
    return `The scale of ${names} is at fault: ${isSlow ? `${shape}. ${sentence(lifted)}` : lifted}`;
  }
  const how = scales === undefined ? 'Standardised' : 'Rescaled';
  return `The scale of ${names} is at fault: ${shape}. ${how}, the condition number would be ${timesText(condition)} in place of ${times}.`;
}

/** "34", "21 million". */
function timesText(value: number): string {
  if (value >= 1e12) return formatNumber(value, 2);
  const [unit, name] = value >= 1e9 ? [1e9, ' billion'] : value >= 1e6 ? [1e6, ' million'] : [1, ''];
  return `${formatNumber(value / unit, 2)}${name}`;
}

/** The place in the cell where the fault lies; undefined where it is not written there. */
export function placeOf(subject: Subject, found: Found | undefined): Span | undefined {
  const { experiment } = subject.trials;
  const rate = experiment.learningRate && choose(experiment.learningRate, 0);
  switch (found?.cause) {
    case undefined:
      return undefined;
    case 'start':
      return spanOf(brokenFormula(subject, found.broken));
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
    case 'update':
    case 'direction':
      return spanOf(nudgeLine(experiment)?.formula ?? rate);
    case 'momentum':
      return spanOf(momentumFactor(subject) ?? (experiment.optimizer && choose(experiment.optimizer, 0)));
    case 'learning-rate':
      return spanOf(rate);
  }
}

/** What breaks at the start: the operation, where it has a formula of its own, else the loss. */
function brokenFormula(subject: Subject, broken: BrokenOperation | undefined): Formula | undefined {
  const loss = subject.trials.experiment.definitions.get('loss');
  return (broken && formulaOf(subject, broken.node)) ?? (loss && choose(loss, 0));
}

function spanOf(place: Span | undefined): Span | undefined {
  return place !== undefined && place.end > place.start ? { start: place.start, end: place.end } : undefined;
}
