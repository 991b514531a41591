import type { Run } from '../kernel/index.ts';

/**
 * The records of runs as CSV (RFC 4180): one row an entry, full precision, empty where nothing was recorded. A sweep
 * has its runs' labels in a first column.
 */
export function toCsv(runs: readonly Run[]): string {
  const parameters = [...new Set(runs.flatMap((run) => Object.keys(run.parameters)))];
  const hasBatches = runs.some((run) => run.batchLoss !== undefined);
  const hasValidation = runs.some((run) => run.validationLoss !== undefined);
  const header = [
    ...(runs.length > 1 ? ['run'] : []),
    'step',
    'loss',
    ...(hasBatches ? ['batch_loss'] : []),
    ...(hasValidation ? ['validation_loss'] : []),
    'learning_rate',
    'gradient_norm',
    ...parameters,
  ];
  const lines = runs.flatMap((run) =>
    Array.from(run.steps, (step, entry) => [
      ...(runs.length > 1 ? [run.label] : []),
      String(step),
      recorded(run.loss[entry], run, entry),
      ...(hasBatches ? [recorded(run.batchLoss?.[entry], run, entry)] : []),
      ...(hasValidation ? [recorded(run.validationLoss?.[entry], run, entry)] : []),
      recorded(run.learningRate[entry], run, entry),
      recorded(run.gradientNorm[entry], run, entry),
      ...parameters.map((name) => String(run.parameters[name]?.[entry] ?? '')),
    ]),
  );
  return writeCsv([header, ...lines]);
}

/** Rows of cells as CSV. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quoted).join(',') + '\r\n').join('');
}

/** NaN means that nothing was recorded, but at the step that broke. */
function recorded(value: number | undefined, run: Run, entry: number): string {
  if (value === undefined || (Number.isNaN(value) && run.steps[entry] !== run.firstBadStep)) return '';
  return String(value);
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
