import { brokenText, countOf, grouped } from '../kernel/index.ts';
import type { CheckResult, Point, Run } from '../kernel/index.ts';
import { renderTable } from './table.ts';

/** More parameters than this the table leaves out, and says so. */
const mostParameters = 8;

/**
 * Runs in words, with a small table: for screen readers, for copying, and for places without the figure. Plain text;
 * lines end with LF. A single run is told step by step, a sweep run by run.
 */
export function describeRuns(runs: readonly Run[]): string {
  const [first, ...others] = runs;
  if (!first) return 'Nothing was run.';
  const paragraphs = others.length === 0 ? describeOne(first) : describeSweep(runs);
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

/** What became of a run, as one sentence. */
export function describeOutcome(run: Run): string {
  const steps = countOf(run.stepsTaken, 'step');
  const losses = `from ${significant(run.start.loss)} to ${significant(run.final.loss)}`;
  switch (run.outcome) {
    case 'diverged':
      return `Diverged: ${brokenText(run)}.${run.firstBadStep === 0 ? '' : ` The loss went ${losses}.`}`;
    case 'stopped':
      return `Stopped after ${steps}. The loss went ${losses}.`;
    case 'settled':
      return `Settled after ${steps}, when the loss no longer got better. It went ${losses}.`;
    case 'finished':
      return run.stepsTaken === 0
        ? `No steps were taken. The loss is ${significant(run.start.loss)}.`
        : `Finished after ${steps}. The loss went ${losses}.`;
  }
}

/** A number with six significant digits; with an exponent where plain digits would say less than they seem to. */
export function significant(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const text =
    Math.abs(rounded) >= 1e7 && Number.isFinite(rounded) ? rounded.toExponential() : String(rounded);
  return text.replace('e+', 'e');
}

function describeOne(run: Run): string[] {
  return [describeOutcome(run), stepTable(run), leftOut(run), run.checks.map(describeCheck).join('\n')];
}

function describeSweep(runs: readonly Run[]): string[] {
  const checks = runs.flatMap((run) => run.checks.map((check) => `${run.label}: ${describeCheck(check)}`));
  return [
    `${runs.length} runs.`,
    renderTable(
      ['run', 'outcome', 'steps', 'first loss', 'last loss'],
      runs.map((run) => [
        run.label,
        run.outcome,
        grouped(run.stepsTaken),
        significant(run.start.loss),
        significant(run.final.loss),
      ]),
    ),
    checks.join('\n'),
  ];
}

function stepTable(run: Run): string {
  const names = parametersOf(run).slice(0, mostParameters);
  return renderTable(
    ['step', 'loss', ...names],
    toldPoints(run).map((point) => [
      grouped(point.step),
      Number.isNaN(point.loss) && point.step !== run.firstBadStep ? '' : significant(point.loss),
      ...names.map((name) => significant(point.parameters[name] ?? NaN)),
    ]),
  );
}

function leftOut(run: Run): string {
  const more = parametersOf(run).length - mostParameters;
  return more > 0 ? `and ${more} more ${more === 1 ? 'parameter' : 'parameters'}` : '';
}

/** The start, the first two steps, the quarters of the run, and its end, as far as they were recorded. */
function toldPoints(run: Run): Point[] {
  const taken = run.stepsTaken;
  const wanted = [1, 2, taken / 4, taken / 2, (3 * taken) / 4];
  const entries = new Set(wanted.map((step) => entryAt(run.steps, Math.round(step))));
  const between = [...entries]
    .filter((entry) => entry > 0 && entry < run.steps.length - 1)
    .sort((a, b) => a - b)
    .map((entry) => pointAt(run, entry));
  return taken === 0 ? [run.start] : [run.start, ...between, run.final];
}

function pointAt(run: Run, entry: number): Point {
  return {
    step: run.steps[entry] ?? 0,
    loss: run.loss[entry] ?? NaN,
    parameters: Object.fromEntries(
      Object.entries(run.parameters).map(([name, values]) => [name, values[entry] ?? NaN]),
    ),
  };
}

/** The last entry whose step is not after `step`. */
function entryAt(steps: Int32Array, step: number): number {
  return Math.max(
    0,
    steps.findLastIndex((each) => each <= step),
  );
}

function parametersOf(run: Run): string[] {
  return Object.keys(run.parameters);
}

function describeCheck(check: CheckResult): string {
  return `${check.passed ? 'Passed' : 'Not passed'}: ${check.label} (${significant(check.left)} against ${significant(check.right)})`;
}
