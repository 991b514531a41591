import { curvature, type ByParameter, type Program, type Run } from '../kernel/index.ts';
import { outline, learningRatePlaces } from '../language/index.ts';
import { formatLimit } from './stability-text.ts';

/** Below which learning rate a run is stable, as far as its loss curves at one point. */
export interface Limit {
  readonly stableBelow: number;
  readonly largestCurvature: number;
  /** Where the loss was looked at: where the run of this text ended, else where it starts. */
  readonly at: 'start' | 'end';
  /** With minibatches the limit is only an upper bound. */
  readonly hasBatches: boolean;
}

/** What is said behind the learning rate of a cell. */
export interface Stability {
  /** The offset behind the learning rate, or behind the list of them. */
  readonly offset: number;
  /** One for each learning rate, or one for all that share it. A run such as Adam's has none. */
  readonly limits: readonly { readonly rate: string; readonly limit?: Limit }[];
}

/**
 * The limits of a cell; undefined where none of its runs has one.
 *
 * @param runs the runs of the same text, where it has been run
 * @throws the signal's reason
 */
export async function stabilityOf(
  source: string,
  program: Program,
  runs: readonly Run[],
  signal: AbortSignal,
): Promise<Stability | undefined> {
  const places = learningRatePlaces(source);
  const [first] = places;
  if (!first) return undefined;
  const found: (Limit | undefined)[] = places.map(() => undefined);
  for (const index of program.runs.keys()) {
    const place = index < places.length ? index : 0;
    found[place] = least(found[place], await limitOf(program, index, runs[index], signal));
  }
  if (found.every((limit) => limit === undefined)) return undefined;
  const limits = places.map(({ start, end }, index) => {
    const limit = found[index];
    return { rate: source.slice(start, end), ...(limit && { limit }) };
  });
  const list = places.length > 1 ? outline(source).find(({ name }) => name === 'learning_rate') : undefined;
  return { offset: list?.end ?? first.end, limits: areOne(found) ? limits.slice(0, 1) : limits };
}

async function limitOf(
  program: Program,
  index: number,
  run: Run | undefined,
  signal: AbortSignal,
): Promise<Limit | undefined> {
  const point = endOf(run);
  const { stableBelow, largest } = await curvature(program, point ?? {}, { run: index, signal });
  if (stableBelow === undefined || !Number.isFinite(stableBelow)) return undefined;
  const hasBatches = program.runs[index]?.schedule.hasBatches ?? false;
  return { stableBelow, largestCurvature: largest, at: point ? 'end' : 'start', hasBatches };
}

/** One learning rate may serve several runs of a sweep: it is stable for all below the least of their limits. */
function least(one: Limit | undefined, other: Limit | undefined): Limit | undefined {
  if (!one || !other) return one ?? other;
  return other.stableBelow < one.stableBelow ? other : one;
}

function areOne([first, ...others]: readonly (Limit | undefined)[]): boolean {
  return others.every(
    (limit) =>
      limit !== undefined &&
      first !== undefined &&
      formatLimit(limit.stableBelow) === formatLimit(first.stableBelow) &&
      limit.at === first.at,
  );
}

/** Where a run ended, if it went well enough for the place to say something. */
function endOf(run: Run | undefined): ByParameter<number> | undefined {
  return run && (run.outcome === 'finished' || run.outcome === 'settled') && run.final.loss <= run.start.loss
    ? run.final.parameters
    : undefined;
}
