import assert from 'node:assert/strict';

import { logOfCell } from '../../../src/editor/training-log/log-cell.ts';

describe('the log of a cell', () => {
  it('is that of a cell that says nothing else', () => {
    assert.equal(logOfCell('# mine\ntraining_log = "state.json"  # a run')?.name, 'state.json');
    for (const source of [
      'training_log = "state.json"\nsteps = 3',
      'training_log = "../state.json"',
      'training_log = ""',
      'training_log = "C:/state.json"',
      'data = "houses.csv"',
      '',
    ])
      assert.equal(logOfCell(source), undefined, source);
  });
});
