import { breakdownOf, type Breakdown } from './broken-curve.ts';
import {
  pointsOf,
  rateCourse,
  slicePoints,
  type AnyCurve,
  type Points,
  type RateCourse,
} from './curve-points.ts';
import {
  curveSignals,
  limitFromGrowth,
  overfitIn,
  type BlowUp,
  type CurveSignals,
  type Overfit,
} from './curve-signals.ts';
import type { Sliced } from '../slices.ts';
import type { Condition, Diagnosis, DiagnosisFix, Moment } from './diagnosis.ts';
import { wordsFor, type Measure } from './framework-words.ts';
import { counted, numberText } from './number-text.ts';

/** A drop of less than this share of the start is hardly any. */
const hardlyAny = 0.05;
/** With fewer records a curve shows only what is obvious. */
const fewRecords = 8;

interface Finding {
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
interface Subject {
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

/**
 * What a loss curve shows by itself. Where the log has no training loss the validation loss stands for it. A warm-up
 * and a decay of the logged learning rate are taken into account: a curve is not judged by what it does while the
 * rate is kept low.
 */
export function* diagnoseCurve(curve: AnyCurve): Sliced<Diagnosis> {
  const training = yield* pointsOf(curve, 'loss');
  const validation = yield* pointsOf(curve, 'validationLoss');
  const onlyValidation = training.values.length === 0 && !hasBroken(curve, 'loss');
  const points = onlyValidation ? validation : training;
  const unit = curve.stepUnit ?? 'step';
  const finding = yield* judge({ curve, points, validation, onlyValidation, unit });
  const { condition, cause, summary, evidence = {}, measures = [], notes = [], moments } = finding;
  return {
    condition,
    ...(cause === undefined ? {} : { cause }),
    summary,
    evidence: { records: points.values.length, ...evidence },
    fixes: fixesOf(measures, curve.framework, finding.rate),
    notes: onlyValidation && points.values.length > 0 ? [...notes, noTrainingLoss] : notes,
    ...(moments === undefined ? {} : { moments }),
  };
}

const noTrainingLoss =
  'The log has a validation loss and no training loss: log that too, and more can be told.';

function hasBroken({ notFinite }: AnyCurve, field: 'loss'): boolean {
  return notFinite.some((each) => each.field === field);
}

function* judge(subject: Subject): Sliced<Finding> {
  const { curve, points, validation, onlyValidation } = subject;
  const breakdown = yield* breakdownOf(curve);
  if (breakdown !== undefined) return notFinite(breakdown, subject);
  if (points.values.length < 3) {
    return {
      condition: 'healthy',
      summary: `There ${points.values.length === 1 ? 'is' : 'are'} only ${counted(points.values.length, 'record')}: too few to judge.`,
    };
  }
  const signals = yield* curveSignals(points);
  const overfit = yield* overfitIn(validation, onlyValidation ? noPoints : points);
  if (overfit !== undefined && (!onlyValidation || signals.tail < signals.start))
    return overfitting(overfit, subject);
  if (signals.blowUp !== undefined) return yield* exploding(subject, signals, signals.blowUp);
  const course = yield* rateCourse(points);
  return withLastRecord(yield* judgeFinite(subject, signals, course), signals);
}

const noPoints: Points = { steps: new Float64Array(), values: new Float64Array(), rates: new Float64Array() };

function overfitting({ bestStep, best, end }: Overfit, { onlyValidation, unit }: Subject): Finding {
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

function notFinite({ first, before, growth }: Breakdown, subject: Subject): Finding {
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
    const estimate = limitOf(subject, slicePoints(points, 0, before.length));
    return {
      ...known,
      cause: 'learning-rate',
      summary: `${begin}, after it grew ${numberText(growth)} times with every record: the learning rate is too high.`,
      evidence: { ...known.evidence, 'growth seen per record': growth, ...limitEvidence(estimate) },
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
    summary: `${begin}, and no growth came before it: it is one sudden step, as from a bad example, a logarithm of 0, a division by 0, or a number beyond the range of half precision.`,
    measures: ['look-at-batch', 'clip', 'precision', 'lower-rate'],
    notes: ['Between two records the loss may have grown unseen: a high learning rate is not ruled out.'],
  };
}

/** Programs that train with AdamW unless told otherwise, for which the growth of the loss shows no limit. */
const adaptive: ReadonlySet<string | undefined> = new Set(['hugging-face', 'nanogpt', 'llm.c']);

/** The limit is that of single updates: epochs, and records of no known distance, do not show it. */
function limitOf({ unit, curve }: Subject, points: Points): ReturnType<typeof limitFromGrowth> {
  return unit === 'step' && !adaptive.has(curve.framework) ? limitFromGrowth(points) : undefined;
}

const limitNote = 'The limit is that of plain gradient descent on full batches.';

function limitEvidence(estimate: { growth: number; limit: number } | undefined): Diagnosis['evidence'] {
  if (estimate === undefined) return {};
  return { 'growth seen per step': estimate.growth, 'estimated limit': estimate.limit };
}

function* exploding(subject: Subject, signals: CurveSignals, { from, rateThere }: BlowUp): Sliced<Finding> {
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

function* judgeFinite(
  { points, validation, unit }: Subject,
  signals: CurveSignals,
  course: RateCourse,
): Sliced<Finding> {
  const { spikes, drop, start, noise } = signals;
  const highest = spikes.reduce((most, { height }) => Math.max(most, height), 0);
  if (spikes.length > 1 || highest > 0.5 * Math.max(drop, hardlyAny * Math.abs(start))) {
    if (spikes.length > 0) return spiky(signals, highest, unit);
  }
  const active = slicePoints(points, course.begin, course.end);
  if (course.isWarmingUp || active.values.length < fewRecords)
    return tooEarly(signals, course, active.values.length);
  const { fall, isFalling } = course.hasDecayed ? yield* curveSignals(active) : signals;
  const evidence = {
    'loss at the start': start,
    'loss at the end': signals.tail,
    noise,
    'fall over the last quarter': fall,
  };
  if (drop < hardlyAny * Math.abs(start)) return littleDone(evidence, isFalling);
  const isFlat = !isFalling || fall < 0.02 * drop;
  const isHeld = isFlat && noise > 0.1 * drop && points.values.length >= 20;
  if (isHeld && !course.hasDecayed && !(yield* isStillFalling(validation))) {
    return {
      condition: 'noisy',
      summary:
        'The loss has stopped falling and only shakes: the steps are as large as what is left to gain.',
      evidence,
      measures: ['decay', 'larger-batch', 'lower-rate'],
      notes: [
        'If each record is the loss of one batch, part of the shaking is the batches and not the model.',
      ],
    };
  }
  return {
    condition: 'healthy',
    summary: isFlat
      ? `The loss fell from ${numberText(start)} to ${numberText(signals.tail)} and has flattened out.`
      : `The loss is falling: from ${numberText(start)} to ${numberText(signals.tail)}.`,
    evidence,
  };
}

function* isStillFalling(validation: Points): Sliced<boolean> {
  return validation.values.length >= fewRecords && (yield* curveSignals(validation)).isFalling;
}

function spiky({ spikes, noise, drop }: CurveSignals, highest: number, unit: Subject['unit']): Finding {
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

function tooEarly({ start, tail }: CurveSignals, course: RateCourse, count: number): Finding {
  const why = course.isWarmingUp
    ? 'the learning rate is still warming up'
    : `there are only ${counted(count, 'record')}${course.known ? ' at a learning rate near its peak' : ''}`;
  return {
    condition: 'healthy',
    summary: `Nothing is wrong so far, but ${why}: too early to say more.`,
    evidence: { 'loss at the start': start, 'loss at the end': tail },
  };
}

function littleDone(evidence: Diagnosis['evidence'], isFalling: boolean): Finding {
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

function withLastRecord(finding: Finding, { lastStandsOut }: CurveSignals): Finding {
  if (!lastStandsOut) return finding;
  const note =
    'The last record stands far out: whether it is a spike or the beginning of an explosion, the next ones will tell.';
  return { ...finding, notes: [...(finding.notes ?? []), note] };
}

function fixesOf(
  measures: readonly Measure[],
  framework: string | undefined,
  rate: number | undefined,
): DiagnosisFix[] {
  return measures.map((measure, index) => {
    const words = wordsFor(measure, framework);
    const value =
      index === 0 && rate !== undefined
        ? `: below ${numberText(2 * rate)}, such as ${numberText(rate, 2)}`
        : '';
    return { title: `Try ${words}${value}` };
  });
}
