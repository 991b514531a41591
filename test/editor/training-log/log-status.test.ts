import assert from 'node:assert/strict';

import { logStatus } from '../../../src/editor/training-log/log-status.ts';
import {
  brokenTrainerState,
  logPayloadOf,
  overfittingKerasLog,
  pretrainingLlmcLog,
} from '../../renderer/logs.ts';

describe('the line under a training log', () => {
  it('says what the log shows', async () => {
    const { curves } = await logPayloadOf(brokenTrainerState(), 'trainer_state.json');
    const [status] = logStatus(curves);
    assert.equal(status?.text, '$(warning) Not finite: the learning rate');
    assert.match(status.tooltip, /gradient norm is NaN from step 350 on/);
  });

  it('says the worst of several curves, and nothing of none', async () => {
    const well = await logPayloadOf(pretrainingLlmcLog(), 'main.log');
    const sick = await logPayloadOf(overfittingKerasLog(), 'training.log');
    assert.equal(logStatus(well.curves)[0]?.text, 'Healthy');
    const [status] = logStatus([...well.curves, ...sick.curves]);
    assert.equal(status?.text, '$(warning) Overfitting, 2 curves');
    assert.match(status.tooltip, /^main\.log: .*\nloss: The validation loss was best at epoch 1\d/);
    assert.deepEqual(logStatus([]), []);
  });
});
