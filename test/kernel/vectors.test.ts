import assert from 'node:assert/strict';
import { dot, lengthOf } from '../../src/kernel/vectors.ts';

describe('dot', () => {
  it('sums the products of numbers in the same place', () => {
    assert.equal(dot(Float64Array.of(1, -2, 3), Float64Array.of(4, 5, 0.5)), -4.5);
    assert.equal(dot(new Float64Array(0), new Float64Array(0)), 0);
  });

  it('is not finite where a number is not', () => {
    assert.equal(dot(Float64Array.of(1, NaN), Float64Array.of(1, 0)), NaN);
    assert.equal(dot(Float64Array.of(Infinity), Float64Array.of(1)), Infinity);
  });
});

describe('lengthOf', () => {
  it('is the root of the sum of the squares', () => {
    assert.equal(lengthOf(Float64Array.of(3, 0, -4)), 5);
    assert.equal(lengthOf(new Float64Array(0)), 0);
    assert.equal(lengthOf(new Float64Array(3)), 0);
  });

  it('is as exact where the squares are too small or too large for a number', () => {
    for (const exponent of [-1000, -540, -530, -520, 0, 500, 520, 1020]) {
      const unit = 2 ** exponent;
      const length = lengthOf(Float64Array.of(0.3 * unit, 0, -0.7 * unit));
      assert.ok(Math.abs(length / unit / Math.sqrt(0.58) - 1) < 1e-15, `2 ** ${exponent}`);
    }
    assert.equal(lengthOf(Float64Array.of(1, 1e-200)), 1);
  });

  it('is not finite where a number is not', () => {
    assert.equal(lengthOf(Float64Array.of(-Infinity, 1)), Infinity);
    assert.equal(lengthOf(Float64Array.of(NaN, 1)), NaN);
    assert.equal(lengthOf(Float64Array.of(Infinity, NaN)), NaN);
  });
});
