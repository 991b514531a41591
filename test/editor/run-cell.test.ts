import assert from 'node:assert/strict';

import { CellError } from '../../src/editor/cell-error.ts';
import { DataFileError } from '../../src/editor/data-path.ts';
import { runCell, type Surroundings } from '../../src/editor/run-cell.ts';
import { readTable } from '../../src/kernel/index.ts';

function surroundings(changes: Partial<Surroundings> = {}): Surroundings {
  return {
    cell: 'c',
    signal: new AbortController().signal,
    readTable: () => Promise.reject(new DataFileError('There is no file.')),
    onProgress: () => undefined,
    ...changes,
  };
}

const line = 'data = "few.csv"\nparameters w = 0\nprediction = w * x\nloss = mean((prediction - y)^2)\n';

async function complaintsOf(source: string, changes: Partial<Surroundings> = {}) {
  try {
    await runCell(source, surroundings(changes));
  } catch (error) {
    assert.ok(error instanceof CellError, String(error));
    return error.complaints.map(({ message, start, end }) => [message, source.slice(start, end)]);
  }
  return [];
}

describe('running a cell', () => {
  it('gives the runs, the columns that were used, and the landscape', async () => {
    const table = readTable('name,x,y\na,1,2\nb,3,4\n');
    const source = `${line}learning_rate = 0.1\nsteps = 2`;
    const payload = await runCell(source, surroundings({ readTable: () => Promise.resolve(table) }));
    assert.ok(payload);
    assert.equal(payload.source, source);
    assert.equal(payload.state, 'complete');
    assert.equal(payload.runs[0]?.loss[0], 10);
    assert.ok(Math.abs((payload.runs[0].final.parameters['w'] ?? NaN) - 1.4) < 1e-12);
    assert.deepEqual(
      [...(payload.table?.columns ?? [])],
      [
        ['x', Float64Array.of(1, 3)],
        ['y', Float64Array.of(2, 4)],
      ],
    );
    assert.equal(payload.fit, undefined);
    assert.equal(payload.landscape?.x, 'w');
  });

  it('gives a picture of the fit where the data are too large for the figure', async () => {
    const rows = Array.from({ length: 130_000 }, (_, row) => `${row / 1e5},${row / 5e4}`);
    const table = readTable(`x,y\n${rows.join('\n')}\n`);
    const source = `${line}learning_rate = 0.1\nsteps = 1`;
    const payload = await runCell(source, surroundings({ readTable: () => Promise.resolve(table) }));
    assert.equal(payload?.table, undefined);
    const { fit, runs = [] } = payload ?? {};
    assert.equal(fit?.x?.length, 2000);
    assert.equal(fit.xLabel, 'x');
    const w = runs[0]?.final.parameters['w'] ?? NaN;
    assert.deepEqual([fit.truth[7], fit.atStart[7], fit.atEnd[7]], [455 / 5e4, 0, w * (455 / 1e5)]);
  });

  it('runs nothing for a cell that says nothing', async () => {
    for (const source of ['', ' \n\t', '# later'])
      assert.equal(await runCell(source, surroundings()), undefined);
  });

  it('tells all that is wrong with the text at once', async () => {
    const table = readTable('x,y\n1,2\n');
    const complaints = await complaintsOf(`${line.replace('w * x', 'w * xx')}learning_rat = 1`, {
      readTable: () => Promise.resolve(table),
    });
    assert.deepEqual(
      complaints.map(([, place]) => place),
      ['xx', 'loss'],
    );
  });

  it('tells what is wrong with the data file, and with the text as far as it is known without', async () => {
    const complaints = await complaintsOf(`${line}learning_rate = 0.1\nsteps = 1\nepochs = 2`);
    assert.deepEqual(complaints[0], ['There is no file.', '"few.csv"']);
    assert.equal(complaints.length, 2);
  });

  it('tells where the data do not serve the text', async () => {
    const table = readTable('x,y\n1,2\n3,none\n');
    const complaints = await complaintsOf(`${line}learning_rate = 0.1`, {
      readTable: () => Promise.resolve(table),
    });
    assert.match(String(complaints[0]?.[0]), /Row 3 of column `y`/);
    assert.equal(complaints[0]?.[1], 'y');
  });

  it('comes back with the runs so far when it is stopped, having told of its progress', async () => {
    const abort = new AbortController();
    const told: number[] = [];
    const payload = await runCell('parameters w = 9\nloss = w^2\nlearning_rate = 1e-9\nsteps = 1e9', {
      ...surroundings({ signal: abort.signal }),
      onProgress: (runs, stepsTotal) => {
        told.push(runs.length, stepsTotal);
        abort.abort();
      },
    });
    assert.deepEqual(told, [1, 1e9]);
    assert.equal(payload?.runs[0]?.outcome, 'stopped');
    assert.equal(payload.landscape, undefined);
  });

  it('gives nothing when it is stopped while its data are read, however long that takes', async () => {
    const abort = new AbortController();
    const table = new Promise<never>(() => undefined);
    const running = runCell(line, surroundings({ signal: abort.signal, readTable: () => table }));
    abort.abort();
    assert.equal(await running, undefined);
    const stopped = surroundings({ signal: abort.signal });
    assert.equal(await runCell('parameters w = 9\nloss = w^2\nlearning_rate = 0.1', stopped), undefined);
  });
});
