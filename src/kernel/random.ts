import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { special } from './special.ts';

/** What a stream of chance is for; the streams of one seed never overlap. */
export type StreamName = 'starts' | 'validation' | 'shuffle';

/** A seeded stream of chance. It is part of the language: the same seed gives the same numbers for ever. */
export interface RandomStream {
  /** A uniform draw from [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** Where the generator stands: the lower and upper 32 bits of its first half, then those of its second. */
  state(): readonly number[];
  /** A draw from the normal distribution with mean 0 and deviation 1. */
  normal(): number;
  /**
   * Puts `indices` into a random order in place, every order equally likely. It settles the places from the last
   * down; to do so in slices, call it for the places `from` to `to` (not included), each slice below the one before.
   */
  shuffle(indices: Int32Array, from?: number, to?: number): void;
  /** Puts the rows of columns into the order that `shuffle` gives indices. */
  shuffleRows(columns: readonly Float64Array[], from: number, to: number): void;
}

const streamNames: readonly StreamName[] = ['starts', 'validation', 'shuffle'];

/**
 * The stream `stream` of a seed, a whole number from 0 to 2^32 - 1.
 *
 * Generator: xoroshiro128+ (Blackman and Vigna, 2018). Its state is the seed spread by the finalizer of
 * MurmurHash3, so that neighbouring seeds have nothing in common; each stream begins 2^64 numbers after the last.
 */
export function randomStream(seed: number, stream: StreamName): RandomStream {
  const generator = xoroshiro128plusFromState([
    spread(seed, 1),
    spread(seed, 2),
    spread(seed, 3),
    spread(seed, 4),
  ]);
  for (let jumps = streamNames.indexOf(stream); jumps > 0; jumps--) generator.jump();
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    state() {
      const [firstUpper = 0, firstLower = 0, secondUpper = 0, secondLower = 0] = generator.getState();
      return [firstLower, firstUpper, secondLower, secondUpper];
    },
    // Box and Muller (1958); 1 - u is never 0, and every draw takes two numbers.
    normal: () => Math.sqrt(-2 * special.log(1 - uniform())) * special.cos(2 * Math.PI * uniform()),
    shuffle(indices, from = 0, to = indices.length) {
      shuffleTogether(generator, [indices], from, to);
    },
    shuffleRows(columns, from, to) {
      shuffleTogether(generator, columns, from, to);
    },
  };
}

/** Fisher and Yates; an index takes as many high bits as it needs and is drawn again when too large. */
function shuffleTogether(
  generator: RandomGenerator,
  arrays: readonly (Int32Array | Float64Array)[],
  from: number,
  to: number,
): void {
  for (let last = to - 1; last >= Math.max(from, 1); last--) {
    const unused = Math.clz32(last);
    let other = generator.next() >>> unused;
    while (other > last) other = generator.next() >>> unused;
    for (const values of arrays) {
      const kept = values[last] ?? 0;
      values[last] = values[other] ?? 0;
      values[other] = kept;
    }
  }
}

function spread(seed: number, word: number): number {
  let bits = (seed + Math.imul(word, 0x9e3779b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
