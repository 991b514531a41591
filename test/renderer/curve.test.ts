import assert from 'node:assert/strict';
import fc from 'fast-check';

import { cutToWindow, isInside, thinned } from '../../src/renderer/curve.ts';

const window = { left: 0, right: 10, bottom: 0, top: 10 };

describe('a curve thinned for the screen', () => {
  it('keeps the highest and the lowest point and both ends', () => {
    const ys = Float64Array.from({ length: 10_000 }, (_, index) => Math.sin(index / 50));
    ys[4321] = 99;
    ys[8765] = -99;
    const { x, y } = thinned(
      ys.map((_, index) => index),
      ys,
      100,
    );
    assert.equal(x.length <= 400, true);
    assert.equal(y[x.indexOf(4321)], 99);
    assert.equal(y[x.indexOf(8765)], -99);
    assert.deepEqual([x[0], x.at(-1)], [0, 9999]);
    assert.deepEqual(
      x,
      [...x].sort((a, b) => a - b),
    );
  });

  it('leaves out what is not finite, so that the line goes on', () => {
    assert.deepEqual(thinned([0, 1, 2, 3], [5, NaN, 7, Infinity], 10), { x: [0, 2], y: [5, 7] });
  });
});

describe('a path cut to a window', () => {
  it('is whole while it stays inside', () => {
    const path = [
      { x: 1, y: 1 },
      { x: 5, y: 9 },
      { x: 2, y: 2 },
    ];
    assert.deepEqual(cutToWindow(path, window), { pieces: [path], exits: [] });
  });

  it('ends at the edge where it leaves, and begins there where it comes back', () => {
    const { pieces, exits } = cutToWindow(
      [
        { x: 5, y: 5 },
        { x: 15, y: 5 },
        { x: 15, y: 8 },
        { x: 5, y: 8 },
      ],
      window,
    );
    assert.deepEqual(pieces, [
      [
        { x: 5, y: 5 },
        { x: 10, y: 5 },
      ],
      [
        { x: 10, y: 8 },
        { x: 5, y: 8 },
      ],
    ]);
    assert.deepEqual(exits, [{ at: { x: 10, y: 5 }, towards: { x: 10, y: 0 } }]);
  });

  it('crosses the window between two points outside', () => {
    const { pieces } = cutToWindow(
      [
        { x: -10, y: 5 },
        { x: 20, y: 5 },
      ],
      window,
    );
    assert.deepEqual(pieces, [
      [
        { x: 0, y: 5 },
        { x: 10, y: 5 },
      ],
    ]);
  });

  it('ends where a point is not finite', () => {
    const { pieces } = cutToWindow(
      [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
        { x: NaN, y: 3 },
        { x: 4, y: 4 },
      ],
      window,
    );
    assert.deepEqual(pieces, [
      [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ],
    ]);
  });

  it('has nothing outside, however far a run shoots off', () => {
    const far = fc.oneof(fc.double({ min: -20, max: 20, noNaN: true }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.record({ x: far, y: far })), (path) => {
        for (const place of cutToWindow(path, window).pieces.flat())
          assert.equal(isInside(place, window), true);
      }),
    );
  });
});
