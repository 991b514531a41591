import { curvature, type ByParameter, type Program, type Run } from '../kernel/index.ts';
import { valuePlaces } from '../language/index.ts';

/** Below which learning rate a run is stable, and where in the cell that belongs. */
export interface Stability {
  /** The offset behind the learning rate. */
  readonly offset: number;
  readonly stableBelow: number;
  readonly largestCurvature: number;
  /** Where the loss was looked at: where the run of this text ended, else where it starts. */
  readonly at: 'start' | 'end';
  /** With minibatches the limit is only an upper bound. */
  readonly hasBatches: boolean;
}

/**
 * The limits of a cell, one for each place of a learning rate.
 *
 * @param runs the runs of the same text, where it has been run
 * @throws the signal's reason
 */
export async function stabilitiesOf(
  source: string,
  program: Program,
  runs: readonly Run[],
  signal: AbortSignal,
): Promise<Stability[]> {
  const stabilities: Stability[] = [];
  for (const [index, place] of valuePlaces(source).learningRate.entries()) {
    const prepared = program.runs[index];
    const point = endOf(runs[index]);
    const { stableBelow, largest } = await curvature(program, point ?? {}, { run: index, signal });
    if (stableBelow === undefined || !Number.isFinite(stableBelow)) continue;
    stabilities.push({
      offset: place.end,
      stableBelow,
      largestCurvature: largest,
      at: point ? 'end' : 'start',
      hasBatches: prepared?.schedule.hasBatches ?? false,
    });
  }
  return stabilities;
}

/** Where a run ended, if it went well enough for the place to say something. */
function endOf(run: Run | undefined): ByParameter<number> | undefined {
  return run && (run.outcome === 'finished' || run.outcome === 'settled') && run.final.loss <= run.start.loss
    ? run.final.parameters
    : undefined;
}

/** A limit with four digits, rounded towards zero: what is shown is still below it. */
export function formatLimit(limit: number): string {
  const unit = 10 ** (Math.floor(Math.log10(limit)) - 3);
  return String(Number((Math.floor(limit / unit) * unit).toPrecision(4)));
}
