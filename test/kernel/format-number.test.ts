import assert from 'node:assert/strict';

import fc from 'fast-check';

import { countOf, formatNumber } from '../../src/kernel/index.ts';

describe('numbers for a person', () => {
  const cases: readonly (readonly [number, number, string])[] = [
    [7078.06, 4, '7,078'],
    [78017.7, 4, '78,018'],
    [312070.6, 4, '312,071'],
    [78017.7, 5, '78,018'],
    [131.24, 4, '131.2'],
    [-48.7, 4, '−48.7'],
    [0.1, 4, '0.1'],
    [0, 4, '0'],
    [0.0002, 4, '2e-4'],
    [0.001, 4, '0.001'],
    [2.64e10, 4, '2.64e10'],
    [999_999.9, 4, '1e6'],
    [-1e-300, 4, '−1e-300'],
    [Infinity, 4, 'Infinity'],
    [-Infinity, 4, '−Infinity'],
    [NaN, 4, 'NaN'],
    [1234567, 4, '1.235e6'],
  ];
  for (const [value, digits, text] of cases) {
    it(`spells ${value} with ${digits} digits as ${text}`, () => {
      assert.equal(formatNumber(value, digits), text);
    });
  }

  it('stays within its digits for every finite number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e307, max: 1e307 }), (value) => {
        const back = Number(formatNumber(value, 4).replaceAll(',', '').replace('−', '-'));
        assert.equal(Math.abs(back - value) <= Math.abs(value) * 1e-3, true);
      }),
    );
  });

  it('counts in full', () => {
    assert.equal(countOf(1, 'step'), '1 step');
    assert.equal(countOf(2796, 'step'), '2,796 steps');
    assert.equal(countOf(123456, 'step'), '123,456 steps');
  });
});
