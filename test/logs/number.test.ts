import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { printedNumber, readNumber } from '../../src/logs/number.ts';

const numbers: readonly (readonly [string, number | undefined])[] = [
  ['2.5', 2.5],
  ['-0.25', -0.25],
  ['+3', 3],
  ['.5', 0.5],
  ['1.', 1],
  ['5e-05', 5e-5],
  ['1.8333333333333333e-05', 1.8333333333333333e-5],
  ['1E6', 1e6],
  [' 7 ', 7],
  ['nan', NaN],
  ['NaN', NaN],
  ['-nan', NaN],
  ['-nan(ind)', NaN],
  ['inf', Infinity],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-inf', -Infinity],
  ['np.float64(0.83)', 0.83],
  ['np.float32(nan)', NaN],
  ['', undefined],
  [' ', undefined],
  ['NA', undefined],
  ['N/A', undefined],
  ['None', undefined],
  ['null', undefined],
  ['True', undefined],
  ['0x10', undefined],
  ['1,5', undefined],
  ['e5', undefined],
  ['.', undefined],
  ['1e', undefined],
  ['mse', undefined],
  ['1'.repeat(401), undefined],
];

describe('a number of a log', () => {
  for (const [text, number] of numbers) {
    it(`reads ${JSON.stringify(text.slice(0, 30))} as ${String(number)}`, () => {
      assert.equal(readNumber(text), number);
    });
  }

  it('comes back from the text of any number', () => {
    fc.assert(
      fc.property(fc.double(), (number) => {
        assert.equal(readNumber(String(number)), number === 0 ? 0 : number);
      }),
    );
  });

  it('is found whole in a line', () => {
    const whole = new RegExp(`^${printedNumber}$`, 'i');
    for (const text of [
      '2.5',
      '-1',
      '3.00e-04',
      'nan',
      '-nan',
      '-nan(ind)',
      'inf',
      '-inf',
      '1' + '0'.repeat(308) + '.000000',
    ])
      assert.match(text, whole);
    for (const text of ['', '.', 'x', '1e', '--1', 'information']) assert.doesNotMatch(text, whole);
  });
});
