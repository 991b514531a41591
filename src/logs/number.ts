/** Longer than any number that Python or C print, so that junk is told from numbers without reading it. */
const longestNumber = 400;
const decimal = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;
const notANumber = /^[-+]?nan(?:\(\w*\))?$/i;
const infinite = /^([-+]?)inf(?:inity)?$/i;
const wrapped = /^[a-z_][\w.]*\((.*)\)$/i;

/**
 * The number that a log's field holds, as Python, NumPy, C and JavaScript print it: `2.5e-05`, `nan`, `-nan(ind)`,
 * `Infinity`, `np.float64(0.5)`. Undefined where there is none: an empty field, `NA`, `None`, `null`, words.
 */
export function readNumber(text: string): number | undefined {
  if (text.length > longestNumber) return undefined;
  const bare = text.trim();
  if (decimal.test(bare)) return Number(bare);
  if (notANumber.test(bare)) return NaN;
  const sign = infinite.exec(bare)?.[1];
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
  const inner = wrapped.exec(bare)?.[1];
  return inner === undefined ? undefined : readNumber(inner);
}

/** A number as C's printf or Python's format print it, to be built into the pattern of a line. */
export const printedNumber = String.raw`[-+]?(?:\d{1,330}(?:\.\d{0,330})?(?:e[-+]?\d{1,4})?|nan(?:\(\w{1,16}\))?|inf(?:inity)?)`;
