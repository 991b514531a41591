import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeLesson, encodeLesson, NotTextError } from '../../src/lesson/index.ts';

describe('the bytes of a lesson', () => {
  it('come back exactly wherever they are UTF-8', () => {
    const text = fc.string({
      unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\uFEFF', '\0', '\r')),
    });
    fc.assert(
      fc.property(text, (written) => {
        const bytes = new TextEncoder().encode(written);
        assert.deepEqual(encodeLesson(decodeLesson(bytes)), bytes);
      }),
    );
  });

  it('are refused or come back exactly', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 8 }), (bytes) => {
        try {
          assert.deepEqual(encodeLesson(decodeLesson(bytes)), bytes);
        } catch (error) {
          assert.ok(error instanceof NotTextError);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  const refused: [string, number[], RegExp][] = [
    [
      'Latin-1',
      [...Buffer.from('a\nb\r\ncaf')].concat(0xe9, 0x21),
      /not UTF-8 text: line 3 .*Reopen with Encoding/,
    ],
    ['a character cut at the end', [0x61, 0xe2, 0x82], /line 1 /],
    ['a surrogate', [0x0a, 0xed, 0xa0, 0x80], /line 2 /],
    ['an overlong form', [0xc0, 0x80], /line 1 /],
    ['UTF-16, low byte first', [0xff, 0xfe, 0x61, 0], /UTF-16 text/],
    ['UTF-16, high byte first', [0xfe, 0xff, 0, 0x61], /UTF-16 text/],
  ];
  for (const [what, bytes, message] of refused) {
    it(`are refused with the remedy: ${what}`, () => {
      assert.throws(() => decodeLesson(Uint8Array.from(bytes)), { name: 'NotTextError', message });
    });
  }
});
