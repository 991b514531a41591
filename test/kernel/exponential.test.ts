import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exp, powerOfTwo, tanh } from '../../src/kernel/exponential.ts';
import { exactExp, exactTanh, toFixedPoint, unitsOff } from './exact-functions.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('exp', function () {
  this.timeout(20_000);

  it('is correct to 0.51 units in the last place', () => {
    fc.assert(
      fc.property(fc.oneof(between(-1, 1), between(-40, 40), between(-708, 709.78)), (x) => {
        assert.ok(unitsOff(exp(x), exactExp(toFixedPoint(x))) <= 0.51);
      }),
      { numRuns: 400 },
    );
  });

  it('rounds once more, and no further, where the result is subnormal', () => {
    fc.assert(
      fc.property(between(-745.13, -708), (x) => {
        assert.ok(unitsOff(exp(x), exactExp(toFixedPoint(x))) <= 1);
      }),
      { numRuns: 100 },
    );
  });

  it('has the ends that IEEE 754 asks for', () => {
    const ends: [x: number, value: number][] = [
      [0, 1],
      [-0, 1],
      [1e-300, 1],
      [709.782712893384, 1.7976931348622732e308],
      [709.7827128933841, Infinity],
      [1e300, Infinity],
      [Infinity, Infinity],
      [-745.1332191019411, 5e-324],
      [-745.1332191019412, 0],
      [-1e300, 0],
      [-Infinity, 0],
      [NaN, NaN],
    ];
    for (const [x, value] of ends) assert.equal(exp(x), value, `exp(${x})`);
  });

  it('never falls', () => {
    fc.assert(
      fc.property(between(-745, 709), between(0, 0.01), (x, further) => {
        assert.ok(exp(x + further) >= exp(x));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('tanh', function () {
  this.timeout(20_000);

  it('is correct to 4 units in the last place', () => {
    const sizes = fc.oneof(between(-22, 22), between(-0.1, 0.1), between(-1e-8, 1e-8));
    fc.assert(
      fc.property(sizes, (x) => {
        assert.ok(unitsOff(tanh(x), exactTanh(toFixedPoint(x))) <= 4);
      }),
      { numRuns: 400 },
    );
  });

  it('is odd, keeps the sign of zero and ends at 1', () => {
    fc.assert(
      fc.property(fc.double(), (x) => {
        assert.equal(tanh(-x), -tanh(x));
      }),
    );
    assert.equal(tanh(-0), -0);
    assert.equal(tanh(1e-300), 1e-300);
    assert.equal(tanh(1000), 1);
    assert.equal(tanh(-Infinity), -1);
    assert.equal(tanh(NaN), NaN);
  });
});

describe('powerOfTwo', function () {
  this.timeout(20_000);

  it('is exact from the smallest number to the largest power', () => {
    for (let exponent = -1074; exponent <= 1023; exponent++)
      assert.equal(powerOfTwo(exponent), 2 ** exponent);
  });
});
