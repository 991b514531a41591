/** Places are drawn for so many rows, then a column after the other is moved: processors like that better. */
const placesAtOnce = 2 ** 14;
/** Engines that optimise a loop before they have seen its end throw what they made away at every end. */
const firstPlaces = 64;
const places = new Int32Array(placesAtOnce);

/**
 * Settles the rows of columns from `to - 1` down to `from` by the shuffle of Fisher and Yates (Durstenfeld, 1964), and
 * leaves `state`, the four words of a xoroshiro128+ of pure-rand, where its next number is to be drawn.
 *
 * Its parts are called from one place for all, so that engines inline none of them: they would inline slower code.
 */
export function shuffle(state: Int32Array, columns: readonly Float64Array[], from: number, to: number): void {
  const parts = [drawing(state), ...columns.map(moving)];
  const lowest = Math.max(from, 1);
  let [end, most] = [to, firstPlaces];
  while (end > lowest) {
    const begin = Math.max(lowest, end - most);
    for (const part of parts) part(begin, end);
    end = begin;
    most = Math.min(2 * most, placesAtOnce);
  }
}

/** A part of a shuffle, for the places from `end - 1` down to `begin`. */
type Part = (begin: number, end: number) => void;

/**
 * Draws a place from 0 to `last` for each place `last`. It takes as many high bits as it needs and is drawn again when
 * too large; without a branch, as processors cannot foresee which way it would go. The generator is written out, since
 * calls of the library's take more than twice the time.
 */
function drawing(state: Int32Array): Part {
  return (begin, end) => {
    let [firstUpper = 0, firstLower = 0, secondUpper = 0, secondLower = 0] = state;
    for (let last = end - 1; last >= begin;) {
      const place = ((firstLower + secondLower) | 0) >>> Math.clz32(last);
      const mixedUpper = secondUpper ^ firstUpper;
      const mixedLower = secondLower ^ firstLower;
      const nextLower = (firstLower << 24) ^ (firstUpper >>> 8) ^ mixedLower ^ (mixedLower << 16);
      firstUpper =
        (firstUpper << 24) ^ (firstLower >>> 8) ^ mixedUpper ^ ((mixedUpper << 16) | (mixedLower >>> 16));
      firstLower = nextLower;
      secondLower = (mixedUpper << 5) ^ (mixedLower >>> 27);
      secondUpper = (mixedLower << 5) ^ (mixedUpper >>> 27);
      places[last - begin] = place;
      last += (place - last - 1) >> 31;
    }
    state.set([firstUpper, firstLower, secondUpper, secondLower]);
  };
}

/** Lets the numbers at the places change with those at the places drawn. */
function moving(values: Float64Array): Part {
  return (begin, end) => {
    for (let last = end - 1; last >= begin; last--) {
      const place = places[last - begin] ?? 0;
      const kept = values[last] ?? 0;
      values[last] = values[place] ?? 0;
      values[place] = kept;
    }
  };
}
