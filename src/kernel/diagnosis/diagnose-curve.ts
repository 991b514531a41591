import { breakdownOf, type Breakdown } from './broken-curve.ts';
import {
  pointsOf,
  rateCourse,
  slicePoints,
  type AnyCurve,
  type Points,
  type RateCourse,
} from './curve-points.ts';
import { curveSignals, limitFromGrowth, overfitIn, type CurveSignals } from './curve-signals.ts';
import type { Condition, Diagnosis, DiagnosisFix } from './diagnosis.ts';
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
}

/**
 * What a loss curve shows by itself. Where the log has no training loss the validation loss stands for it. A warm-up
 * and a decay of the logged learning rate are taken into account: a curve is not judged by what it does while the
 * rate is kept low.
 */
export function diagnoseCurve(curve: AnyCurve): Diagnosis {
  const training = pointsOf(curve, 'loss');
  const validation = pointsOf(curve, 'validationLoss');
  const onlyValidation = training.values.length === 0;
  const points = onlyValidation ? validation : training;
  const finding = judge(curve, points, validation, onlyValidation);
  const { condition, cause, summary, evidence = {}, measures = [], notes = [] } = finding;
  return {
    condition,
    ...(cause === undefined ? {} : { cause }),
    summary,
    evidence: { records: points.values.length, ...evidence },
    fixes: fixesOf(measures, curve.framework, finding.rate),
    notes:
      onlyValidation && points.values.length > 0 ? [...notes, 'The log has a validation loss only.'] : notes,
  };
}

function judge(curve: AnyCurve, points: Points, validation: Points, onlyValidation: boolean): Finding {
  const breakdown = breakdownOf(curve);
  if (breakdown !== undefined) return notFinite(breakdown, points);
  if (points.values.length < 3) {
    return {
      condition: 'healthy',
      summary: `There ${points.values.length === 1 ? 'is' : 'are'} only ${counted(points.values.length, 'record')}: too few to judge.`,
    };
  }
  const signals = curveSignals(points);
  const overfit = overfitIn(validation, onlyValidation ? noPoints : points);
  if (overfit !== undefined && (!onlyValidation || signals.tail < signals.start)) {
    const { bestStep, best, end } = overfit;
    return {
      condition: 'overfitting',
      summary: `The validation loss was best at step ${bestStep} and has been rising since, while the training loss has not: the model learns its training examples by heart.`,
      evidence: { 'best validation loss': best, 'at step': bestStep, 'validation loss at the end': end },
      measures: ['stop-early', 'regularise'],
      notes: onlyValidation ? ['Without the training loss, a rate that is too high looks the same.'] : [],
    };
  }
  if (signals.blowUp !== undefined) return exploding(points, signals, signals.blowUp);
  const course = rateCourse(points);
  return withLastRecord(judgeFinite(points, signals, course, validation), signals);
}

const noPoints: Points = { steps: new Float64Array(), values: new Float64Array(), rates: new Float64Array() };

function notFinite({ first, before, growth }: Breakdown, points: Points): Finding {
  const what = {
    loss: 'loss',
    gradientNorm: 'gradient norm',
    validationLoss: 'validation loss',
    learningRate: 'learning rate',
  }[first.field];
  const value = numberText(first.value);
  const begin = `The ${what} is ${value} from step ${first.step} on`;
  const evidence = {
    'first bad step': first.step,
    value: String(first.value),
    'last finite loss': before.at(-1) ?? 'none',
  };
  if (growth !== undefined) {
    const estimate = limitFromGrowth(slicePoints(points, 0, before.length));
    return {
      condition: 'not-finite',
      cause: 'learning-rate',
      summary: `${begin}, after it grew ${numberText(growth)} times with every record: the learning rate is too high.`,
      evidence: { ...evidence, 'growth seen per record': growth, ...limitEvidence(estimate) },
      measures: ['lower-rate', 'warm-up', 'clip'],
      ...(estimate === undefined ? {} : { rate: 0.5 * estimate.limit }),
    };
  }
  if (before.length < 4) {
    return {
      condition: 'not-finite',
      summary: `${begin}, and there is hardly anything before it.`,
      evidence,
      measures: ['lower-rate', 'look-at-batch', 'precision'],
      notes: [
        'What happened before is not in the log: whether the rate or the data are at fault cannot be told.',
      ],
    };
  }
  return {
    condition: 'not-finite',
    summary: `${begin}, and no growth came before it: it is one sudden step, as from a bad example, a logarithm of 0, a division by 0, or a number beyond the range of half precision.`,
    evidence,
    measures: ['look-at-batch', 'clip', 'precision', 'lower-rate'],
    notes: ['Between two records the loss may have grown unseen: a high learning rate is not ruled out.'],
  };
}

