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
  });
});
