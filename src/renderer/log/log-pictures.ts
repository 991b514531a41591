import type { CurveField, Moment } from '../../kernel/index.ts';
import { columnsOf } from '../../output/index.ts';
import type { JudgedCurve } from '../../output/index.ts';
import { thinned } from '../curve.ts';
import { formatNumber, stepText } from '../numbers.ts';
import { scaleAround } from '../scale.ts';
import type { Scale } from '../scale.ts';
import { styleOf } from '../scene.ts';
import type { Line } from '../views/line.ts';
import { brokenFrom, brokenSteps, canBeLogarithmic, drawnValues } from './log-scene.ts';
import { selectedCurve, valueAt } from './log-scene.ts';
import type { LogContent, LogScene } from './log-scene.ts';

/** What one picture of a log shows. All pictures of a log have one horizontal axis. */
export interface LogPicture {
  readonly lines: readonly Line[];
  readonly x: Scale;
  readonly y: Scale;
  /** What the steps count, for the axis. */
  readonly unit: string;
  /** The steps at which something that the picture shows was not finite. */
  readonly broken: readonly number[];
  readonly moments: readonly Moment[];
  /** The step from which on nothing was finite for good. */
  readonly brokenFrom?: number;
}

/** The quantities that have a picture of their own. */
export const quantities = ['loss', 'gradientNorm', 'learningRate'] as const;
export type Quantity = (typeof quantities)[number];

export const quantityNames: Readonly<Record<Quantity, string>> = {
  loss: 'Loss',
  gradientNorm: 'Gradient norm',
  learningRate: 'Learning rate',
};

const fieldNames: Readonly<Record<CurveField, string>> = {
  loss: 'loss',
  validationLoss: 'validation loss',
  gradientNorm: 'gradient norm',
  learningRate: 'learning rate',
};

/** The fields that the picture of the loss shows. */
export const lossFields: readonly CurveField[] = ['loss', 'validationLoss'];

function fieldsOf(quantity: Quantity): readonly CurveField[] {
  return quantity === 'loss' ? lossFields : [quantity];
}

/** The quantities that any curve of a log has; the loss always. */
export function quantitiesOf(curves: readonly JudgedCurve[]): Quantity[] {
  return quantities.filter(
    (quantity) =>
      quantity === 'loss' || curves.some((curve) => columnsOf(curve).some(({ field }) => field === quantity)),
  );
}

/** @param width - of the picture, in pixels: no more points are drawn than it can show */
export function pictureOf(scene: LogScene, quantity: Quantity, width: number): LogPicture {
  const selected = selectedCurve(scene);
  const fields = fieldsOf(quantity);
  const from = selected && brokenFrom(selected);
  const broken = selected ? fields.flatMap((field) => brokenSteps(selected, field)) : [];
  return {
    lines: quantity === 'loss' ? lossLines(scene, width) : otherLines(scene, quantity, width),
    x: horizontalScale(scene),
    y: verticalScale(scene, quantity),
    unit: selected?.stepUnit ?? 'step',
    broken: broken.sort((a, b) => a - b),
    moments: selected?.diagnosis.moments ?? [],
    ...(from === undefined ? {} : { brokenFrom: from }),
  };
}

/** Where the cursor stands: `step 350`. */
export function placeOf(content: LogContent): string {
  const curve = selectedCurve(content);
  return curve === undefined ? '' : `${curve.stepUnit} ${stepText(curve.steps[content.entry] ?? NaN)}`;
}

/** What a picture shows where the cursor stands: `loss 1.23  validation loss 1.4`. */
export function readingOf(content: LogContent, quantity: Quantity): string {
  const curve = selectedCurve(content);
  if (curve === undefined) return '';
  return fieldsOf(quantity)
    .flatMap((field) => {
      const value = valueAt(curve, field, content.entry);
      return value === undefined ? [] : [`${fieldNames[field]} ${formatNumber(value, 5)}`];
    })
    .join('  ');
}

