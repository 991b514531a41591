import assert from 'node:assert/strict';
import { randomStream } from '../../../src/kernel/random.ts';
import { epochRows, type EpochRows } from '../../../src/kernel/wasm/epoch-rows.ts';
import { columnsAt } from '../../../src/kernel/wasm/memory-map.ts';
import { allowNoRefusals } from './refusals.ts';

/** Columns in which every value says where it was. */
function columnsOf(rows: number, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, column) =>
    Float64Array.from({ length: rows }, (_, row) => 10 * row + column),
  );
}

/** Says the first row of each column that differs: the difference of long columns takes minutes to print. */
function assertSame(found: readonly Float64Array[], expected: readonly Float64Array[]): void {
  assert.deepEqual(
    found.map(({ length }) => length),
    expected.map(({ length }) => length),
  );
  const differing = expected.map((column, index) =>
    column.findIndex((value, row) => value !== found[index]?.[row]),
  );
  assert.deepEqual(
    differing,
    expected.map(() => -1),
  );
}

/** The rows of an epoch, filled with copies of columns. */
function filledRows(source: readonly Float64Array[], seed: number): EpochRows {
  const room = epochRows(source, seed);
  room.columns.forEach((column, index) => {
    column.set(source[index] ?? []);
  });
  return room;
}

describe('epochRows', () => {
  allowNoRefusals();

  for (const [rows, columns] of [
    [10, 2],
    [50_000, 1],
    [50_000, 2],
    [20_000, 5],
  ] as const) {
    it(`shuffles ${rows} rows of ${columns} columns as the stream does, in slices too, epoch after epoch`, () => {
      const expected = columnsOf(rows, columns);
      const stream = randomStream(7, 'shuffle');
      const room = filledRows(columnsOf(rows, columns), 7);
      assertSame(room.columns, expected);
      for (let epoch = 0; epoch < 3; epoch++) {
        stream.shuffle(expected, 0, rows);
        const middle = Math.floor(rows / 3);
        room.shuffle(middle, rows);
        room.shuffle(0, middle);
        assertSame(room.columns, expected);
      }
    });
  }

  it('has many rows in a memory of WebAssembly, and few outside', () => {
    assert.equal(epochRows(columnsOf(50_000, 2), 7).columns[0]?.byteOffset, columnsAt);
    assert.equal(epochRows(columnsOf(10, 2), 7).columns[0]?.byteOffset, 0);
  });

  it('leaves the columns that it copies as they are', () => {
    for (const rows of [10, 50_000]) {
      const source = columnsOf(rows, 1);
      filledRows(source, 3).shuffle(0, rows);
      assertSame(source, columnsOf(rows, 1));
    }
  });

  for (const rows of [300, 50_000]) {
    it(`begins anew in a room of ${rows} rows that another run has left`, () => {
      const first = filledRows(columnsOf(rows, 1), 1);
      first.shuffle(0, rows);
      first.end();
      const second = filledRows(columnsOf(rows, 1), 2);
      assert.equal(second.columns[0]?.buffer, first.columns[0]?.buffer);
      const expected = columnsOf(rows, 1);
      randomStream(2, 'shuffle').shuffle(expected, 0, rows);
      second.shuffle(0, rows);
      assertSame(second.columns, expected);
    });
  }

  it('keeps the rooms of runs apart that go on at once', () => {
    const [first, second] = [filledRows(columnsOf(60_000, 1), 1), filledRows(columnsOf(60_000, 1), 1)];
    assert.notEqual(first.columns[0]?.buffer, second.columns[0]?.buffer);
  });
});
