import { breakdownOf } from './broken-curve.ts';
import {
  exploding,
  fallen,
  littleDone,
  noisy,
  notFinite,
  overfitting,
  spiky,
  tooEarly,
  withLastRecord,
  type CurveSubject,
  type Finding,
} from './curve-findings.ts';
import {
  pointsOf,
  rateCourse,
  slicePoints,
  type AnyCurve,
  type Points,
  type RateCourse,
} from './curve-points.ts';
import { curveSignals, overfitIn, type CurveSignals } from './curve-signals.ts';
import type { Sliced } from '../slices.ts';
import type { Diagnosis, DiagnosisFix } from './diagnosis.ts';
import { rateSetting, wordsFor, type Measure } from './framework-words.ts';
import { countOf } from '../format-number.ts';
import { numberText } from './number-text.ts';

/** A drop of less than this share of the start is hardly any. */
const hardlyAny = 0.05;
/** With fewer records a curve shows only what is obvious. */
const fewRecords = 8;

/**
 * What a loss curve shows by itself. Where the log has no training loss the validation loss stands for it. A warm-up
 * and a decay of the logged learning rate are taken into account: a curve is not judged by what it does while the
 * rate is kept low.
 */
export function* diagnoseCurve(curve: AnyCurve): Sliced<Diagnosis> {
  const training = yield* pointsOf(curve, 'loss');
  const validation = yield* pointsOf(curve, 'validationLoss');
  const onlyValidation = training.values.length === 0 && !hasBrokenLoss(curve);
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

function hasBrokenLoss({ notFinite }: AnyCurve): boolean {
  return notFinite.some(({ field }) => field === 'loss');
}

function* judge(subject: CurveSubject): Sliced<Finding> {
  const { curve, points, validation, onlyValidation } = subject;
  const breakdown = yield* breakdownOf(curve);
  if (breakdown !== undefined) return notFinite(breakdown, subject);
  if (points.values.length < 3) {
    return {
      condition: 'healthy',
      summary: `There ${points.values.length === 1 ? 'is' : 'are'} only ${countOf(points.values.length, 'record')}: too few to judge.`,
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

function* judgeFinite(
  { points, validation, unit }: CurveSubject,
  signals: CurveSignals,
  course: RateCourse,
): Sliced<Finding> {
  const { spikes, drop, start, noise } = signals;
  const highest = spikes.reduce((most, { height }) => Math.max(most, height), 0);
  if (spikes.length > 1 || highest > 0.5 * Math.max(drop, hardlyAny * Math.abs(start))) {
    return spiky(signals, highest, unit);
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
    return noisy(evidence);
  }
  return fallen(signals, evidence, isFlat);
}

function* isStillFalling(validation: Points): Sliced<boolean> {
  return validation.values.length >= fewRecords && (yield* curveSignals(validation)).isFalling;
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
        ? `: below ${numberText(2 * rate)}, such as \`${rateSetting(numberText(rate, 2), framework)}\``
        : '';
    return { title: `Try ${words}${value}` };
  });
}
