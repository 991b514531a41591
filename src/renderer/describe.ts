import type { ByParameter } from '../kernel/index.ts';
import { formatNumber } from './numbers.ts';
import { lossAt } from './record.ts';
import { selectedRun } from './scene.ts';
import type { Content } from './scene.ts';

/** The loss curve in words. */
export function describeLoss(content: Content): string {
  const run = selectedRun(content);
  if (run === undefined) return 'Loss: nothing was run.';
  const { start, final } = run;
  const lowest = run.loss.reduce((best, loss) => (loss < best ? loss : best), Infinity);
  const at = run.steps[run.loss.indexOf(lowest)];
  const others =
    content.runs.length > 1 ? ` ${content.runs.length} runs are drawn; this is ${run.label}.` : '';
  return (
    `Loss by step: ${number(start.loss)} at the start, ${number(lossAt(run, run.loss.length - 1))} at step ${number(final.step)}` +
    (at === undefined ? '.' : `; lowest ${number(lowest)} at step ${number(at)}.`) +
    others
  );
}

/** The landscape and the selected run's path over it in words. */
export function describeLandscape(content: Content): string {
  const { landscape } = content;
  const run = selectedRun(content);
  if (landscape === undefined) return 'Landscape: none.';
  const { x, y, xs, ys, minimum } = landscape;
  const names = [x, ...(y === undefined ? [] : [y])];
  const windows = [xs, ...(y === undefined ? [] : [ys])].map((values, index) => {
    return `${names[index] ?? ''} from ${number(values[0])} to ${number(values.at(-1))}`;
  });
  const point = (values: ByParameter<number>): string =>
    names.map((name) => `${name} = ${number(values[name])}`).join(', ');
  const path =
    run === undefined
      ? ''
      : ` The path goes from ${point(run.start.parameters)} to ${point(run.final.parameters)}.`;
  return `Landscape of the loss over ${windows.join(' and ')}.${path}${minimum === undefined ? '' : ` The loss is lowest near ${point(minimum)}.`}`;
}

/** The fit in words. */
export function describeFit(content: Content): string {
  const { fit } = content;
  if (fit === undefined) return 'Fit: none.';
  const examples = `${number(fit.truth.length)} examples`;
  return fit.x === undefined
    ? `Fit: predicted against true values of ${examples}; on the diagonal they agree.`
    : `Fit: ${examples} over ${fit.xLabel ?? 'the input'}, and what the run predicts for them.`;
}

function number(value: number | undefined): string {
  return formatNumber(value ?? NaN, 5);
}
