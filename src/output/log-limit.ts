/** What all curves of a log may hold together: a quarter of a million numbers, 2 MB. */
const mostNumbers = 250_000;
/** More entries than this no screen shows. */
const mostEntries = 8000;
/** Steps, two losses, the norm of the gradient and the learning rate. */
const columns = 5;

/** More curves than this cannot be told apart. */
export const mostCurves = 16;

/** How many entries each of so many curves may have to be sent together. */
export function entriesPerCurve(curves: number): number {
  return Math.min(mostEntries, Math.floor(mostNumbers / (columns * Math.max(1, curves))));
}
