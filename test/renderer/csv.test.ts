import assert from 'node:assert/strict';
import Papa from 'papaparse';

import { toCsv } from '../../src/renderer/csv.ts';
import { housesCell, runsOf } from './cells.ts';

function parsed(text: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

describe('the numbers as CSV', () => {
  it('come back bit for bit', () => {
    const [run] = runsOf(housesCell('learning_rate = 0.1\nsteps = 20'));
    assert.ok(run);
    const rows = parsed(toCsv([run]));
    assert.deepEqual(Object.keys(rows[0] ?? {}), [
      'step',
      'loss',
      'learning_rate',
      'gradient_norm',
      'w',
      'b',
    ]);
    assert.deepEqual(
      Float64Array.from(rows, (row) => Number(row['loss'])),
      run.loss,
    );
    assert.deepEqual(
      Float64Array.from(rows, (row) => Number(row['w'])),
      run.parameters['w'],
    );
  });

  it('name the run of a sweep and quote what needs it', () => {
    const runs = runsOf(housesCell('learning_rate = [0.1, 0.2]\nsteps = 2'));
    const rows = parsed(toCsv(runs.map((run) => ({ ...run, label: `"${run.label}", a run` }))));
    assert.deepEqual(
      [...new Set(rows.map((row) => row['run']))],
      ['"learning_rate = 0.1", a run', '"learning_rate = 0.2", a run'],
    );
  });

  it('are empty where a minibatch run took no full loss, and say what broke', () => {
    const [run] = runsOf(housesCell('learning_rate = 0.01\nbatch_size = 8\nepochs = 1'));
    assert.ok(run);
    const [, first] = parsed(toCsv([run]));
    assert.ok(first);
    assert.equal(first['loss'], '');
    assert.notEqual(first['batch_loss'], '');
    const [broken] = runsOf(housesCell('learning_rate = 1\nsteps = 600'));
    assert.ok(broken);
    assert.equal(parsed(toCsv([broken])).at(-1)?.['loss'], 'Infinity');
  });
});
