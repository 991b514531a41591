import assert from 'node:assert/strict';
import fc from 'fast-check';
import { log, log1p } from '../../src/kernel/logarithm.ts';
import { exactLog, exactLog1p, toFixedPoint, unitsOff } from './exact-functions.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('log', function () {
  this.timeout(20_000);

  it('is correct to 1 unit in the last place', () => {
    const numbers = fc.oneof(between(0.5, 2), between(0.999, 1.001), between(5e-324, 1), between(1, 1.7e308));
    fc.assert(
      fc.property(numbers, (x) => {
        assert.ok(unitsOff(log(x), exactLog(toFixedPoint(x), Math.log(x))) <= 1);
      }),
      { numRuns: 300 },
    );
  });

  it('has the ends that IEEE 754 asks for', () => {
    const ends: [x: number, value: number][] = [
      [1, 0],
      [0, -Infinity],
      [-0, -Infinity],
      [5e-324, -744.4400719213812],
      [2.2250738585072014e-308, -708.3964185322641],
      [Number.MAX_VALUE, 709.782712893384],
      [Infinity, Infinity],
      [-1, NaN],
      [-5e-324, NaN],
      [-Infinity, NaN],
      [NaN, NaN],
    ];
    for (const [x, value] of ends) assert.equal(log(x), value, `log(${x})`);
  });
});

describe('log1p', function () {
  this.timeout(20_000);

  const aboveMinusOne = -1 + 2 ** -53;

  for (const [where, numbers] of [
    ['from 0 on', fc.oneof(between(0, 1), between(0, 1e-10), between(1, 1e300))],
    ['below 0', fc.oneof(between(aboveMinusOne, 0), between(-1e-10, 0), between(aboveMinusOne, -1 + 1e-10))],
  ] as const) {
    it(`is correct to 3 units in the last place ${where}`, () => {
      fc.assert(
        fc.property(numbers, (x) => {
          assert.ok(unitsOff(log1p(x), exactLog1p(toFixedPoint(x), Math.log1p(x))) <= 3);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('has the ends that cross-entropy meets, and NaN beyond', () => {
    const ends: [x: number, value: number][] = [
      [-1, -Infinity],
      [aboveMinusOne, -36.7368005696771],
      [-1e-20, -1e-20],
      [-0, -0],
      [-1.5, NaN],
      [-Infinity, NaN],
    ];
    for (const [x, value] of ends) assert.equal(log1p(x), value, `log1p(${x})`);
  });

  it('keeps what is too small to change 1, and infinity', () => {
    assert.equal(log1p(1e-20), 1e-20);
    assert.equal(log1p(0), 0);
    assert.equal(log1p(Infinity), Infinity);
    assert.equal(log1p(NaN), NaN);
  });
});
