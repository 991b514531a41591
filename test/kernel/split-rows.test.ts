import assert from 'node:assert/strict';
import fc from 'fast-check';
import { finishNow } from '../../src/kernel/slices.ts';
import { splitRows, validationRowsOf, type SplitRows } from '../../src/kernel/split-rows.ts';

function splitNow(rows: number, share: number, seed: number): SplitRows {
  return finishNow((pace) => splitRows(rows, share, seed, pace));
}

function sorted(values: Iterable<number>): number[] {
  return [...values].sort((a, b) => a - b);
}

describe('splitRows', function () {
  this.timeout(20_000);

  it('gives for ever the rows it gave at first', () => {
    const { training, validation } = splitNow(12, 0.25, 7);
    assert.deepEqual([...training], [0, 1, 2, 3, 5, 6, 7, 8, 9]);
    assert.deepEqual([...validation], [4, 10, 11]);
  });

  it('puts every row on one side, ascending, about the share of them and at least one for validation', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 400 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (rows, share, seed) => {
          const { training, validation } = splitNow(rows, share, seed);
          assert.deepEqual(
            sorted([...training, ...validation]),
            Array.from({ length: rows }, (_, row) => row),
          );
          assert.deepEqual([...training], sorted(training));
          assert.deepEqual([...validation], sorted(validation));
          assert.ok(training.length >= 1 && validation.length >= 1);
          assert.ok(Math.abs(validation.length - rows * share) <= 1);
          assert.equal(validation.length, validationRowsOf(rows, share));
        },
      ),
    );
  });

  it('gives the same in slices as small as they can be', () => {
    const slices = splitRows(1000, 0.3, 5, { rows: 1, spent: 0 });
    let count = 0;
    let slice = slices.next();
    for (; slice.done !== true; slice = slices.next()) count++;
    assert.equal(count, 3300); // the rows are listed, shuffled and parted, and those of one part are marked
    assert.deepEqual(slice.value, splitNow(1000, 0.3, 5));
  });
});
