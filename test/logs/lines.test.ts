import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { LineSplitter } from '../../src/logs/lines.ts';

function split(pieces: readonly string[]): { lines: string[]; rest: string | undefined } {
  const splitter = new LineSplitter();
  return { lines: pieces.flatMap((piece) => splitter.push(piece)), rest: splitter.rest() };
}

describe('the lines of a text', () => {
  it('end with LF, CRLF or CR', () => {
    assert.deepEqual(split(['a\nb\r\nc\rd']), { lines: ['a', 'b', 'c'], rest: 'd' });
    assert.deepEqual(split(['a\n']), { lines: ['a'], rest: undefined });
  });

  it('are passed over where they are too long, and the next one is read', () => {
    const long = 'x'.repeat(40_000);
    assert.deepEqual(split(['a\n', long, long, `${long}\nb\n`]), { lines: ['a', 'b'], rest: undefined });
    assert.deepEqual(split(['a\n', long, long]), { lines: ['a'], rest: undefined });
  });

  it('are the same however the text is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r') })), (pieces) => {
        const { lines, rest } = split(pieces);
        const notEmpty = [...lines, rest ?? ''].filter((line) => line !== '');
        assert.deepEqual(
          notEmpty,
          pieces
            .join('')
            .split(/[\r\n]/)
            .filter((line) => line !== ''),
        );
      }),
    );
  });
});
