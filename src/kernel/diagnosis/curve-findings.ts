import type { Breakdown } from './broken-curve.ts';
import { rateCourse, slicePoints, type AnyCurve, type Points, type RateCourse } from './curve-points.ts';
import { limitFromGrowth, type BlowUp, type CurveSignals, type Overfit } from './curve-signals.ts';
import type { Sliced } from '../slices.ts';
import type { Condition, Diagnosis, Moment } from './diagnosis.ts';
import type { Measure } from './framework-words.ts';
import { countOf, formatNumber } from '../format-number.ts';
import { numberText } from './number-text.ts';

/** What a curve shows, in words and numbers, and what helps against it. */
export interface Finding {
  readonly condition: Condition;
  readonly cause?: 'learning-rate';
  readonly summary: string;
  readonly evidence?: Diagnosis['evidence'];
  readonly measures?: readonly Measure[];
  readonly notes?: readonly string[];
  /** A learning rate to be named in the first fix. */
  readonly rate?: number;
  readonly moments?: readonly Moment[];
}

/** The curve that is judged, and what it is judged by. */
export interface CurveSubject {
  readonly curve: AnyCurve;
  /** The training loss, or the validation loss where that is the only one. */
  readonly points: Points;
  readonly validation: Points;
  readonly onlyValidation: boolean;
  /** What the curve's steps count. */
  readonly unit: NonNullable<AnyCurve['stepUnit']>;
}

/** So many spikes are pointed to. */
const mostMoments = 50;

/** The validation loss was better and has been rising: the condition `overfitting`. */
export function overfitting(
  { bestStep, best, end }: Overfit,
  { onlyValidation, unit }: CurveSubject,
): Finding {
  const wasBest = `The validation loss was best at ${unit} ${bestStep} and has been rising since`;
  const evidence = {
    'best validation loss': best,
    [`at ${unit}`]: bestStep,
    'validation loss at the end': end,
  };
  return {
    condition: 'overfitting',
    summary: onlyValidation
      ? `${wasBest}: most often the model has begun to learn its training examples by heart.`
      : `${wasBest}, while the training loss has not: the model learns its training examples by heart.`,
    evidence,
    measures: ['stop-early', 'regularise'],
    notes: onlyValidation ? ['Without the training loss, a rate that is too high looks the same.'] : [],
    moments: [{ step: bestStep, label: 'best validation loss' }],
  };
}

const fieldNames = {
  loss: 'loss',
  gradientNorm: 'gradient norm',
  validationLoss: 'validation loss',
  learningRate: 'learning rate',
} as const;

/** The curve stopped being finite for good; by its learning rate where something grew before. */
export function notFinite({ first, before, growth }: Breakdown, subject: CurveSubject): Finding {
  const { points, unit } = subject;
  const value = numberText(first.value);
  const begin = `The ${fieldNames[first.field]} is ${value} from ${unit} ${first.step} on`;
  const known = {
    condition: 'not-finite',
    evidence: {
      [`first bad ${unit}`]: first.step,
      value: String(first.value),
      'last finite loss': before.at(-1) ?? 'none',
    },
    moments: [{ step: first.step, label: String(first.value) }],
  } as const;
  if (growth !== undefined) {
    const what = growth.field === first.field ? 'it' : `the ${fieldNames[growth.field]}`;
    const estimate = limitOf(subject, slicePoints(points, 0, before.length));
    return {
      ...known,
      cause: 'learning-rate',
      summary: `${begin}, after ${what} grew record after record, from ${formatNumber(growth.from)} to ${formatNumber(growth.to)}: the learning rate is too high.`,
      evidence: {
        ...known.evidence,
        [`growth of the ${fieldNames[growth.field]} per record`]: growth.factor,
        ...limitEvidence(estimate),
      },
      measures: ['lower-rate', 'warm-up', 'clip'],
      ...(estimate === undefined ? {} : { rate: 0.5 * estimate.limit, notes: [limitNote] }),
    };
  }
  if (before.length < 4) {
    return {
      ...known,
      summary: `${begin}, and there is hardly anything before it.`,
      measures: ['lower-rate', 'look-at-batch', 'precision'],
      notes: [
        'What happened before is not in the log: whether the rate or the data are at fault cannot be told.',
      ],
    };
  }
  return {
    ...known,
    summary: `${begin}, and no steady growth came before it: it is one sudden step, as from a bad example, a logarithm of 0, a division by 0, or a number beyond the range of half precision.`,
    measures: ['look-at-batch', 'clip', 'precision', 'lower-rate'],
    notes: ['Between two records the loss may have grown unseen: a high learning rate is not ruled out.'],
  };
}

/** Programs that train with AdamW unless told otherwise, for which the growth of the loss shows no limit. */
const adaptive: ReadonlySet<string | undefined> = new Set(['hugging-face', 'nanogpt', 'llm.c']);

/** The limit is that of single updates: epochs, and records of no known distance, do not show it. */
function limitOf({ unit, curve }: CurveSubject, points: Points): ReturnType<typeof limitFromGrowth> {
  return unit === 'step' && !adaptive.has(curve.framework) ? limitFromGrowth(points) : undefined;
}

