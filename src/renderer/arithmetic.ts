import type { ByParameter, Formula, Run, Update } from '../kernel/index.ts';
import { formatNumber } from './numbers.ts';

/**
 * How an update moves a parameter: by the learning rate times a quantity (`gradient`, or a memory such as
 * `velocity`), taken off or added; or in some other way, of which only the change is known.
 */
export type UpdateForm =
  | { readonly kind: 'product'; readonly sign: 1 | -1; readonly quantity: string }
  | { readonly kind: 'change' };

/** What one step did to one parameter, as text: `131.2 − 0.1 × 48.7 = 126.3`. A part that is not known is absent. */
export interface StepArithmetic {
  readonly parameter: string;
  /** Absent at the start, and where a thinned record has not kept the step before. */
  readonly before?: string;
  readonly sign?: '+' | '−';
  /** Absent where the update is not a product with the learning rate. */
  readonly rate?: string;
  /** The quantity that the rate is multiplied with, else the size of the change. */
  readonly quantity?: string;
  readonly after: string;
}

const minus = '−';

/** Reads the form off the line that assigns `parameter`, the last one if there are several. */
export function updateForm(update: Update | undefined): UpdateForm {
  const formula = update?.lines.findLast(({ name }) => name === 'parameter')?.formula;
  if (formula?.kind !== 'sum') return { kind: 'change' };
  const [first, second, ...others] = formula.terms;
  if (first === undefined || second === undefined || others.length > 0) return { kind: 'change' };
  if (first.negative || !isName(first.formula, 'parameter')) return { kind: 'change' };
  const quantity = timesTheRate(second.formula);
  return quantity === undefined
    ? { kind: 'change' }
    : { kind: 'product', sign: second.negative ? -1 : 1, quantity };
}

/** What a formula multiplies the learning rate with; undefined where it is no such product. */
function timesTheRate(formula: Formula): string | undefined {
  if (formula.kind !== 'product') return undefined;
  const others = formula.factors.filter(
    (factor) => factor.inverse || !isName(factor.formula, 'learning_rate'),
  );
  if (others.length !== formula.factors.length - 1) return undefined;
  const [only, ...more] = others;
  if (only === undefined || more.length > 0 || only.inverse || only.formula.kind !== 'name')
    return 'direction';
  return only.formula.name;
}

function isName(formula: Formula, name: string): boolean {
  return formula.kind === 'name' && formula.name === name;
}

/**
 * The arithmetic of the step that led to `entry`, for every parameter.
 * @param gradient - the full gradient before the step where it is known, which is exact where the difference is not
 */
export function stepArithmetic(
  run: Run,
  entry: number,
  form: UpdateForm,
  gradient?: ByParameter<number>,
): readonly StepArithmetic[] {
  const followsTheStepBefore = entry > 0 && run.steps[entry] === (run.steps[entry - 1] ?? NaN) + 1;
  const rate = run.learningRate[entry] ?? NaN;
  return Object.entries(run.parameters).map(([parameter, history]) => {
    const [before, after] = [history[entry - 1] ?? NaN, history[entry] ?? NaN];
    if (!followsTheStepBefore) return { parameter, after: formatNumber(after) };
    const change = after - before;
    const digits = digitsToSee(before, change);
    const shown = { parameter, before: formatNumber(before, digits), after: formatNumber(after, digits) };
    if (form.kind === 'change' || !(Math.abs(rate) > 0)) {
      return { ...shown, sign: change < 0 ? minus : '+', quantity: formatNumber(Math.abs(change)) };
    }
    const exact = form.quantity === 'gradient' ? gradient?.[parameter] : undefined;
    const quantity = exact ?? (form.sign * change) / rate;
    return {
      ...shown,
      sign: form.sign < 0 ? minus : '+',
      rate: formatNumber(rate),
      quantity: bracketed(formatNumber(quantity)),
    };
  });
}

/** Enough digits for the change to show in the value. */
function digitsToSee(value: number, change: number): number {
  if (change === 0 || value === 0 || !Number.isFinite(value) || !Number.isFinite(change)) return 4;
  const apart = Math.floor(Math.log10(Math.abs(value))) - Math.floor(Math.log10(Math.abs(change)));
  return Math.min(9, Math.max(4, apart + 3));
}

function bracketed(text: string): string {
  return text.startsWith(minus) ? `(${text})` : text;
}
