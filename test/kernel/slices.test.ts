import assert from 'node:assert/strict';
import {
  finishGivingWay,
  finishNow,
  finishUnlessAborted,
  unitsLeft,
  type Pace,
  type Sliced,
} from '../../src/kernel/slices.ts';

/** A clock that stands still unless it is moved on. */
class Clock {
  now = 0;
  readonly read = (): number => this.now;
}

/** Slices that take so long each, and do this share of what their pace allows; their paces go to `seen`. */
function* paced(
  clock: Clock,
  slices: number,
  milliseconds: number,
  share: number,
  pace: Pace,
  seen: number[],
): Sliced<void> {
  for (let slice = 0; slice < slices; slice++) {
    seen.push(pace.rows);
    pace.spent += share * pace.rows;
    clock.now += milliseconds;
    yield;
  }
}

/** The paces of such slices. */
async function paces(slices: number, milliseconds: number, share = 1): Promise<number[]> {
  const clock = new Clock();
  const seen: number[] = [];
  const work = (pace: Pace) => paced(clock, slices, milliseconds, share, pace, seen);
  await finishGivingWay(work, undefined, undefined, clock.read);
  return seen;
}

function* busy(slices: number, milliseconds: number): Sliced<string> {
  for (let slice = 0; slice < slices; slice++) {
    for (const end = performance.now() + milliseconds; performance.now() < end;);
    yield;
  }
  return 'done';
}

describe('finishUnlessAborted', () => {
  it('gives the result, or throws the reason of the signal', async () => {
    const result = { done: true };
    const work = function* (): Sliced<object> {
      yield* busy(2, 0);
      return result;
    };
    assert.equal(await finishUnlessAborted(work), result);
    const signal = AbortSignal.abort(new RangeError('enough'));
    await assert.rejects(finishUnlessAborted(work, signal), /enough/);
  });
});

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
    const [first = NaN, second = NaN] = await paces(2, 6);
    assert.equal(second, first / 2);
    const [, longer = NaN, longest = NaN] = await paces(3, 1);
    assert.deepEqual([longer, longest], [1.5 * first, 2.25 * first]);
  });

  it('does not make slices longer that have done little of what they might', async () => {
    const idle = await paces(40, 0.1, 0.001);
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