const limitNote = 'The limit is that of plain gradient descent on full batches.';

function limitEvidence(estimate: { growth: number; limit: number } | undefined): Diagnosis['evidence'] {
  if (estimate === undefined) return {};
  return { 'growth seen per step': estimate.growth, 'estimated limit': estimate.limit };
}

/** The loss grew and did not come back: by its learning rate. */
export function* exploding(
  subject: CurveSubject,
  signals: CurveSignals,
  { from, rateThere }: BlowUp,
): Sliced<Finding> {
  const { points, unit } = subject;
  const estimate = limitOf(subject, points);
  const course = yield* rateCourse(points);
  const duringWarmUp = course.known && rateThere < 0.9 * course.peak;
  const rate = estimate === undefined ? (duringWarmUp ? 0.5 * rateThere : undefined) : 0.5 * estimate.limit;
  return {
    condition: 'exploding',
    cause: 'learning-rate',
    summary: `The loss was ${numberText(signals.best)} at ${unit} ${from} and is ${numberText(signals.tail)} in the end: it grew and did not come back. The learning rate is too high.`,
    evidence: {
      'best loss': signals.best,
      [`at ${unit}`]: from,
      'loss at the end': signals.tail,
      ...(course.known ? { 'learning rate there': rateThere } : {}),
      ...limitEvidence(estimate),
    },
    measures: ['lower-rate', 'warm-up', 'clip'],
    notes: estimate === undefined ? [] : [limitNote],
    ...(rate === undefined || !(rate > 0) ? {} : { rate }),
    moments: [{ step: from, label: 'grows from here' }],
  };
}

/** The loss no longer falls and shakes by more than a little of what it fell: the condition `noisy`. */
export function noisy(evidence: Diagnosis['evidence']): Finding {
  return {
    condition: 'noisy',
    summary: 'The loss has stopped falling and only shakes: the steps are as large as what is left to gain.',
    evidence,
    measures: ['decay', 'larger-batch', 'lower-rate'],
    notes: ['If each record is the loss of one batch, part of the shaking is the batches and not the model.'],
  };
}

/** The loss has come down, and goes on falling or has become flat: the condition `healthy`. */
export function fallen(
  { start, tail }: CurveSignals,
  evidence: Diagnosis['evidence'],
  isFlat: boolean,
): Finding {
  return {
    condition: 'healthy',
    summary: isFlat
      ? `The loss fell from ${numberText(start)} to ${numberText(tail)} and has flattened out.`
      : `The loss is falling: from ${numberText(start)} to ${numberText(tail)}.`,
    evidence,
  };
}

/**
 * The loss jumps up and comes back: the condition `spikes`.
 *
 * @param highest the height of the highest spike, in the unit of the loss
 */
export function spiky(
  { spikes, noise, drop }: CurveSignals,
  highest: number,
  unit: CurveSubject['unit'],
): Finding {
  return {
    condition: 'spikes',
    summary: `The loss jumps up and comes back, ${spikes.length === 1 ? 'once' : `${spikes.length} times`}: the learning rate is high for some batches, or some examples are bad.`,
    evidence: {
      spikes: spikes.length,
      [`first at ${unit}`]: spikes[0]?.step ?? NaN,
      'highest by': highest,
      noise,
      drop,
    },
    measures: ['clip', 'lower-rate', 'warm-up', 'look-at-batch'],
    moments: spikes.slice(0, mostMoments).map(({ step }) => ({ step, label: 'spike' })),
  };
}

/**
 * There are too few records, or the rate is still warming up: `healthy` so far.
 *
 * @param count the records at a rate near its peak
 */
export function tooEarly({ start, tail }: CurveSignals, course: RateCourse, count: number): Finding {
  const why = course.isWarmingUp
    ? 'the learning rate is still warming up'
    : `there are only ${countOf(count, 'record')}${course.known ? ' at a learning rate near its peak' : ''}`;
  return {
    condition: 'healthy',
    summary: `Nothing is wrong so far, but ${why}: too early to say more.`,
    evidence: { 'loss at the start': start, 'loss at the end': tail },
  };
}

/** The loss is about where it began: the condition `crawling` where it is falling, else `plateau`. */
export function littleDone(evidence: Diagnosis['evidence'], isFalling: boolean): Finding {
  const notes = [
    'Crawling and a plateau look alike in a curve, and so does a run that began near its minimum.',
  ];
  return isFalling
    ? {
        condition: 'crawling',
        cause: 'learning-rate',
        summary: 'The loss is falling, but hardly.',
        evidence,
        notes,
        measures: ['higher-rate'],
      }
    : {
        condition: 'plateau',
        summary: 'The loss has not moved: the gradient is as good as zero, or the rate is.',
        evidence,
        notes,
        measures: ['higher-rate', 'warm-up'],
      };
}

/** The finding with a note where the last record stands out and nobody can tell yet of what it is the sign. */
export function withLastRecord(finding: Finding, { lastStandsOut }: CurveSignals): Finding {
  if (!lastStandsOut) return finding;
  const note =
    'The last record stands far out: whether it is a spike or the beginning of an explosion, the next ones will tell.';
  return { ...finding, notes: [...(finding.notes ?? []), note] };
}
