/** A number as programs print it, with its decimals apart. */
const numbers = /[-+]?(?:\d{1,330}(?:\.(\d{0,330}))?(?:e[-+]?\d{1,4})?|nan(?:\(\w{1,16}\))?|inf(?:inity)?)/gi;

/** Programs that train print a loss with at least so many decimals. */
const leastDecimals = 4;

/**
 * Whether a line that has no line end is whole, by the line of its kind before it: a program prints a record with the
 * same words and the same number of decimals each time. Without an earlier line only a number at the end can tell.
 */
export function looksWhole(line: string, earlier: string | undefined): boolean {
  if (earlier !== undefined && shapeOf(line) !== shapeOf(earlier)) return false;
  const last = lastNumber(line);
  if (!last || last.end < line.trimEnd().length || last.decimals === undefined) return true;
  const expected = earlier === undefined ? leastDecimals : lastNumber(earlier)?.decimals;
  return expected === undefined || last.decimals >= expected;
}

/** A line without its numbers and the blanks that align them. */
function shapeOf(line: string): string {
  return line
    .replace(numbers, '#')
    .replace(/\s{1,64}/g, ' ')
    .trim();
}

/** Where the last number of a line ends, and how many decimals it has; none for NaN and infinities. */
function lastNumber(line: string): { readonly end: number; readonly decimals?: number } | undefined {
  const match = [...line.matchAll(numbers)].at(-1);
  if (!match) return undefined;
  const end = match.index + match[0].length;
  return /\d/.test(match[0]) ? { end, decimals: match[1]?.length ?? 0 } : { end };
}
