import type { Run } from '../../kernel/index.ts';
import { thinned } from '../curve.ts';
import { canBeLogarithmic, horizontal, needsEpochs } from '../record.ts';
import { scaleAround, snapped } from '../scale.ts';
import type { Scale } from '../scale.ts';
import { selectedRun, styleOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import type { Line } from './line.ts';

const faint = 0.35;
const manySteps = 600;
const mostOverStart = 1.5;

/** All curves from the back to the front: ghosts, other runs, and the selected one. */
export function lossLines(scene: Scene, width: number): Line[] {
  const byEpoch = needsEpochs(scene.runs);
  const line = (run: Run, losses: Float64Array, style: Omit<Line, 'x' | 'y'>): Line => ({
    ...thinned(horizontal(run, byEpoch), losses, Math.max(100, width)),
    ...style,
  });
  const ghosts = scene.ghosts.map((run) =>
    line(run, run.loss, { colour: scene.theme.muted, width: 1.5, dash: 'solid', opacity: faint }),
  );
  const linesOf = (run: Run): Line[] => {
    const { colour, dash } = styleOf(scene.theme, scene.runs.indexOf(run));
    const inFront = run === selectedRun(scene);
    const batches = inFront ? run.batchLoss : undefined;
    const validation = { colour: scene.theme.foreground, width: inFront ? 1.75 : 1, dash: 'dot' } as const;
    return [
      ...(batches === undefined
        ? []
        : [line(run, batches, { colour, width: 1, dash: 'solid', opacity: faintness(run) })]),
      ...(run.validationLoss === undefined
        ? []
        : [line(run, run.validationLoss, { ...validation, opacity: inFront ? 1 : faint })]),
      line(run, run.loss, { colour, dash, width: inFront ? 2.5 : 1.5, opacity: inFront ? 1 : 0.7 }),
    ];
  };
  return [...ghosts, ...inOrder(scene).flatMap(linesOf)];
}

/** The axes of the loss picture. The upright one has round ends, so that it seldom moves while a slider does. */
export function lossScales(scene: Scene): { readonly x: Scale; readonly y: Scale } {
  const byEpoch = needsEpochs(scene.runs);
  const kind = canBeLogarithmic(scene.runs) ? scene.lossScale : 'linear';
  const steps = [...scene.ghosts, ...scene.runs].flatMap((run) => ends(horizontal(run, byEpoch)));
  const x = scaleAround(steps, 'linear', 0.02);
  const all = scene.runs.flatMap((run) => [
    ...run.loss,
    ...(run.validationLoss ?? []),
    ...middleOf(run.batchLoss),
  ]);
  const losses = kind === 'linear' && scene.runs.length > 1 ? withinReach(all, scene.runs) : all;
  return {
    x: { ...x, low: Math.max(x.low, 0), high: Math.max(x.high, 1) },
    y: snapped(scaleAround(losses, kind, 0.03)),
  };
}

/** The selected run last, so that it lies above the others. */
function inOrder(scene: Scene): Run[] {
  const selected = selectedRun(scene);
  return [...scene.runs.filter((run) => run !== selected), ...(selected === undefined ? [] : [selected])];
}

/** On a linear axis one run of a sweep that explodes would press all others flat: it leaves the picture instead. */
function withinReach(losses: readonly number[], runs: readonly Run[]): readonly number[] {
  const reach = mostOverStart * Math.max(...runs.map((run) => Math.abs(run.start.loss)));
  const isFar = losses.some((loss) => Math.abs(loss) > 10 * reach);
  return isFar ? losses.filter((loss) => Math.abs(loss) <= reach) : losses;
}

/** Many losses of minibatches would cover the full loss. */
function faintness(run: Run): number {
  return run.steps.length > manySteps ? 0.2 : faint;
}

/** Where most losses of minibatches lie: a few extremes would press the full loss flat. */
function middleOf(losses: Float64Array | undefined): number[] {
  const sorted = (losses ?? new Float64Array()).filter(Number.isFinite).sort();
  return [sorted[Math.floor(sorted.length * 0.25)] ?? NaN, sorted[Math.floor(sorted.length * 0.98)] ?? NaN];
}

function ends(values: ArrayLike<number>): number[] {
  return [values[0] ?? 0, values[values.length - 1] ?? 0];
}
