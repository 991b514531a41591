import assert from 'node:assert/strict';
import fc from 'fast-check';

import { fromShare, scaleAround, ticks, toShare } from '../../src/renderer/scale.ts';

const labels = (low: number, high: number, kind: 'linear' | 'log', count = 5): string[] =>
  ticks({ kind, low, high }, count).map(({ label }) => label);

describe('a scale', () => {
  it('maps values to shares of its length and back', () => {
    assert.equal(toShare({ kind: 'linear', low: -10, high: 30 }, 10), 0.5);
    assert.equal(Math.abs(toShare({ kind: 'log', low: 1, high: 10_000 }, 100) - 0.5) < 1e-12, true);
    for (const kind of ['linear', 'log'] as const) {
      const value = fromShare({ kind, low: 3, high: 700 }, 0.3);
      assert.equal(Math.abs(toShare({ kind, low: 3, high: 700 }, value) - 0.3) < 1e-12, true);
    }
  });

  it('goes around the finite values, and around the positive ones where it is logarithmic', () => {
    const linear = scaleAround([NaN, 10, Infinity, 0], 'linear', 0.1);
    assert.deepEqual([linear.low, linear.high], [-1, 11]);
    const log = scaleAround([-5, 0, 1, 100], 'log', 0.5);
    assert.equal(Math.abs(log.low - 0.1) < 1e-12 && Math.abs(log.high - 1000) < 1e-9, true);
  });

  it('has a length that can be read where all values are the same', () => {
    assert.deepEqual(scaleAround([0, 0], 'linear'), { kind: 'linear', low: -1, high: 1 });
    const { low, high } = scaleAround([40], 'linear');
    assert.equal(low > 30 && low < 40 && high > 40 && high < 50, true);
  });

  it('always has a length, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.constantFrom('linear', 'log'), (values, kind) => {
        const { low, high } = scaleAround(values, kind);
        assert.equal(low < high && Number.isFinite(low) && Number.isFinite(high), true);
        assert.equal(kind === 'linear' || low > 0, true);
      }),
    );
  });

  it('has round ticks', () => {
    assert.deepEqual(labels(0, 60, 'linear', 4), ['0', '20', '40', '60']);
    assert.deepEqual(labels(-3, 12, 'linear', 4), ['0', '5', '10']);
    assert.deepEqual(labels(0.1001, 0.1009, 'linear', 3), ['0.1002', '0.1004', '0.1006', '0.1008']);
    assert.deepEqual(labels(5000, 90_000, 'log', 4), ['5,000', '10,000', '20,000', '50,000']);
    assert.deepEqual(labels(1, 1e12, 'log', 4), ['1', '1,000', '1e6', '1e9', '1e12']);
    assert.deepEqual(labels(7000, 7900, 'log', 3), ['7,000', '7,500']);
  });

  it('has few ticks, inside it and all different, whatever its ends', () => {
    const end = fc.double({ min: 1e-200, max: 1e200, noNaN: true });
    fc.assert(
      fc.property(
        end,
        end,
        fc.constantFrom('linear', 'log'),
        fc.integer({ min: 2, max: 9 }),
        (a, b, kind, count) => {
          fc.pre(Math.max(a, b) > Math.min(a, b) * 1.0001);
          const scale = { kind, low: Math.min(a, b), high: Math.max(a, b) };
          const made = ticks(scale, count);
          assert.equal(made.length <= 3 * count + 3, true);
          assert.equal(new Set(made.map(({ label }) => label)).size, made.length);
          for (const { value } of made)
            assert.equal(toShare(scale, value) > -1e-6 && toShare(scale, value) < 1 + 1e-6, true);
        },
      ),
    );
  });
});
