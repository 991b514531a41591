/** Work that is done in slices: whoever runs it decides after each slice whether to give way to others. */
export type Sliced<T> = Generator<void, T, void>;

/** How much work a slice is to do. */
export interface Pace {
  /** How many rows an evaluation may pass over before it ends its slice. */
  rows: number;
  /** How many rows the slice has passed over: who works adds to it, so that slices get their right length. */
  spent: number;
}

/** A slice is to take about this long, so that others wait 10 ms at most. */
const sliceMilliseconds = 3;
const turnMilliseconds = 6;
/** The work of one step besides its rows, in rows. */
export const rowsPerStep = 64;

/** Clocks are too coarse for shorter times. */
const shortestMilliseconds = 0.1;
const leastRows = 1024;
const firstRows = 2 ** 14;
const mostRows = 2 ** 26;

/** To copy a number to new memory takes as long as passing over so many rows. */
export const rowsPerCopy = 4;

/** To move a row to a place drawn at random takes as long as passing over so many. */
export const rowsPerMove = 16;

/** How many units of work still fit into the slice, at least one, where each takes as long as `cost` rows. */
export function unitsLeft({ rows, spent }: Pace, cost: number): number {
  return Math.max(1, Math.floor((rows - spent) / cost));
}

/** Passes over rows in slices, where one of them takes as long as `cost` rows of an evaluation. */
export function* passOver(
  rows: number,
  cost: number,
  pace: Pace,
  pass: (from: number, to: number) => void,
): Sliced<void> {
  for (let from = 0; from < rows;) {
    const to = Math.min(rows, from + unitsLeft(pace, cost));
    pass(from, to);
    pace.spent += (to - from) * cost;
    from = to;
    yield;
  }
}

/** Does all slices one after the other, without giving way. */
export function finishNow<T>(slices: (pace: Pace) => Sliced<T>): T {
  const pace: Pace = { rows: mostRows, spent: 0 };
  const work = slices(pace);
  for (;;) {
    const slice = work.next();
    if (slice.done === true) return slice.value;
    pace.spent = 0;
  }
}

/**
 * Does all slices, giving way to others about every 10 ms, and calls `afterTurn` before it gives way.
 * Resolves to undefined where the signal ended it.
 *
 * @param clock the time in milliseconds
 */
export async function finishGivingWay<T>(
  slices: (pace: Pace) => Sliced<T>,
  signal?: AbortSignal,
  afterTurn?: () => void,
  clock = () => performance.now(),
): Promise<T | undefined> {
  const pace: Pace = { rows: firstRows, spent: 0 };
  const work = slices(pace);
  let turnBegan = clock();
  let sliceBegan = turnBegan;
  while (signal?.aborted !== true) {
    const slice = work.next();
    if (slice.done === true) return slice.value;
    const now = clock();
    pace.rows = nextRows(pace, now - sliceBegan);
    pace.spent = 0;
    if (now - turnBegan >= turnMilliseconds) {
      afterTurn?.();
      await giveWay();
      turnBegan = clock();
    }
    sliceBegan = clock();
  }
  return undefined;
}

/**
 * The same, for work that has no result until its end.
 *
 * @throws the signal's reason where it ends the work
 */
export async function finishUnlessAborted<T extends object>(
  slices: (pace: Pace) => Sliced<T>,
  signal?: AbortSignal,
): Promise<T> {
  const result = await finishGivingWay(slices, signal);
  if (result !== undefined) return result;
  throw signal?.reason;
}

/** What the speed of the last slice allows, but little more at once: the next may do work of another kind. */
function nextRows({ rows, spent }: Pace, milliseconds: number): number {
  if (spent === 0) return rows;
  const fitting = (spent * sliceMilliseconds) / Math.max(milliseconds, shortestMilliseconds);
  return Math.round(Math.min(mostRows, 1.5 * rows, Math.max(leastRows, rows / 4, fitting)));
}

/** Lets other tasks run: the fastest way that the host has, as timers wait 4 ms in browsers. */
function giveWay(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
    } else if (typeof MessageChannel === 'function') {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    } else {
      setTimeout(resolve);
    }
  });
}
