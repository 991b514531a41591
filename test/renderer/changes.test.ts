import assert from 'node:assert/strict';

import { descendNow, prepare } from '../../src/kernel/index.ts';
import type { Run } from '../../src/kernel/index.ts';
import {
  changedExperiment,
  editsFor,
  isSchedule,
  runsWithTheRateOf,
  runsWithTheStartsOf,
  unchanged,
  withRate,
  withStart,
} from '../../src/renderer/changes.ts';
import type { Changes } from '../../src/renderer/changes.ts';
import { experimentOf, houses, housesCell, runsOf } from './cells.ts';

/** The cell's text with the changes written into it. */
function written(source: string, changes: Changes): string {
  return editsFor(experimentOf(source), changes, source).reduceRight(
    (text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end),
    source,
  );
}

function tried(source: string, changes: Changes, run: number): Run | undefined {
  return descendNow(prepare(changedExperiment(experimentOf(source), changes, run), houses))[0];
}

const rate = (value: number, alternative = 0): Changes =>
  withRate(unchanged, alternative, { kind: 'value', value });

describe('changes that are tried', () => {
  it('leave the rest of a run as it is, in a sweep too', () => {
    const source = housesCell(
      'learning_rate = [0.01, 0.05]\nbatch_size = 32\nvalidation = 0.2\nseed = [1, 2]\noptimizer = [sgd, adam]\nepochs = 2',
    );
    for (const [index, run] of runsOf(source).entries())
      assert.deepEqual(tried(source, unchanged, index), run);
  });

  it('give the run that the written cell gives', () => {
    const sources: [string, Changes][] = [
      [housesCell('learning_rate = 0.1   # why not\nsteps = 20'), rate(0.237)],
      [housesCell('learning_rate = [0.1, 0.2]\nsteps = 20'), rate(0.03, 1)],
      [housesCell('learning_rate = 1/20\nsteps = 20'), rate(0.03)],
      [
        housesCell('learning_rate = 0.2 * min(1, step / 20)\nsteps = 20'),
        withRate(unchanged, 0, { kind: 'factor', factor: 1.5 }),
      ],
      [
        housesCell('learning_rate = min(1, step / 20) / 10\nsteps = 20'),
        withRate(unchanged, 0, { kind: 'factor', factor: 0.25 }),
      ],
      [
        housesCell('learning_rate = 0.1\nsteps = 20').replace('w = 0', 'w = normal(0, 1)'),
        withStart(withStart(unchanged, 'w', 0, -12.5), 'b', 0, 3e-7),
      ],
    ];
    for (const [source, changes] of sources) {
      const run = experimentOf(source).labels.length - 1;
      const [one, other] = [tried(source, changes, run), runsOf(written(source, changes))[run]];
      assert.deepEqual(one?.parameters, other?.parameters);
      assert.deepEqual(one?.loss, other?.loss);
      assert.notDeepEqual(one?.loss, runsOf(source)[run]?.loss);
    }
  });

  it('are written where the number stands and nowhere else', () => {
    const source = housesCell('learning_rate   =  [0.1,0.2 ,  0.3]  # three\nsteps = 20');
    assert.equal(written(source, rate(0.05, 1)), source.replace('0.2 ', '0.05 '));
    const schedule = housesCell('learning_rate = 0.2 * min(1, step / 20)  # warm-up');
    const scaled = withRate(unchanged, 0, { kind: 'factor', factor: 0.5 });
    assert.equal(written(schedule, scaled), schedule.replace('0.2 *', '0.1 *'));
    const other = housesCell('learning_rate = 1 / step  # falls');
    assert.equal(written(other, scaled), other.replace('1 / step', '0.5 / step'));
    const sum = housesCell('learning_rate = 0.1 + 1 / step  # falls');
    assert.equal(written(sum, scaled), sum.replace('0.1 + 1 / step', '0.5 * (0.1 + 1 / step)'));
    const start = housesCell('learning_rate = 0.1').replace('w = 0', 'w =   -1.5');
    assert.equal(written(start, withStart(unchanged, 'w', 0, 140)), start.replace('-1.5', '140'));
  });

  it('touch all runs, or the one whose number is an item of a list', () => {
    const listed = experimentOf(housesCell('learning_rate = [0.1, 0.2]\nbatch_size = [8, 32]'));
    assert.deepEqual(runsWithTheRateOf(listed, 1), [1]);
    assert.deepEqual(runsWithTheStartsOf(listed, ['w', 'b'], 1), [0, 1]);
    const shared = experimentOf(housesCell('learning_rate = 0.1\nbatch_size = [8, 32]'));
    assert.deepEqual(runsWithTheRateOf(shared, 1), [0, 1]);
  });
});

describe('a schedule', () => {
  it('is a rate that speaks of time, if only through a name', () => {
    const answers = [
      ['0.1', false],
      ['1 / (2 + 3)', false],
      ['0.1 * steps', false],
      ['0.1 / step', true],
      ['0.1 * (1 - (epoch - 1) / epochs)', true],
      ['where(step > 10, 0.1, 0.2)', true],
    ] as const;
    for (const [formula, expected] of answers) {
      assert.equal(isSchedule(experimentOf(housesCell(`learning_rate = ${formula}`)), 0), expected, formula);
    }
  });
});
