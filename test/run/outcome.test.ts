import assert from 'node:assert/strict';

import { readOutcome } from './outcome.ts';

const passing = '\n  a thing\n    ✔ works\n\n\n  12 passing (3s)\n  2 pending\n\n';
const failing =
  '\n  a thing\n    1) works\n\n\n  11 passing (3s)\n  1 failing\n\n  1) a thing\n       works:\n     Error: no\n';

describe('the outcome of a stage', () => {
  it('is read from the summary of mocha', () => {
    const outcome = { ok: true, passed: 12, failed: 0, skipped: 2, details: '' };
    assert.deepEqual(readOutcome(0, passing, true), outcome);
    assert.deepEqual(readOutcome(0, passing.replace('12', '\u001b[32m12'), true), outcome);
  });

  it('holds the failures, and not the tests that passed before them', () => {
    const outcome = readOutcome(1, failing, true);
    assert.deepEqual([outcome.ok, outcome.passed, outcome.failed], [false, 11, 1]);
    assert.match(outcome.details, /^11 passing.*Error: no$/s);
  });

  it('is a failure when the tests never ran, however that ended', () => {
    assert.deepEqual(readOutcome(0, 'nothing', true), {
      ok: false,
      passed: 0,
      failed: 1,
      skipped: 0,
      details: 'nothing',
    });
    assert.equal(readOutcome(null, passing, true).failed, 1);
    assert.equal(readOutcome(1, passing, true).ok, false);
  });

  it('counts a stage without tests only when it fails', () => {
    assert.deepEqual(readOutcome(0, '9 passing', false), {
      ok: true,
      passed: 0,
      failed: 0,
      skipped: 0,
      details: '',
    });
    assert.equal(readOutcome(2, 'src/a.ts(1,1): error', false).failed, 1);
  });
});
