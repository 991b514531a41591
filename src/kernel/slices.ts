/** Work that is done in slices: whoever runs it decides after each slice whether to give way to others. */
export type Sliced<T> = Generator<void, T, void>;

/** How much work a slice is to do. */
export interface Pace {
  /** How many rows an evaluation may pass over before it ends its slice. */
  rows: number;
}

/** A slice is to take about this long, so that others wait 10 ms at most. */
const sliceMilliseconds = 4;
const turnMilliseconds = 8;
/** The work of one step besides its rows, in rows. */
export const rowsPerStep = 16;

const firstRows = 2 ** 14;
const mostRows = 2 ** 26;

/** Does all slices one after the other, without giving way. */
export function finishNow<T>(slices: (pace: Pace) => Sliced<T>): T {
  const work = slices({ rows: mostRows });
  for (;;) {
    const slice = work.next();
    if (slice.done === true) return slice.value;
  }
}

/**
 * Does all slices, giving way to others about every 10 ms, and calls `afterTurn` before it gives way.
 * Resolves to undefined where the signal ended it.
 */
export async function finishGivingWay<T>(
  slices: (pace: Pace) => Sliced<T>,
  signal?: AbortSignal,
  afterTurn?: () => void,
): Promise<T | undefined> {
  const pace: Pace = { rows: firstRows };
  const work = slices(pace);
  let turnBegan = performance.now();
  let sliceBegan = turnBegan;
  while (signal?.aborted !== true) {
    const slice = work.next();
    if (slice.done === true) return slice.value;
    const now = performance.now();
    pace.rows = nextRows(pace.rows, now - sliceBegan);
    if (now - turnBegan >= turnMilliseconds) {
      afterTurn?.();
      await giveWay();
      turnBegan = performance.now();
    }
    sliceBegan = performance.now();
  }
  return undefined;
}

function nextRows(rows: number, milliseconds: number): number {
  const factor = Math.min(2, Math.max(0.25, sliceMilliseconds / Math.max(milliseconds, 0.01)));
  return Math.min(mostRows, Math.max(1024, Math.round(rows * factor)));
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
