import assert from 'node:assert/strict';
import { Patience } from '../../src/kernel/patience.ts';

/** How many losses it takes until patience is over; undefined where it is not. */
function losses(times: number, ...values: number[]): number | undefined {
  const patience = new Patience(times);
  const over = values.findIndex((value) => patience.isOver(value));
  return over < 0 ? undefined : over + 1;
}

describe('Patience', () => {
  it('is over after so many losses in a row that are no better', () => {
    assert.equal(losses(2, 5, 4, 4, 4), 4);
    assert.equal(losses(2, 5, 5, 4, 4, 4), 5);
    assert.equal(losses(3, 5, 4, 3, 2, 1), undefined);
  });

  it('takes for better only what is better by a ten thousandth of the best', () => {
    assert.equal(losses(2, 100, 99.995, 99.992), 3);
    assert.equal(losses(2, 100, 99.98, 99.96, 99.94), undefined);
    assert.equal(losses(2, -100, -100.005, -100.008), 3);
    assert.equal(losses(2, -100, -100.02, -100.04), undefined);
  });

  it('compares with the best so far, so that slow progress adds up', () => {
    assert.equal(losses(3, 100, 99.995, 99.985, 99.98, 99.97), undefined);
  });

  it('finds NaN no better than anything', () => {
    assert.equal(losses(2, 1, NaN, NaN), 3);
  });
});
