import assert from 'node:assert/strict';
import fc from 'fast-check';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { shuffle } from '../../src/kernel/shuffle.ts';

/** The shuffle as it is told, a row at a time, with the numbers of pure-rand. */
function plainShuffle(
  words: readonly number[],
  rows: number,
): { order: Float64Array; words: readonly number[] } {
  const generator = xoroshiro128plusFromState(words);
  const order = Float64Array.from({ length: rows }, (_, row) => row);
  for (let last = rows - 1; last >= 1; last--) {
    let place = Infinity;
    while (place > last) place = generator.next() >>> Math.clz32(last);
    [order[last], order[place]] = [order[place] ?? NaN, order[last] ?? NaN];
  }
  return { order, words: generator.getState() };
}

describe('shuffle', () => {
  const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  // Not all words may be 0: that generator gives 0 for ever.
  const words = fc.tuple(fc.integer({ min: 1, max: 2 ** 31 - 1 }), word, word, word);

  it('gives the order of the plain shuffle, and leaves the generator where that leaves it', () => {
    const rows = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 40_000 }));
    fc.assert(
      fc.property(words, rows, fc.double({ min: 0, max: 1, noNaN: true }), (first, count, share) => {
        const state = Int32Array.from(first);
        const columns = [0, 0.5].map((more) => Float64Array.from({ length: count }, (_, row) => row + more));
        const middle = Math.floor(share * count);
        shuffle(state, columns, middle, count);
        shuffle(state, columns, 0, middle);
        const plain = plainShuffle(first, count);
        assert.ok(columns[0]?.every((row, place) => row === plain.order[place]));
        assert.ok(columns[1]?.every((row, place) => row === (plain.order[place] ?? NaN) + 0.5));
        assert.deepEqual([...state], plain.words);
      }),
    );
  });

  it('leaves rows alone that are too few', () => {
    const state = Int32Array.of(1, 2, 3, 4);
    const columns = [Float64Array.of(7)];
    shuffle(state, columns, 0, 1);
    assert.deepEqual([columns, [...state]], [[Float64Array.of(7)], [1, 2, 3, 4]]);
  });
});
