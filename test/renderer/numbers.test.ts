import assert from 'node:assert/strict';
import fc from 'fast-check';

import { sourceNumber, stepText } from '../../src/renderer/numbers.ts';

describe('numbers for a cell', () => {
  it('spells a number as a cell does, so that it reads back', () => {
    assert.equal(sourceNumber(0.12345), '0.123');
    assert.equal(sourceNumber(2.9e-7), '2.9e-7');
    assert.equal(sourceNumber(1e21), '1e21');
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.match(sourceNumber(value), /^-?\d+(\.\d+)?(e-?\d+)?$/);
        assert.equal(Number(sourceNumber(value, 17)), value === 0 ? 0 : value);
      }),
    );
  });
});

describe('the number of a step', () => {
  it('has all its digits, however many', () => {
    assert.equal(stepText(76_899_407), '76,899,407');
    assert.equal(stepText(60), '60');
    assert.equal(stepText(2.25), '2.25');
    assert.equal(stepText(NaN), 'NaN');
  });
});
