import assert from 'node:assert/strict';

import { rateAt, rateScale, shareOf } from '../../src/renderer/rate-scale.ts';

describe('the slider of the learning rate', () => {
  it('has the limit in sight, with room for divergence above it', () => {
    const scale = rateScale([0.1], { limit: 0.2366 });
    assert.equal(scale.high >= 10 * 0.2366 && scale.low < 0.001, true);
  });

  it('reaches every rate of the cell', () => {
    const scale = rateScale([2e-4, 50], { limit: 0.2366 });
    assert.equal(scale.low < 2e-4 && scale.high > 50, true);
    assert.equal(shareOf(scale, 1e9), 1);
  });

  it('works without a limit, and without a rate', () => {
    assert.equal(rateScale([0.1], {}).low < 0.1, true);
    const { low, high } = rateScale([NaN], {});
    assert.equal(low > 0 && low < high, true);
  });

  it('gives rates that a cell can hold', () => {
    const scale = rateScale([0.1], { limit: 0.2366 });
    for (let share = 0; share <= 1; share += 0.01) {
      const rate = rateAt(scale, share);
      assert.equal(rate, Number(rate.toPrecision(3)));
      assert.equal(Math.abs(shareOf(scale, rate) - share) < 0.001, true);
    }
  });
});
