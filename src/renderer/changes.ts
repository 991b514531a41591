import { choose, singleRun } from '../kernel/index.ts';
import type { Choice, Experiment, Formula, Start } from '../kernel/index.ts';
import type { SourceEdit } from '../output/index.ts';
import { sourceNumber } from './numbers.ts';

/** What a person has changed in the figure, to be tried at once and perhaps written into the cell. */
export interface Changes {
  /** New learning rates by alternative: one for the whole cell, or one for each run whose rate is an item of a list. */
  readonly rates: ReadonlyMap<number, RateChange>;
  /** New starts by parameter and alternative. */
  readonly starts: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

/** A rate that takes the place of the cell's, or a factor for a schedule, which goes on to fall or rise as it did. */
export type RateChange =
  { readonly kind: 'value'; readonly value: number } | { readonly kind: 'factor'; readonly factor: number };

export const unchanged: Changes = { rates: new Map(), starts: new Map() };

export function isChanged({ rates, starts }: Changes): boolean {
  return rates.size > 0 || starts.size > 0;
}

/** Which alternative of a setting a run uses: its own where the setting is a list. */
export function alternativeOf(choice: Choice<unknown>, run: number): number {
  return choice.length > 1 ? run : 0;
}

/** The runs that an edit to the rate of `run` changes: all of them unless the rate is an item of a list. */
export function runsWithTheRateOf(experiment: Experiment, run: number): number[] {
  return affected(experiment, experiment.learningRate ?? [undefined], run);
}

export function runsWithTheStartsOf(
  experiment: Experiment,
  parameters: readonly string[],
  run: number,
): number[] {
  const choices = experiment.parameters.filter(({ name }) => parameters.includes(name));
  const all = choices.flatMap(({ startsAt }) => affected(experiment, startsAt, run));
  return [...new Set(all)].sort((a, b) => a - b);
}

function affected(experiment: Experiment, choice: Choice<unknown>, run: number): number[] {
  return choice.length > 1 ? [run] : experiment.labels.map((_, index) => index);
}

export function withRate(changes: Changes, alternative: number, rate: RateChange): Changes {
  return { ...changes, rates: new Map(changes.rates).set(alternative, rate) };
}

export function withStart(changes: Changes, parameter: string, alternative: number, value: number): Changes {
  const starts = new Map(changes.starts.get(parameter)).set(alternative, value);
  return { ...changes, starts: new Map(changes.starts).set(parameter, starts) };
}

/** The experiment of one run of a sweep by itself, with the changes in it. */
export function changedExperiment(experiment: Experiment, changes: Changes, run: number): Experiment {
  const { learningRate } = experiment;
  return {
    ...singleRun(experiment, run),
    parameters: experiment.parameters.map((parameter) => {
      const alternative = alternativeOf(parameter.startsAt, run);
      const value = changes.starts.get(parameter.name)?.get(alternative);
      const start = choose(parameter.startsAt, run);
      return { ...parameter, startsAt: [value === undefined ? start : startAt(value, start)] };
    }),
    ...(learningRate === undefined ? {} : { learningRate: [changedRate(learningRate, changes, run)] }),
  };
}

function changedRate(rates: Choice<Formula>, changes: Changes, run: number): Formula {
  const formula = choose(rates, run);
  const change = changes.rates.get(alternativeOf(rates, run));
  if (change === undefined) return formula;
  const { start, end } = formula;
  if (change.kind === 'value') return { kind: 'number', value: change.value, start, end };
  const leading = leadingNumber(formula);
  if (formula.kind === 'product' && leading !== undefined) {
    const first = { ...leading, value: Number(scaledNumber(leading.value, change.factor)) };
    return { ...formula, factors: [{ inverse: false, formula: first }, ...formula.factors.slice(1)] };
  }
  const factor: Formula = { kind: 'number', value: change.factor, start, end };
  return {
    kind: 'product',
    factors: [factor, formula].map((each) => ({ inverse: false, formula: each })),
    start,
    end,
  };
}

/** The number that a product begins with, as in `0.2 * min(1, step / 20)`. */
function leadingNumber(formula: Formula): (Formula & { readonly kind: 'number' }) | undefined {
  const first = formula.kind === 'product' ? formula.factors[0] : undefined;
  return first?.inverse === false && first.formula.kind === 'number' ? first.formula : undefined;
}

function scaledNumber(value: number, factor: number): string {
  return sourceNumber(value * factor, 6);
}

function startAt(value: number, { start, end }: Start): Start {
  return { kind: 'formula', formula: { kind: 'number', value, start, end }, start, end };
}

/** The edits that write the changes into the cell, each only where the number stands. */
export function editsFor(experiment: Experiment, changes: Changes, source: string): SourceEdit[] {
  const rates = [...changes.rates].flatMap(([alternative, change]) => {
    const formula = experiment.learningRate?.[alternative];
    return formula === undefined ? [] : [rateEdit(formula, change, source)];
  });
  const starts = experiment.parameters.flatMap(({ name, startsAt }) =>
    [...(changes.starts.get(name) ?? [])].flatMap(([alternative, value]) => {
      const start = startsAt[alternative];
      return start === undefined
        ? []
        : [{ start: start.start, end: start.end, text: sourceNumber(value, 12) }];
    }),
  );
  return [...rates, ...starts].sort((a, b) => a.start - b.start);
}

function rateEdit(formula: Formula, change: RateChange, source: string): SourceEdit {
  const { start, end } = formula;
  if (change.kind === 'value') return { start, end, text: sourceNumber(change.value, 6) };
  const leading = leadingNumber(formula);
  if (leading !== undefined) {
    return { start: leading.start, end: leading.end, text: scaledNumber(leading.value, change.factor) };
  }
  return { start, end, text: `${sourceNumber(change.factor, 6)} * (${source.slice(start, end)})` };
}

/** Whether a learning rate changes over the run: it speaks of the step or the epoch, if only through names. */
export function isSchedule(experiment: Experiment, run: number): boolean {
  const seen = new Set<string>();
  const speaksOfTime = (formula: Formula): boolean => {
    switch (formula.kind) {
      case 'number':
      case 'column':
        return false;
      case 'name': {
        const { name } = formula;
        if (name === 'step' || name === 'epoch') return true;
        if (seen.has(name)) return false;
        seen.add(name);
        const definition = experiment.definitions.get(name);
        return definition !== undefined && speaksOfTime(choose(definition, run));
      }
      case 'sum':
        return formula.terms.some((term) => speaksOfTime(term.formula));
      case 'product':
        return formula.factors.some((factor) => speaksOfTime(factor.formula));
      case 'negation':
        return speaksOfTime(formula.operand);
      case 'power':
        return speaksOfTime(formula.base) || speaksOfTime(formula.exponent);
      case 'comparison':
        return speaksOfTime(formula.left) || speaksOfTime(formula.right);
      case 'call':
        return formula.arguments.some(speaksOfTime);
    }
  };
  return experiment.learningRate !== undefined && speaksOfTime(choose(experiment.learningRate, run));
}