function limitEvidence(estimate: { growth: number; limit: number } | undefined): Diagnosis['evidence'] {
  if (estimate === undefined) return {};
  return { 'growth seen per step': estimate.growth, 'estimated limit': estimate.limit };
}

function exploding(
  points: Points,
  signals: CurveSignals,
  { from, rateThere }: { from: number; rateThere: number },
): Finding {
  const estimate = limitFromGrowth(points);
  const course = rateCourse(points);
  const duringWarmUp = course.known && rateThere < 0.9 * course.peak;
  const rate = estimate === undefined ? (duringWarmUp ? 0.5 * rateThere : undefined) : 0.5 * estimate.limit;
  return {
    condition: 'exploding',
    cause: 'learning-rate',
    summary: `The loss was ${numberText(signals.best)} at step ${from} and is ${numberText(signals.tail)} in the end: it grew and did not come back. The learning rate is too high.`,
    evidence: {
      'best loss': signals.best,
      'at step': from,
      'loss at the end': signals.tail,
      ...(course.known ? { 'learning rate there': rateThere } : {}),
      ...limitEvidence(estimate),
    },
    measures: ['lower-rate', 'warm-up', 'clip'],
    notes: estimate === undefined ? [] : ['The limit is that of plain gradient descent on full batches.'],
    ...(rate === undefined || !(rate > 0) ? {} : { rate }),
  };
}

function judgeFinite(points: Points, signals: CurveSignals, course: RateCourse, validation: Points): Finding {
  const { spikes, drop, start, noise } = signals;
  const highest = spikes.reduce((most, { height }) => Math.max(most, height), 0);
  if (spikes.length > 1 || highest > 0.5 * Math.max(drop, hardlyAny * Math.abs(start))) {
    if (spikes.length > 0) return spiky(signals, highest);
  }
  const active = slicePoints(points, course.begin, course.end);
  if (course.isWarmingUp || active.values.length < fewRecords)
    return tooEarly(signals, course, active.values.length);
  const { fall, isFalling } = course.hasDecayed ? curveSignals(active) : signals;
  const evidence = {
    'loss at the start': start,
    'loss at the end': signals.tail,
    noise,
    'fall over the last quarter': fall,
  };
  if (drop < hardlyAny * Math.abs(start)) return littleDone(evidence, isFalling);
  const isFlat = !isFalling || fall < 0.02 * drop;
  const isHeld = isFlat && noise > 0.1 * drop && points.values.length >= 20;
  if (isHeld && !course.hasDecayed && !isStillFalling(validation)) {
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

function isStillFalling(validation: Points): boolean {
  return validation.values.length >= fewRecords && curveSignals(validation).isFalling;
}

function spiky({ spikes, noise, drop }: CurveSignals, highest: number): Finding {
  return {
    condition: 'spikes',
    summary: `The loss jumps up and comes back, ${spikes.length === 1 ? 'once' : `${spikes.length} times`}: the learning rate is high for some batches, or some examples are bad.`,
    evidence: {
      spikes: spikes.length,
      'first at step': spikes[0]?.step ?? NaN,
      'highest by': highest,
      noise,
      drop,
    },
    measures: ['clip', 'lower-rate', 'warm-up', 'look-at-batch'],
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
