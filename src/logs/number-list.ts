const bits = 12;
const chunkLength = 2 ** bits;
/** A log may have thousands of lists with a few numbers each. */
const firstLength = 16;

/** A list of numbers that may grow to millions: it grows without moving what it has, and holds nothing to be traced. */
export class NumberList {
  readonly #chunks: Float64Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The number at a place; NaN outside the list. */
  at(place: number): number {
    if (place < 0 || place >= this.#length) return NaN;
    return this.#chunks[place >> bits]?.[place & (chunkLength - 1)] ?? NaN;
  }

  push(value: number): void {
    const place = this.#length++;
    const index = place >> bits;
    const within = place & (chunkLength - 1);
    let chunk = this.#chunks[index];
    if (!chunk || within >= chunk.length) {
      chunk = enlarged(chunk, index);
      this.#chunks[index] = chunk;
    }
    chunk[within] = value;
  }

  /** Forgets the numbers from a place on. */
  cut(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  toArray(): Float64Array {
    const whole = new Float64Array(this.#length);
    for (const [index, chunk] of this.#chunks.entries()) {
      const begin = index * chunkLength;
      if (begin >= this.#length) break;
      whole.set(chunk.subarray(0, Math.min(chunkLength, this.#length - begin)), begin);
    }
    return whole;
  }
}

/** Only the first chunk begins small. */
function enlarged(chunk: Float64Array | undefined, index: number): Float64Array {
  const length = chunk === undefined ? firstLength : 2 * chunk.length;
  const made = new Float64Array(index === 0 ? length : chunkLength);
  if (chunk) made.set(chunk);
  return made;
}
