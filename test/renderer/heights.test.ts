import assert from 'node:assert/strict';

import { heightAt, heightsOf, minimumOf } from '../../src/renderer/heights.ts';
import type { LandscapeGrid } from '../../src/output/index.ts';

function grid(
  points: number,
  low: number,
  high: number,
  loss: (x: number, y: number) => number,
): LandscapeGrid {
  const axis = Float64Array.from(
    { length: points },
    (_, index) => low + ((high - low) * index) / (points - 1),
  );
  const values = [...axis].flatMap((y) => [...axis].map((x) => loss(x, y)));
  return { x: 'w', y: 'b', xs: axis, ys: axis, loss: Float64Array.from(values) };
}

const near = (one: number, other: number, tolerance = 1e-9): boolean => Math.abs(one - other) <= tolerance;

describe('the lowest point of a landscape', () => {
  it('is found between grid points, exactly for a paraboloid that is turned', () => {
    const minimum = minimumOf(
      grid(21, -5, 5, (x, y) => 3 + (x - 0.13) ** 2 + 2 * (y + 0.21) ** 2 + (x - 0.13) * (y + 0.21)),
    );
    assert.equal(
      near(minimum?.x ?? NaN, 0.13) && near(minimum?.y ?? NaN, -0.21) && near(minimum?.loss ?? NaN, 3),
      true,
    );
  });

  it('is not claimed where the loss goes on falling outside of the window', () => {
    assert.equal(minimumOf(grid(21, -5, 5, (x) => x)), undefined);
  });

  it('passes over places where the loss is not finite', () => {
    const minimum = minimumOf(grid(21, -5, 5, (x, y) => (x < -2 ? NaN : x ** 2 + y ** 2)));
    assert.equal(near(minimum?.x ?? NaN, 0), true);
  });

  it('is found on a curve of one parameter', () => {
    const xs = Float64Array.from({ length: 11 }, (_, index) => index - 5);
    const minimum = minimumOf({
      x: 'w',
      xs,
      ys: new Float64Array(),
      loss: xs.map((x) => (x - 0.3) ** 2 - 1),
    });
    assert.equal(near(minimum?.x ?? NaN, 0.3) && near(minimum?.loss ?? NaN, -1), true);
  });
});

describe('the heights of a landscape', () => {
  it('are logarithms of the loss above the lowest, down to the grid’s own resolution', () => {
    const heights = heightsOf(
      grid(51, -5, 5, (x, y) => 7 + x ** 2 + y ** 2),
      7,
    );
    assert.equal(near(heights?.ceiling ?? NaN, Math.log10(50)), true);
    assert.equal(near(heights?.rows[0]?.[0] ?? NaN, Math.log10(50)), true);
    assert.equal((heights?.floor ?? NaN) < -0.5 && (heights?.floor ?? NaN) > -3, true);
    assert.equal(heights?.rows[25]?.[25], heights?.floor);
  });

  it('have holes where the loss is not finite', () => {
    const heights = heightsOf(
      grid(11, -5, 5, (x, y) => (x < 0 ? NaN : x + y ** 2)),
      0,
    );
    assert.equal(heights?.rows[5]?.[0], null);
  });

  it('are absent where there is nothing to tell apart', () => {
    assert.equal(
      heightsOf(
        grid(5, 0, 1, () => 4),
        4,
      ),
      undefined,
    );
    assert.equal(
      heightsOf(
        grid(5, 0, 1, () => NaN),
        4,
      ),
      undefined,
    );
  });
});

describe('the loss at a place', () => {
  it('is between that of the grid points around it', () => {
    const plane = grid(11, 0, 10, (x, y) => 2 * x - 3 * y);
    assert.equal(near(heightAt(plane, { x: 3.25, y: 7.5 }), -16), true);
    assert.equal(near(heightAt(plane, { x: 10, y: 10 }), -10), true);
    assert.equal(Number.isNaN(heightAt(plane, { x: 11, y: 1 })), true);
  });
});
