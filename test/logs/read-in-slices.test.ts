import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { readTrainingLog, readTrainingLogInSlices, type LogProgress } from '../../src/logs/index.ts';
import { fixture, fixtures, only } from './fixture.ts';

const logs = fixtures().filter((path) => !path.includes('learning_rate'));

/** A log of nanoGPT with so many records. */
function longLog(records: number): string {
  const lines = Array.from(
    { length: records },
    (_, step) => `iter ${step}: loss ${(9 - step / records).toFixed(4)}, time 1ms`,
  );
  return `${lines.join('\n')}\n`;
}

function cut(text: string, places: readonly number[]): string[] {
  const at = places.map((place) => Math.floor(place * text.length)).sort((a, b) => a - b);
  return [...at, text.length].map((end, index) => text.slice(at[index - 1] ?? 0, end));
}

describe('a training log in slices', () => {
  it('gives the same curves however it is cut', async function () {
    this.timeout(20_000);
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const long = fixture('hugging-face/printed-4.30.txt').repeat(5);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...logs), fc.array(place, { maxLength: 30 }), async (path, places) => {
        for (const text of [fixture(path), `${fixture('llm.c/train_gpt2-cu.txt')}${fixture(path)}`, long]) {
          assert.deepEqual(await readTrainingLogInSlices(cut(text, places)), readTrainingLog(text));
        }
      }),
    );
  });

  it('gives the same curves from single characters and from bytes', async () => {
    for (const path of logs) {
      const text = fixture(path);
      const curves = readTrainingLog(text, path);
      const fileName = path;
      assert.deepEqual(await readTrainingLogInSlices(text, { fileName }), curves);
      assert.deepEqual(await readTrainingLogInSlices(Array.from(text), { fileName }), curves);
      const bytes = new TextEncoder().encode(text);
      const thirds = [bytes.subarray(0, 333), bytes.subarray(333, 334), bytes.subarray(334)];
      assert.deepEqual(await readTrainingLogInSlices(thirds, { fileName }), curves);
    }
  });

  it('is read whole with a million records, giving way and telling progress', async function () {
    this.timeout(60_000);
    const text = longLog(1_000_000);
    let others = 0;
    const other = setInterval(() => others++);
    const progress: LogProgress[] = [];
    const curve = only(
      await readTrainingLogInSlices([new TextEncoder().encode(text)], {
        onProgress: (each) => progress.push(each),
      }),
    );
    clearInterval(other);
    assert.deepEqual(
      [curve.steps.length, curve.steps.at(-1), curve.loss[500_000]],
      [1_000_000, 999_999, 8.5],
    );
    assert.ok(others > 5, String(others));
    assert.ok(progress.length > 5);
    assert.ok(progress.every((each, index) => each.bytes >= (progress[index - 1]?.bytes ?? 0)));
    assert.deepEqual(progress.at(-1), { characters: text.length, bytes: text.length });
  });

  it('fails as the whole text does', async () => {
    await assert.rejects(readTrainingLogInSlices('nothing'), { name: 'LogError', message: /known format/ });
    await assert.rejects(readTrainingLogInSlices([]), { name: 'LogError', message: /empty/ });
  });

  it('fails as its source does', async () => {
    const source = (function* () {
      yield 'iter 1: loss 2';
      throw new Error('disk on fire');
    })();
    await assert.rejects(readTrainingLogInSlices(source), /disk on fire/);
  });

  it('is cancelled before it begins', async () => {
    await assert.rejects(readTrainingLogInSlices('iter 1: loss 2', { signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
  });

  it('is cancelled while it reads', async () => {
    const controller = new AbortController();
    const text = longLog(200_000);
    const progress: LogProgress[] = [];
    const reading = readTrainingLogInSlices(text, {
      signal: controller.signal,
      onProgress: (each) => {
        progress.push(each);
        controller.abort(new Error('enough'));
      },
    });
    await assert.rejects(reading, /enough/);
    assert.equal(progress.length, 1);
  });

  it('is cancelled while it waits for a chunk, and lets its source go', async () => {
    const controller = new AbortController();
    let closed = false;
    const source: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          controller.abort();
          return new Promise(() => undefined);
        },
        return: () => {
          closed = true;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    await assert.rejects(readTrainingLogInSlices(source, { signal: controller.signal }), {
      name: 'AbortError',
    });
    assert.ok(closed);
  });
});
