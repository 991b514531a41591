import { ChunkDecoder, type LogChunk } from './chunk-decoder.ts';
import type { LoggedCurve } from './format.ts';
import { LogReading } from './log-reading.ts';
import type { Slices } from './slices.ts';

/** How long work goes on before it gives way, in milliseconds. */
const sliceDuration = 8;

export interface SliceOptions {
  readonly fileName?: string;
  readonly signal?: AbortSignal;
  /** Called whenever the reading gives way, and at the end. */
  readonly onProgress?: (progress: LogProgress) => void;
}

export interface LogProgress {
  /** The UTF-16 units of text that were read. */
  readonly characters: number;
  /** The bytes that were taken; 0 where chunks are text. */
  readonly bytes: number;
}

/**
 * Reads a log of any size as it arrives, giving way to others about every 10 ms. The same text gives the same curves
 * as `readTrainingLog`, however it is cut into chunks.
 * @throws LogError as `readTrainingLog` does, and the signal's reason once it is aborted
 */
export async function readTrainingLogInSlices(
  chunks: string | Iterable<LogChunk> | AsyncIterable<LogChunk>,
  options: SliceOptions = {},
): Promise<LoggedCurve[]> {
  const { signal } = options;
  const reading = new LogReading(options.fileName);
  const decoder = new ChunkDecoder();
  const tellProgress = (): void => {
    options.onProgress?.({ characters: reading.characters, bytes: decoder.bytes });
  };
  const pace = new Pace(signal, tellProgress);
  for await (const chunk of untilAborted(typeof chunks === 'string' ? [chunks] : chunks, signal)) {
    for (const text of decoder.decode(chunk)) await pace.finish(reading.push(text));
  }
  await pace.finish(reading.push(decoder.end()));
  const curves = await pace.finish(reading.end());
  tellProgress();
  return curves;
}

/** Does work in slices of time. */
class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #onPause: () => void;
  #since = performance.now();

  constructor(signal: AbortSignal | undefined, onPause: () => void) {
    this.#signal = signal;
    this.#onPause = onPause;
  }

  async finish<T>(slices: Slices<T>): Promise<T> {
    for (;;) {
      const next = slices.next();
      if (next.done) return next.value;
      if (performance.now() - this.#since >= sliceDuration) await this.#giveWay();
    }
  }

  async #giveWay(): Promise<void> {
    this.#onPause();
    await new Promise((resolve) => setTimeout(resolve));
    this.#signal?.throwIfAborted();
    this.#since = performance.now();
  }
}

/** The chunks until the signal is aborted, even while one of them is being waited for; then the signal's reason is thrown. */
async function* untilAborted(
  chunks: Iterable<LogChunk> | AsyncIterable<LogChunk>,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogChunk> {
  const iterator =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  let finished = false;
  try {
    for (;;) {
      const next = await orAborted(Promise.resolve(iterator.next()), signal);
      finished = next.done === true;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // A source that hangs would hang here too, so its end is not waited for.
    if (!finished) Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
