/** A part of a log: text, or bytes of UTF-8, or of UTF-16 with a byte-order mark as PowerShell redirects output. */
export type LogChunk = string | Uint8Array;

/** How many bytes are decoded at a time. */
const partLength = 65_536;

/** Makes text of chunks. Bytes that are no text become the replacement character. */
export class ChunkDecoder {
  #bytes = 0;
  /** The first bytes, while they are too few to tell the encoding. */
  #start = new Uint8Array(0);
  #decoder: TextDecoder | undefined;

  /** How many bytes were decoded. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The text of a chunk, in parts that are quickly decoded. */
  *decode(chunk: LogChunk): Generator<string> {
    if (typeof chunk === 'string') {
      yield chunk;
      return;
    }
    for (let at = 0; at < chunk.length; at += partLength) {
      const part = chunk.subarray(at, at + partLength);
      this.#bytes += part.length;
      yield this.#decodePart(part);
    }
  }

  /** The text of the bytes that are left at the end. */
  end(): string {
    const rest = new TextDecoder().decode(this.#start);
    return rest + (this.#decoder?.decode() ?? '');
  }

  #decodePart(part: Uint8Array): string {
    if (this.#decoder) return this.#decoder.decode(part, { stream: true });
    const start = new Uint8Array([...this.#start, ...part]);
    if (start.length < 2) {
      this.#start = start;
      return '';
    }
    this.#start = new Uint8Array(0);
    this.#decoder = new TextDecoder(encodingOf(start));
    return this.#decoder.decode(start, { stream: true });
  }
}

function encodingOf(start: Uint8Array): string {
  const mark = (start[0] ?? 0) * 256 + (start[1] ?? 0);
  if (mark === 0xfffe) return 'utf-16le';
  return mark === 0xfeff ? 'utf-16be' : 'utf-8';
}
