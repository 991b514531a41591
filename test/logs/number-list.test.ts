import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';

import { NumberList } from '../../src/logs/number-list.ts';

describe('a list of numbers', () => {
  it('is what an array would be, however it grows and is cut', () => {
    const act = fc.oneof(
      fc.record({ push: fc.array(fc.double(), { maxLength: 9000 }) }),
      fc.record({ cut: fc.nat(20_000) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
        const list = new NumberList();
        const array: number[] = [];
        for (const each of acts) {
          if ('push' in each) {
            for (const value of each.push) list.push(value);
            array.push(...each.push);
          } else {
            list.cut(each.cut);
            array.length = Math.min(array.length, each.cut);
          }
          assert.equal(list.length, array.length);
        }
        assert.deepEqual(list.toArray(), Float64Array.from(array));
        assert.ok(array.every((value, place) => Object.is(list.at(place), value)));
        assert.ok(Number.isNaN(list.at(array.length)));
        assert.ok(Number.isNaN(list.at(-1)));
      }),
      { numRuns: 30 },
    );
  });
});
