import assert from 'node:assert/strict';

import { describeLog, type LogPayload } from '../../src/output/index.ts';
import { brokenTrainerState, logPayloadOf, overfittingKerasLog } from '../renderer/logs.ts';

describe('a training log in words', () => {
  it('says what the log is, what it shows, what helps, and its numbers', async () => {
    const text = describeLog(await logPayloadOf(brokenTrainerState(), 'trainer_state.json'));
    assert.match(text, /^trainer_state\.json: 60 records of the Hugging Face Trainer, steps 10 to 600\.\n\n/);
    assert.match(text, /\n\nNot finite: the learning rate\. The gradient norm is NaN from step 350 on/);
    assert.match(text, /\n- Try a lower learning_rate\n/);
    assert.match(text, /\nstep +loss +gradient norm +learning rate\n/);
    assert.match(text, /\n +10 +4\.\d+ +\d\.\d+ +0\.00004\n/);
    assert.match(text, /\n +350 +0 +NaN +0\.001\n/);
    assert.doesNotMatch(text, /`/);
  });

  it('counts as the log does', async () => {
    const text = describeLog(await logPayloadOf(overfittingKerasLog(), 'training.log'));
    assert.match(text, /^training\.log: 40 records of Keras, epochs 0 to 39\./);
    assert.match(text, /The validation loss was best at epoch 1\d/);
    assert.match(text, /\nepoch +loss +validation loss +learning rate\n/);
  });

  it('names each of several curves, and how many there are besides', async () => {
    const payload = await logPayloadOf('epoch,a_loss,b_loss\n0,3,4\n1,2,3\n2,1,2\n', 'training.log');
    const text = describeLog({ ...payload, curvesLeftOut: 2 });
    assert.match(text, /^training\.log, a_loss: .*\n/);
    assert.match(text, /\ntraining\.log, b_loss: /);
    assert.match(text, /The log has 2 more curves\.$/);
  });

  it('says how far the reading has come, and where it was stopped', () => {
    const payload: LogPayload = {
      version: 1,
      cell: 'cell-1',
      file: 'train.txt',
      state: 'reading',
      bytes: 45_300_000,
      bytesTotal: 100_000_000,
      curves: [],
      curvesLeftOut: 0,
    };
    assert.equal(describeLog(payload), 'Reading train.txt: 45 of 100 MB.');
    assert.equal(
      describeLog({ ...payload, state: 'stopped', bytes: 1000, bytesTotal: 2000 }),
      'Stopped reading train.txt after 1 of 2 kB. Run the cell again to read it.',
    );
  });
});
