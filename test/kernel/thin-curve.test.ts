import assert from 'node:assert/strict';
import fc from 'fast-check';

import { thinCurve } from '../../src/kernel/index.ts';
import { curveOf } from './diagnosis/curves.ts';

describe('thinning a curve', () => {
  it('leaves a short one as it is', async () => {
    const curve = curveOf(50, { loss: (index) => 1 / (index + 1) });
    assert.deepEqual(await thinCurve(curve, 50), curve);
  });

  it('keeps the ends, the least and the greatest of every column, and the first that is not finite', async () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(value, value, fc.option(value, { nil: NaN })), { minLength: 300, maxLength: 400 }),
        fc.nat(299),
        async (rows, bad) => {
          const at = (column: 0 | 1) => (index: number) => rows[index]?.[column] ?? NaN;
          const curve = curveOf(rows.length, {
            loss: (index) => (index === bad ? NaN : at(0)(index)),
            gradientNorm: at(1),
          });
          const thin = await thinCurve(curve, 60);
          assert.ok(thin.steps.length <= 60 + 3, String(thin.steps.length));
          assert.ok(thin.steps.every((step, index) => index === 0 || step > (thin.steps[index - 1] ?? NaN)));
          assert.deepEqual([thin.steps[0], thin.steps.at(-1)], [curve.steps[0], curve.steps.at(-1)]);
          assert.ok(thin.steps.includes(bad + 1));
          for (const field of ['loss', 'gradientNorm'] as const) {
            const [all, kept] = [curve, thin].map((each) =>
              [...(each[field] ?? [])].filter((one) => !Number.isNaN(one)),
            );
            assert.equal(Math.max(...(kept ?? [])), Math.max(...(all ?? [])));
            assert.equal(Math.min(...(kept ?? [])), Math.min(...(all ?? [])));
          }
          for (const [index, step] of thin.steps.entries())
            assert.ok(Object.is(thin.loss[index], curve.loss[step - 1]));
        },
      ),
    );
  });

  it('keeps some of very many values that are not finite, the first of each field among them', async () => {
    const curve = curveOf(20_000, {
      loss: (index) => (index < 10 ? 1 : NaN),
      gradientNorm: (index) => (index < 15_001 ? 1 : Infinity),
    });
    const { notFinite } = await thinCurve(curve, 100);
    assert.ok(notFinite.length <= 2002, String(notFinite.length));
    assert.equal(notFinite.find(({ field }) => field === 'loss')?.step, 11);
    assert.equal(notFinite.find(({ field }) => field === 'gradientNorm')?.step, 15_002);
    assert.equal(notFinite.at(-1)?.step, 20_000);
  });

  it('ends when it is cancelled', async () => {
    const curve = curveOf(10, { loss: () => 1 });
    await assert.rejects(thinCurve(curve, 4, AbortSignal.abort(new Error('enough'))), /enough/);
  });
});
