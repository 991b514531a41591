import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { LiteralScanner, readDictionary } from '../../src/logs/literal.ts';

/** What a scanner tells of a text that arrives in pieces. */
function tellings(pieces: readonly string[]): { told: string[]; state: string } {
  const told: string[] = [];
  const scanner = new LiteralScanner({
    open: (kind) => told.push(kind),
    close: () => told.push('end'),
    key: (name) => told.push(`key ${name}`),
    value: (text) => told.push(`value ${text}`),
  });
  for (const piece of pieces) scanner.push(piece);
  return { told, state: scanner.state };
}

describe('a literal', () => {
  it('is JSON with bare NaN and Infinity', () => {
    const { told, state } = tellings([
      '{"a": NaN, "b": [-Infinity, 1e-5, null], "c": {"d": "x, \\"y\\" \\u00e9"}}',
    ]);
    assert.deepEqual(told, [
      ...['{', 'key a', 'value NaN', 'key b', '[', 'value -Infinity', 'value 1e-5', 'value null', 'end'],
      ...['key c', '{', 'key d', 'value x, "y" é', 'end', 'end'],
    ]);
    assert.equal(state, 'whole');
  });

  it('is a dictionary of Python', () => {
    const { entries, end } = readDictionary(
      "out: {'loss': nan, 'name': \"it's\", 'n': np.float64(0.5), 'l': [1]} and more",
      5,
    );
    assert.deepEqual(
      [...(entries ?? [])],
      [
        ['loss', 'nan'],
        ['name', "it's"],
        ['n', 'np.float64(0.5)'],
      ],
    );
    assert.equal(end, 66);
  });

  it('is open while its end has not come', () => {
    assert.deepEqual(tellings(['{"log_history": [{"loss": 1.5']), {
      told: ['{', 'key log_history', '[', '{', 'key loss'],
      state: 'reading',
    });
  });

  for (const text of [
    'x',
    '"a"',
    '{1}',
    '{"a"}',
    '{"a": }',
    '{"a" 1}',
    '{"a": 1]',
    '[1}',
    '[:',
    '{"a": "b": 1}',
    '}',
    '{,"a":,',
  ]) {
    it(`breaks at ${text}`, () => {
      assert.equal(tellings([text]).state, 'broken');
      assert.equal(readDictionary(text, 0).entries, undefined);
    });
  }

  it('may not be nested without end', () => {
    assert.equal(tellings(['['.repeat(64)]).state, 'reading');
    assert.equal(tellings(['['.repeat(65)]).state, 'broken');
  });

  it('keeps no more of a string than names and numbers need', () => {
    const { told } = tellings(['["', ...Array<string>(20).fill('x'.repeat(1000)), '"]']);
    assert.equal(told[1]?.length, 'value '.length + 4096);
  });

  it('reads any JSON, however it is cut', () => {
    fc.assert(
      fc.property(fc.oneof(fc.object(), fc.array(fc.jsonValue())), fc.array(fc.nat(60)), (json, lengths) => {
        const text = JSON.stringify(json);
        const pieces = lengths.map((length, index) => {
          const from = lengths.slice(0, index).reduce((sum, each) => sum + each, 0);
          return text.slice(from, from + length);
        });
        pieces.push(text.slice(lengths.reduce((sum, each) => sum + each, 0)));
        const whole = tellings([text]);
        assert.equal(whole.state, 'whole');
        assert.deepEqual(tellings(pieces), whole);
      }),
    );
  });
});