/** A picture in words. */
export function describePicture(content: LogContent, quantity: Quantity): string {
  const curve = selectedCurve(content);
  const name = quantityNames[quantity];
  if (curve === undefined) return `${name}: nothing was read.`;
  const { stepUnit, diagnosis } = curve;
  const said = fieldsOf(quantity).flatMap((field) => describeField(curve, field));
  const others =
    content.curves.length > 1 ? [`${content.curves.length} curves are drawn; this is ${curve.name}.`] : [];
  const moments =
    quantity === 'loss'
      ? (diagnosis.moments ?? [])
          .slice(0, 3)
          .map(({ step, label }) => `${label}: ${stepUnit} ${number(step)}.`)
      : [];
  return [`${name} by ${stepUnit}:`, ...said, ...moments, ...others].join(' ');
}

function describeField(curve: JudgedCurve, field: CurveField): string[] {
  const values = drawnValues(curve, field);
  const first = values.findIndex(Number.isFinite);
  const last = values.findLastIndex(Number.isFinite);
  if (first < 0) return [];
  let lowest = first;
  values.forEach((value, entry) => {
    if (value < (values[lowest] ?? NaN)) lowest = entry;
  });
  const at = (entry: number): string =>
    `${number(values[entry] ?? NaN)} at ${curve.stepUnit} ${number(curve.steps[entry] ?? NaN)}`;
  return [`${fieldNames[field]} from ${at(first)} to ${at(last)}, lowest ${at(lowest)}.`];
}

function number(value: number): string {
  return formatNumber(value, 6);
}

const faint = 0.45;

/** All curves, the selected one above the others; the validation loss dotted. */
function lossLines(scene: LogScene, width: number): Line[] {
  const order = [...scene.curves.keys()].sort(
    (a, b) => Number(a === scene.selected) - Number(b === scene.selected),
  );
  return order.flatMap((index) => {
    const curve = scene.curves[index];
    if (curve === undefined) return [];
    const inFront = index === scene.selected;
    const { colour, dash } = styleOf(scene.theme, index);
    const opacity = inFront ? 1 : faint;
    return [
      line(curve, 'loss', width, { colour, dash, width: inFront ? 2 : 1.25, opacity }),
      line(curve, 'validationLoss', width, {
        colour: scene.theme.foreground,
        dash: 'dot',
        width: inFront ? 2 : 1,
        opacity,
      }),
    ];
  });
}

function otherLines(scene: LogScene, quantity: 'gradientNorm' | 'learningRate', width: number): Line[] {
  const curve = selectedCurve(scene);
  if (curve === undefined) return [];
  const colour = scene.theme.series[quantity === 'gradientNorm' ? 1 : 2] ?? scene.theme.foreground;
  return [line(curve, quantity, width, { colour, dash: 'solid', width: 1.5, opacity: 1 })];
}

function line(curve: JudgedCurve, field: CurveField, width: number, style: Omit<Line, 'x' | 'y'>): Line {
  return { ...thinned(curve.steps, drawnValues(curve, field), Math.max(100, width)), ...style };
}

function horizontalScale({ curves }: LogContent): Scale {
  const ends = curves.flatMap(({ steps }) => [steps[0] ?? 0, steps.at(-1) ?? 0]);
  return scaleAround(ends, 'linear', 0.02);
}

function verticalScale({ curves, lossScale, selected }: LogScene, quantity: Quantity): Scale {
  if (quantity === 'loss') {
    const kind = canBeLogarithmic(curves, lossFields) ? lossScale : 'linear';
    return scaleAround(allOf(curves, lossFields), kind, 0.05);
  }
  const own = curves.slice(selected, selected + 1);
  if (quantity === 'gradientNorm') {
    const kind = canBeLogarithmic(own, [quantity]) ? lossScale : 'linear';
    return scaleAround(allOf(own, [quantity]), kind, 0.08);
  }
  // A rate is read from 0: a warm-up begins there, and most decays end there.
  const { kind, low, high } = scaleAround(allOf(own, [quantity]), 'linear', 0.08);
  return { kind, low: Math.min(low, 0), high };
}

function* allOf(curves: readonly JudgedCurve[], fields: readonly CurveField[]): Generator<number> {
  for (const curve of curves) for (const field of fields) yield* drawnValues(curve, field);
}
