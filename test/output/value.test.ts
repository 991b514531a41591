import assert from 'node:assert/strict';

import fc from 'fast-check';

import { readValue, writeValue } from '../../src/output/value.ts';
import { record } from './samples.ts';

const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE),
);

const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    anyNumber,
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    fc.float64Array(),
    fc.array(anyNumber).map((numbers) => Float64Array.from(numbers)),
    fc.int32Array(),
    fc.array(tie('value')),
    fc.array(fc.tuple(fc.string(), tie('value'))).map((entries) => new Map(entries)),
    fc
      .dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '$')), tie('value'))
      .map(record),
    fc.record({ loss: tie('value'), 'with space': tie('value') }),
  ),
})).value;

describe('values as JSON text', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        assert.deepEqual(readValue(writeValue(value)), value);
      }),
      { numRuns: 2000 },
    );
  });

  it('hold text that every JSON reader takes', () => {
    assert.equal(
      writeValue({ rates: Float64Array.of(1), bad: NaN, left: undefined }),
      '{"rates":{"$":"float64","data":"AAAAAAAA8D8="},"bad":{"$":"number","text":"NaN"}}',
    );
  });

  it('refuse what could not come back', () => {
    for (const value of [() => 1, Symbol('a'), 1n, undefined, new Date(0), { $: 'float64' }]) {
      assert.throws(() => writeValue(value), TypeError);
    }
    assert.throws(() => readValue('{"$":"date"}'), SyntaxError);
  });
});
