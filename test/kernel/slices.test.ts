import assert from 'node:assert/strict';
import { finishGivingWay, finishNow, unitsLeft, type Pace, type Sliced } from '../../src/kernel/slices.ts';

function* busy(
  slices: number,
  milliseconds: number,
  pace?: Pace,
  seen: number[] = [],
  share = 1,
): Sliced<string> {
  for (let slice = 0; slice < slices; slice++) {
    for (const end = performance.now() + milliseconds; performance.now() < end;);
    if (pace) {
      seen.push(pace.rows);
      pace.spent += share * pace.rows;
    }
    yield;
  }
  return 'done';
}

describe('unitsLeft', () => {
  it('is what fits beside what the slice has done, and one at least', () => {
    assert.equal(unitsLeft({ rows: 1000, spent: 0 }, 64), 15);
    assert.equal(unitsLeft({ rows: 1000, spent: 900 }, 64), 1);
    assert.equal(unitsLeft({ rows: 1000, spent: 700 }, 64), 4);
    assert.equal(unitsLeft({ rows: 1000, spent: 5000 }, 64), 1);
  });
});

describe('finishNow', () => {
  it('does all slices and gives their result', () => {
    assert.equal(
      finishNow(() => busy(5, 0)),
      'done',
    );
  });
});

describe('finishGivingWay', () => {
  it('gives the result, and way to others in between', async () => {
    let turns = 0;
    const count = () => {
      turns++;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    assert.equal(await finishGivingWay(() => busy(20, 5)), 'done');
    clearImmediate(timer);
    assert.ok(turns >= 5, `${turns} turns`);
  });

  it('makes slices shorter where they take too long, and longer where they are short', async () => {
    const long: number[] = [];
    await finishGivingWay((pace) => busy(5, 20, pace, long));
    assert.ok((long.at(-1) ?? NaN) < (long[0] ?? NaN));
    const short: number[] = [];
    await finishGivingWay((pace) => busy(5, 0, pace, short));
    assert.ok((short.at(-1) ?? NaN) > (short[0] ?? NaN));
  });

  it('does not make slices longer that have done little of what they might', async () => {
    const idle: number[] = [];
    await finishGivingWay((pace) => busy(40, 0, pace, idle, 0.001));
    assert.ok(Math.max(...idle) <= 2 * (idle[0] ?? NaN));
  });

  it('ends with nothing once the signal aborts', async () => {
    const controller = new AbortController();
    let turns = 0;
    const result = await finishGivingWay(
      () => busy(1e9, 3),
      controller.signal,
      () => {
        if (++turns === 2) controller.abort();
      },
    );
    assert.deepEqual([result, turns], [undefined, 2]);
  });

  it('hands on what a slice throws', async () => {
    await assert.rejects(
      finishGivingWay(function* () {
        yield;
        throw new RangeError('no more');
      }),
      /no more/,
    );
  });
});
