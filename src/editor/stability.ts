import { curvature, roundDown, type ByParameter, type Program, type Run } from '../kernel/index.ts';
import { outline, valuePlaces } from '../language/index.ts';

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
  const places = valuePlaces(source).learningRate;
  const stabilities: Stability[] = [];
  for (const index of program.runs.keys()) {
    const place = places[index] ?? places[0];
    const stability = place && (await stabilityOf(program, index, runs[index], place.end, signal));
    if (stability) stabilities.push(stability);
  }
  return together(source, leastAtEachPlace(stabilities));
}

async function stabilityOf(
  program: Program,
  index: number,
  run: Run | undefined,
  offset: number,
  signal: AbortSignal,
): Promise<Stability | undefined> {
  const point = endOf(run);
  const { stableBelow, largest } = await curvature(program, point ?? {}, { run: index, signal });
  if (stableBelow === undefined || !Number.isFinite(stableBelow)) return undefined;
  const hasBatches = program.runs[index]?.schedule.hasBatches ?? false;
  return { offset, stableBelow, largestCurvature: largest, at: point ? 'end' : 'start', hasBatches };
}

/** One learning rate may serve several runs of a sweep: it is stable for all below the least of their limits. */
function leastAtEachPlace(stabilities: readonly Stability[]): Stability[] {
  const least = new Map<number, Stability>();
  for (const stability of stabilities) {
    const known = least.get(stability.offset);
    if (!known || stability.stableBelow < known.stableBelow) least.set(stability.offset, stability);
  }
  return [...least.values()];
}

/** One for all where a list has one limit, behind the list. */
function together(source: string, stabilities: Stability[]): Stability[] {
  const [first, ...others] = stabilities;
  const list = outline(source).find(({ name }) => name === 'learning_rate');
  if (!first || !list || others.length === 0) return stabilities;
  const isOne = others.every(
    ({ stableBelow, at }) => formatLimit(stableBelow) === formatLimit(first.stableBelow) && at === first.at,
  );
  return isOne ? [{ ...first, offset: list.end }] : stabilities;
}

/** Where a run ended, if it went well enough for the place to say something. */
function endOf(run: Run | undefined): ByParameter<number> | undefined {
  return run && (run.outcome === 'finished' || run.outcome === 'settled') && run.final.loss <= run.start.loss
    ? run.final.parameters
    : undefined;
}

/** A limit with four digits, rounded towards zero: what is shown is still below it. */
export function formatLimit(limit: number): string {
  return String(roundDown(limit));
}
