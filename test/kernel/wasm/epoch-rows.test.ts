import assert from 'node:assert/strict';
import { randomStream, rowNumbers } from '../../../src/kernel/random.ts';
import { epochRows } from '../../../src/kernel/wasm/epoch-rows.ts';

describe('epochRows', () => {
  for (const rows of [10, 50_000]) {
    it(`shuffles ${rows} rows as the random stream does, in slices too, epoch after epoch`, () => {
      const order = rowNumbers(rows);
      const stream = randomStream(7, 'shuffle');
      const room = epochRows(2, rows, 7);
      assert.deepEqual(room.order, order);
      for (let epoch = 0; epoch < 3; epoch++) {
        stream.shuffle(order);
        const middle = Math.floor(rows / 3);
        room.shuffle(middle, rows);
        room.shuffle(0, middle);
        assert.deepEqual(room.order, order);
      }
    });
  }

  it('begins anew in a room that another run has left', () => {
    const first = epochRows(1, 60_000, 1);
    first.shuffle(0, 60_000);
    first.end();
    const second = epochRows(1, 50_000, 2);
    assert.equal(second.order.buffer, first.order.buffer);
    const order = rowNumbers(50_000);
    randomStream(2, 'shuffle').shuffle(order);
    second.shuffle(0, 50_000);
    assert.deepEqual(second.order, order);
  });

  it('keeps the rooms of runs apart that go on at once', () => {
    const [first, second] = [epochRows(1, 60_000, 1), epochRows(1, 60_000, 1)];
    assert.notEqual(first.order.buffer, second.order.buffer);
  });
});
