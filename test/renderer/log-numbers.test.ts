import assert from 'node:assert/strict';

import { logCsv, numbersOf } from '../../src/renderer/log/log-numbers.ts';
import { logPayloadOf } from './logs.ts';

describe('the numbers of a training log', () => {
  const text =
    '{"log_history": [{"loss": 2.5, "learning_rate": 0.1, "step": 10}, {"eval_loss": 2.25, "step": 10}, ' +
    '{"loss": NaN, "learning_rate": 0.1, "step": 20}]}';

  it('are copied as CSV: empty where nothing was recorded, NaN where it was', async () => {
    const { curves } = await logPayloadOf(text, 'trainer_state.json');
    assert.equal(
      logCsv(curves),
      'step,loss,validation_loss,learning_rate\r\n10,2.5,2.25,0.1\r\n20,NaN,,0.1\r\n',
    );
  });

  it('name the curve where there are several', async () => {
    const { curves } = await logPayloadOf('epoch,a_loss,b_loss\n0,3,4\n1,2,3\n', 'training.log');
    assert.equal(
      logCsv(curves),
      'curve,epoch,loss\r\na_loss,0,3\r\na_loss,1,2\r\nb_loss,0,4\r\nb_loss,1,3\r\n',
    );
  });

  it('are a table', async () => {
    const { curves } = await logPayloadOf(text, 'trainer_state.json');
    const [curve] = curves;
    assert.ok(curve);
    const { columns, length } = numbersOf(curve);
    const rows = Array.from({ length }, (_, entry) => columns.map(({ cells }) => cells(entry)));
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['step', 'loss', 'validation loss', 'learning rate'],
    );
    assert.deepEqual(rows, [
      ['10', '2.5', '2.25', '0.1'],
      ['20', 'NaN', '', '0.1'],
    ]);
  });
});
