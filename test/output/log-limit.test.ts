import assert from 'node:assert/strict';

import { entriesPerCurve, mostCurves } from '../../src/output/index.ts';

describe('what is sent of a training log', () => {
  it('is fine enough for any screen, and no more than 2 MB for all curves together', () => {
    assert.equal(entriesPerCurve(1), 8000);
    for (let curves = 1; curves <= mostCurves; curves += 1) {
      const numbers = curves * entriesPerCurve(curves) * 5;
      assert.ok(numbers <= 250_000 && entriesPerCurve(curves) >= 2000, String(curves));
    }
  });
});
