import { grouped } from '../kernel/index.ts';
import { causeTitle, conditionTitle, withoutMarks } from './diagnosis.ts';
import type { JudgedCurve, LogPayload } from './log-payload.ts';
import { renderTable } from './table.ts';
import { significant } from './text.ts';

/** The parts of a run at whose ends its table has a row. */
const quarters = 4;

/**
 * A training log in words, with a small table of each curve: for screen readers, for copying, and for places without
 * the figure. Plain text; lines end with LF.
 */
export function describeLog(payload: LogPayload): string {
  const { state, curves, curvesLeftOut } = payload;
  if (state === 'reading') return `${progressOf(payload)}.`;
  if (state === 'stopped') return stoppedText(payload);
  const more =
    curvesLeftOut === 0
      ? []
      : [`The log has ${curvesLeftOut} more ${curvesLeftOut === 1 ? 'curve' : 'curves'}.`];
  return [...curves.flatMap((curve) => describeCurve(curve, payload)), ...more].join('\n\n');
}

/** How far the reading of a log has come: "Reading trainer_state.json: 45 of 100 MB". */
export function progressOf({
  file,
  bytes,
  bytesTotal,
}: Pick<LogPayload, 'file' | 'bytes' | 'bytesTotal'>): string {
  return `Reading ${file}: ${sizeOf(bytes, bytesTotal)}`;
}

/** What to say of a log that a person stopped the reading of. */
export function stoppedText({ file, bytes, bytesTotal }: LogPayload): string {
  return `Stopped reading ${file} after ${sizeOf(bytes, bytesTotal)}. Run the cell again to read it.`;
}

/** What a curve is: "500 records of Hugging Face's Trainer, steps 10 to 5,000". */
export function describeExtent({ writtenBy, records, steps, stepUnit }: JudgedCurve): string {
  const counted = `${grouped(records)} ${records === 1 ? 'record' : 'records'} of ${writtenBy}`;
  const [first = 0] = steps;
  const last = steps.at(-1) ?? 0;
  if (steps.length === 0 || stepUnit === 'record') return counted;
  return first === last
    ? `${counted}, ${stepUnit} ${grouped(first)}`
    : `${counted}, ${stepUnit}s ${grouped(first)} to ${grouped(last)}`;
}

/** The state of a curve as a title: "Not finite: the learning rate". */
export function titleOf({ diagnosis }: JudgedCurve): string {
  const { condition, cause } = diagnosis;
  return cause === undefined
    ? conditionTitle(condition)
    : `${conditionTitle(condition)}: ${causeTitle(cause)}`;
}

function describeCurve(curve: JudgedCurve, { file, curves }: LogPayload): string[] {
  const { diagnosis } = curve;
  const name = curves.length > 1 ? `${file}, ${curve.name}` : file;
  return [
    `${name}: ${describeExtent(curve)}.`,
    `${titleOf(curve)}. ${withoutMarks(diagnosis.summary)}`,
    diagnosis.fixes.map(({ title }) => `- ${withoutMarks(title)}`).join('\n'),
    diagnosis.notes.map(withoutMarks).join('\n'),
    curveTable(curve),
  ].filter((paragraph) => paragraph !== '');
}

/** The first and the last entry, those at the quarters, and the first that was not finite. */
function curveTable(curve: JudgedCurve): string {
  const last = curve.steps.length - 1;
  if (last < 0) return '';
  const entries = new Set(
    Array.from({ length: quarters + 1 }, (_, quarter) => Math.round((last * quarter) / quarters)),
  );
  const firstBad = curve.steps.indexOf(curve.notFinite[0]?.step ?? NaN);
  if (firstBad >= 0) entries.add(firstBad);
  const columns = columnsOf(curve);
  return renderTable(
    [curve.stepUnit, ...columns.map(({ name }) => name)],
    [...entries]
      .sort((a, b) => a - b)
      .map((entry) => [
        grouped(curve.steps[entry] ?? 0),
        ...columns.map(({ field, values }) => cell(curve, field, values, entry)),
      ]),
  );
}

type Field = JudgedCurve['notFinite'][number]['field'];

/** The columns of a curve that have any value, in the order in which they are shown. */
export function columnsOf(
  curve: JudgedCurve,
): { readonly field: Field; readonly name: string; readonly values: Float64Array }[] {
  const all = [
    { field: 'loss', name: 'loss', values: curve.loss },
    { field: 'validationLoss', name: 'validation loss', values: curve.validationLoss },
    { field: 'gradientNorm', name: 'gradient norm', values: curve.gradientNorm },
    { field: 'learningRate', name: 'learning rate', values: curve.learningRate },
  ] as const;
  return all.flatMap(({ field, name, values }) =>
    values === undefined || !hasValues(curve, field, values) ? [] : [{ field, name, values }],
  );
}

function hasValues({ notFinite }: JudgedCurve, field: Field, values: Float64Array): boolean {
  return values.some((value) => !Number.isNaN(value)) || notFinite.some((each) => each.field === field);
}

function cell({ steps, notFinite }: JudgedCurve, field: Field, values: Float64Array, entry: number): string {
  const value = values[entry] ?? NaN;
  if (!Number.isNaN(value)) return significant(value);
  return notFinite.some((each) => each.field === field && each.step === steps[entry]) ? 'NaN' : '';
}

function sizeOf(bytes: number, total: number): string {
  const [unit, name] = total >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB'];
  return `${Math.round(bytes / unit)} of ${Math.max(1, Math.round(total / unit))} ${name}`;
}
