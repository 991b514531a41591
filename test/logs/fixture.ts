import { readdirSync, readFileSync } from 'node:fs';
import type { LoggedCurve } from '../../src/logs/index.ts';

const root = new URL('./fixtures/', import.meta.url);

/** The text of a fixture, by its path below the fixtures. */
export function fixture(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** The paths of all fixtures. */
export function fixtures(): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md' && !entry.name.startsWith('.'))
    .map((entry) => `${entry.parentPath.split(/[\\/]/).at(-1) ?? ''}/${entry.name}`)
    .sort();
}

/** The only curve of a log. */
export function only(curves: readonly LoggedCurve[]): LoggedCurve {
  const [curve, ...others] = curves;
  if (!curve || others.length > 0) throw new Error(`Expected one curve, not ${String(curves.length)}`);
  return curve;
}

/** The values of a curve by step, without the steps that have none: `{ 10: 2.5 }`. */
export function byStep(
  curve: LoggedCurve,
  field: 'loss' | 'validationLoss' | 'gradientNorm' | 'learningRate',
) {
  const notFinite = new Set(curve.notFinite.filter((each) => each.field === field).map(({ step }) => step));
  const entries = [...curve.steps].map((step, entry) => [step, curve[field]?.[entry] ?? NaN] as const);
  return Object.fromEntries(entries.filter(([step, value]) => !Number.isNaN(value) || notFinite.has(step)));
}

/** The first and the last values of a long column. */
export function ends(values: Float64Array | undefined, count = 2): number[] {
  return values ? [...values.slice(0, count), ...values.slice(-count)] : [];
}
