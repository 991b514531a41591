import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { shuffle } from './shuffle.ts';
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
   * Puts the rows of columns into a random order in place, every order equally likely. It settles the rows from the last
   * up to the first; to do so in slices, call it for the rows `from` to `to` (not included), each slice before the last.
   */
  shuffle(columns: readonly Float64Array[], from: number, to: number): void;
}

const streamNames: readonly StreamName[] = ['starts', 'validation', 'shuffle'];

/**
 * The stream `stream` of a seed, a whole number from 0 to 2^32 - 1.
 *
 * Generator: xoroshiro128+ (Blackman and Vigna, 2018). Its state is the seed spread by the finalizer of
 * MurmurHash3, so that neighbouring seeds have nothing in common; each stream begins 2^64 numbers after the last.
 */
export function randomStream(seed: number, stream: StreamName): RandomStream {
  let generator = xoroshiro128plusFromState([
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
    shuffle(columns, from, to) {
      const state = Int32Array.from(generator.getState());
      shuffle(state, columns, from, to);
      generator = xoroshiro128plusFromState([...state]);
    },
  };
}

function spread(seed: number, word: number): number {
  let bits = (seed + Math.imul(word, 0x9e3779b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
