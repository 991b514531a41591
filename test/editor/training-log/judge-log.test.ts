import assert from 'node:assert/strict';

import { judgeLog } from '../../../src/editor/training-log/judge-log.ts';
import { brokenTrainerState } from '../../renderer/logs.ts';

const encode = (text: string) => new TextEncoder().encode(text);

describe('judging a training log', () => {
  it('says what each curve shows, and where', async () => {
    const { curves, curvesLeftOut } = await judgeLog(encode(brokenTrainerState()), 'trainer_state.json');
    assert.equal(curvesLeftOut, 0);
    const [curve] = curves;
    assert.ok(curve);
    assert.deepEqual(
      [curve.writtenBy, curve.stepUnit, curve.records, curve.steps.length],
      ['the Hugging Face Trainer', 'step', 60, 60],
    );
    assert.deepEqual(
      [curve.diagnosis.condition, curve.diagnosis.cause, curve.diagnosis.moments],
      ['not-finite', 'learning-rate', [{ step: 350, label: 'NaN' }]],
    );
    assert.match(curve.diagnosis.fixes[0]?.title ?? '', /`learning_rate`/);
  });

  it('thins a long curve and keeps its spike', async () => {
    const lines = Array.from(
      { length: 100_000 },
      (_, step) => `iter ${step}: loss ${step === 77_777 ? 99 : (9 - step / 1e5).toFixed(4)}, time 1ms`,
    );
    const { curves } = await judgeLog(encode(`${lines.join('\n')}\n`), 'train.txt');
    const [curve] = curves;
    assert.ok(curve);
    assert.equal(curve.records, 100_000);
    assert.ok(curve.steps.length < 9000, String(curve.steps.length));
    assert.equal(curve.loss[curve.steps.indexOf(77_777)], 99);
    assert.deepEqual([curve.steps[0], curve.steps.at(-1)], [0, 99_999]);
  });

  it('leaves out curves that nobody could tell apart, and says how many', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `part${index}_loss`);
    const row = (epoch: number) => [epoch, ...names.map(() => 1 / (epoch + 1))].join(',');
    const { curves, curvesLeftOut } = await judgeLog(
      encode(`epoch,${names.join(',')}\n${[0, 1, 2, 3].map(row).join('\n')}\n`),
      'training.log',
    );
    assert.deepEqual([curves.length, curvesLeftOut], [16, 4]);
  });

  it('fails as reading does, and ends when it is cancelled', async () => {
    await assert.rejects(judgeLog(encode('hello'), 'notes.txt'), { name: 'LogError' });
    const abort = new AbortController();
    const text = encode('iter 1: loss 2.0000, time 1ms\n'.repeat(200_000));
    const judging = judgeLog(text, 'train.txt', {
      signal: abort.signal,
      onProgress: () => {
        abort.abort(new Error('enough'));
      },
    });
    await assert.rejects(judging, /enough/);
  });
});
