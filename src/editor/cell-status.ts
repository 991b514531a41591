import type { Run } from '../kernel/index.ts';
import { describeRuns, divergedText, isExploding, significant } from '../output/index.ts';
import type { CellResult } from './results.ts';
import { logStatus } from './training-log/log-status.ts';

/** A line about a cell: its text may hold icons such as `$(error)`. */
export interface Status {
  readonly text: string;
  readonly tooltip: string;
}

/**
 * What the line under a cell says of its latest run: the final loss and the learning rate, or what went wrong; and
 * whether the cell, whose text now is `source`, has changed since.
 */
export function statusesOf(result: CellResult, source: string): Status[] {
  const changed = {
    text: '$(history) changed since',
    tooltip: 'Run the cell again to see what the change does.',
  };
  return [...outcomesOf(result), ...(result.source === source ? [] : [changed])];
}

/** Whether the latest run of a cell is known to have gone wrong, without looking closer. */
export function isSickResult({ runs, complaints }: CellResult): boolean {
  return complaints.length > 0 || runs.some((run) => run.outcome === 'diverged' || isExploding(run));
}

function outcomesOf({ runs, log, complaints }: CellResult): Status[] {
  const [first, ...others] = runs;
  if (complaints.length > 0) return [complaintStatus(complaints.map(({ message }) => message))];
  if (log) return logStatus(log);
  if (!first) return [];
  const tooltip = describeRuns(runs);
  const outcome = others.length === 0 ? runStatus(first) : sweepStatus(runs);
  const checks = checkStatus(runs);
  return [outcome, ...(checks === undefined ? [] : [checks])].map((text) => ({ text, tooltip }));
}

function complaintStatus(messages: readonly string[]): Status {
  const count = messages.length === 1 ? '1 problem' : `${messages.length} problems`;
  return { text: `$(error) ${count}`, tooltip: messages.join('\n') };
}

function runStatus(run: Run): string {
  const rate = Number.isNaN(run.settings.learningRate)
    ? ''
    : ` at learning rate ${significant(run.settings.learningRate)}`;
  if (run.outcome === 'diverged')
    return `$(warning) ${divergedText(run)}${run.firstBadStep === 0 ? '' : rate}`;
  if (isExploding(run)) return `$(warning) exploding, loss ${significant(run.final.loss)}${rate}`;
  const stopped = run.outcome === 'stopped' ? '$(debug-stop) stopped, ' : '';
  return `${stopped}loss ${significant(run.final.loss)}${rate}`;
}

function sweepStatus(runs: readonly Run[]): string {
  const diverged = runs.filter(({ outcome }) => outcome === 'diverged').length;
  const exploding = runs.filter((run) => run.outcome !== 'diverged' && isExploding(run)).length;
  const sick = [
    ...(diverged > 0 ? [`, ${diverged} diverged`] : []),
    ...(exploding > 0 ? [`, ${exploding} exploding`] : []),
  ].join('');
  const losses = runs.map(({ final }) => final.loss).filter(Number.isFinite);
  const best = losses.length === 0 ? '' : `, best loss ${significant(Math.min(...losses))}`;
  return `${sick === '' ? '' : '$(warning) '}${runs.length} runs${sick}${best}`;
}

function checkStatus(runs: readonly Run[]): string | undefined {
  const checks = runs.flatMap(({ checks: ofRun }) => ofRun);
  if (checks.length === 0) return undefined;
  const failed = checks.filter(({ passed }) => !passed).length;
  if (failed === 0)
    return checks.length === 1 ? '$(pass) check passed' : `$(pass) ${checks.length} checks passed`;
  return checks.length === 1
    ? '$(circle-slash) check not passed'
    : `$(circle-slash) ${failed} of ${checks.length} checks not passed`;
}
