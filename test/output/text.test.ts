import assert from 'node:assert/strict';

import { describeOutcome, describeRuns, significant } from '../../src/output/index.ts';
import { record, sampleRun } from './samples.ts';

const check = { label: 'loss < 0.5', passed: true, left: 0.25, right: 0.5, start: 0, end: 1 };

describe('runs in words', () => {
  it('tells a single run with its start, its quarters and its end', () => {
    const losses = Array.from({ length: 2001 }, (_, step) => 4 / 2 ** Math.min(step, 20));
    assert.equal(
      describeRuns([sampleRun(losses, { checks: [check] })]),
      [
        'Finished after 2,000 steps. The loss went from 4 to 0.0000038147.',
        '',
        ' step          loss          w',
        '    0             4         -1',
        '    1             2  -0.414214',
        '    2             1          0',
        '  500  0.0000038147   0.998047',
        '1,000  0.0000038147   0.998047',
        '1,500  0.0000038147   0.998047',
        '2,000  0.0000038147   0.998047',
        '',
        'Passed: loss < 0.5 (0.25 against 0.5)',
      ].join('\n'),
    );
  });

  it('tells a sweep run by run', () => {
    const runs = [
      sampleRun([4, 1], { label: 'rate = 1' }),
      sampleRun([4, 9], { label: 'rate = 22', checks: [check] }),
    ];
    assert.equal(
      describeRuns(runs),
      [
        '2 runs.',
        '',
        '      run   outcome  steps  first loss  last loss',
        ' rate = 1  finished      1           4          1',
        'rate = 22  finished      1           4          9',
        '',
        'rate = 22: Passed: loss < 0.5 (0.25 against 0.5)',
      ].join('\n'),
    );
  });

  it('says what became of a run', () => {
    assert.equal(describeOutcome(sampleRun([4])), 'No steps were taken. The loss is 4.');
    assert.equal(
      describeOutcome(sampleRun([4, Infinity], { outcome: 'diverged', firstBadStep: 1 })),
      'Diverged: the loss became infinite at step 1. The loss went from 4 to Infinity.',
    );
    assert.equal(
      describeOutcome(sampleRun([NaN], { outcome: 'diverged', firstBadStep: 0 })),
      'Diverged: the loss became NaN at the start.',
    );
    assert.match(describeOutcome(sampleRun([4, 1], { outcome: 'stopped' })), /^Stopped after 1 step\./);
    assert.match(describeOutcome(sampleRun([4, 1, 1], { outcome: 'settled' })), /^Settled after 2 steps/);
  });

  it('leaves a loss empty that was not taken, and shows one that is not a number', () => {
    const text = describeRuns([sampleRun([4, NaN, NaN], { outcome: 'diverged', firstBadStep: 2 })]);
    assert.match(text, /^ +1 +NaN$/m);
    assert.match(text, /^ +2 +NaN +NaN$/m);
  });

  it('says how many parameters the table leaves out', () => {
    const parameters = record(
      Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`w${index}`, Float64Array.of(1, 2)])),
    );
    assert.match(describeRuns([sampleRun([4, 1], { parameters })]), /\n\nand 2 more parameters$/);
  });

  it('writes numbers with six digits', () => {
    const written = [7061.96123, 1 / 3, 1234567.8, 7197150321, -1e300, 2.985e-7, 0, NaN, -Infinity].map(
      significant,
    );
    assert.deepEqual(written, [
      '7061.96',
      '0.333333',
      '1234570',
      '7.19715e9',
      '-1e300',
      '2.985e-7',
      '0',
      'NaN',
      '-Infinity',
    ]);
  });
});
