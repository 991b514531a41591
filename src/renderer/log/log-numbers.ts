import { columnsOf } from '../../output/index.ts';
import type { JudgedCurve } from '../../output/index.ts';
import { writeCsv } from '../csv.ts';
import { cell } from '../numbers-table.ts';
import type { Numbers } from '../numbers-table.ts';
import { formatNumber, stepText } from '../numbers.ts';

/**
 * The curves of a log as CSV (RFC 4180): one row an entry, full precision, empty where nothing was recorded. The names
 * of several curves stand in a first column.
 */
export function logCsv(curves: readonly JudgedCurve[]): string {
  const several = curves.length > 1;
  const names = [...new Set(curves.flatMap((curve) => columnsOf(curve).map(({ name }) => name)))];
  const header = [
    ...(several ? ['curve'] : []),
    curves[0]?.stepUnit ?? 'step',
    ...names.map((name) => name.replaceAll(' ', '_')),
  ];
  const rows = curves.flatMap((curve) => {
    const columns = new Map(columnsOf(curve).map((column) => [column.name, recordsOf(curve, column)]));
    return Array.from(curve.steps, (step, entry) => [
      ...(several ? [curve.name] : []),
      String(step),
      ...names.map((name) => text(columns.get(name)?.(entry))),
    ]);
  });
  return writeCsv([header, ...rows]);
}

/** The entries of a curve as a table. */
export function numbersOf(curve: JudgedCurve): Numbers {
  const columns = columnsOf(curve).map((column) => {
    const record = recordsOf(curve, column);
    return {
      name: column.name,
      cells: (entry: number) => {
        const value = record(entry);
        return value !== undefined && !Number.isFinite(value) ? formatNumber(value) : cell(value);
      },
    };
  });
  return {
    label: curve.name,
    columns: [{ name: curve.stepUnit, cells: (entry) => stepText(curve.steps[entry] ?? NaN) }, ...columns],
    length: curve.steps.length,
  };
}

/** The records of a column by entry, undefined where there is none: NaN in a column says only that no number is there. */
function recordsOf(
  { steps, notFinite }: JudgedCurve,
  { field, values }: Pick<ReturnType<typeof columnsOf>[number], 'field' | 'values'>,
): (entry: number) => number | undefined {
  const broken = new Map(
    notFinite.filter((each) => each.field === field).map(({ step, value }) => [step, value]),
  );
  return (entry) => {
    const value = values[entry] ?? NaN;
    return Number.isNaN(value) ? broken.get(steps[entry] ?? NaN) : value;
  };
}

function text(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}
