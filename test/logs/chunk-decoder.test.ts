import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { ChunkDecoder } from '../../src/logs/chunk-decoder.ts';

function decode(chunks: readonly (string | Uint8Array)[]): string {
  const decoder = new ChunkDecoder();
  const parts = chunks.flatMap((chunk) => [...decoder.decode(chunk)]);
  return parts.join('') + decoder.end();
}

/** The bytes in chunks of these lengths, and the rest. */
function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  let at = 0;
  const chunks = lengths.map((length) => bytes.subarray(at, (at += length)));
  return [...chunks, bytes.subarray(at)];
}

describe('the chunks of a log', () => {
  it('are text of UTF-8 however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(3)), (text, lengths) => {
        assert.equal(decode(cut(new TextEncoder().encode(text), lengths)), text);
      }),
    );
  });

  it('are text of UTF-16 where a byte-order mark says so', () => {
    const little = new Uint8Array(Buffer.from('\ufeffiter 1: é', 'utf16le'));
    const big = new Uint8Array(Buffer.from('\ufeffiter 1: é', 'utf16le').swap16());
    for (const bytes of [little, big]) assert.equal(decode(cut(bytes, [1, 0, 2, 3])), 'iter 1: é');
  });

  it('are decoded in parts, and counted', () => {
    const decoder = new ChunkDecoder();
    assert.equal([...decoder.decode(new Uint8Array(200_000).fill(97))].length, 4);
    assert.equal(decoder.bytes, 200_000);
  });

  it('may be text already, may be one byte, may be no text', () => {
    assert.equal(decode(['a', '\ufeffb']), 'a\ufeffb');
    assert.equal(decode([Uint8Array.of(97)]), 'a');
    assert.equal(decode([Uint8Array.of(0xff, 0xff, 97)]), '\ufffd\ufffda');
  });
});
