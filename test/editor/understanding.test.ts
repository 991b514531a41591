import assert from 'node:assert/strict';

import { MissingFileError } from '../../src/editor/data-path.ts';
import { understand } from '../../src/editor/understanding.ts';
import { DataError, readTable, type Table } from '../../src/kernel/index.ts';

const source = 'data = "few.csv"\nparameters w = 0\nloss = mean((w * x - y)^2)\nlearning_rate = 0.1';
const table = readTable('x,y\n1,2\n');

function reading(result: Table | Error): () => Promise<Table> {
  return () => (result instanceof Error ? Promise.reject(result) : Promise.resolve(result));
}

async function faultsOf(text: string, result: Table | Error) {
  const { faults, program } = await understand(text, reading(result));
  assert.equal(
    program === undefined,
    faults.some(({ severity }) => severity === 'error'),
  );
  return faults.map(({ code, start, end }) => [code, text.slice(start, end)]);
}

describe('understanding a cell', () => {
  it('makes a program of a sound one, and knows the columns', async () => {
    const { faults, program, columns } = await understand(source, reading(table));
    assert.deepEqual(faults, []);
    assert.equal(program?.runs.length, 1);
    assert.deepEqual(columns, ['x', 'y']);
  });

  it('finds what is wrong with the data, each at its place', async () => {
    const missing = new MissingFileError('few.csv', ['a.csv', 'b.csv']);
    assert.deepEqual(await faultsOf(source, missing), [['data-file', '"few.csv"']]);
    assert.deepEqual(await faultsOf(source, new DataError('Row 2')), [['data', '"few.csv"']]);
    assert.deepEqual(await faultsOf(source, readTable('x,y\n1,none\n')), [['data', 'y']]);
    assert.deepEqual(await faultsOf(source, readTable('x,z\n1,2\n')), [['unknown-name', 'y']]);
  });

  it('hints at a batch that is larger than the data', async () => {
    const text = `${source}\nbatch_size = 8`;
    const { faults, program } = await understand(text, reading(readTable('x,y\n1,2\n3,4\n')));
    assert.ok(program);
    assert.deepEqual(
      faults.map(({ code, severity, message, start, end }) => [
        code,
        severity,
        message,
        text.slice(start, end),
      ]),
      [['batch-above-rows', 'hint', 'The data has 2 rows: a batch of 8 is all of them.', '8']],
    );
  });

  it('offers the files that are there', async () => {
    const missing = new MissingFileError('few.csv', ['a.csv', 'b.csv']);
    const { faults } = await understand(source, reading(missing));
    assert.deepEqual(faults[0]?.fixes, [
      { title: 'Use "a.csv"', edits: [{ start: 7, end: 16, text: '"a.csv"' }] },
      { title: 'Use "b.csv"', edits: [{ start: 7, end: 16, text: '"b.csv"' }] },
    ]);
  });

  it('leaves an empty cell alone', async () => {
    const { faults, program } = await understand('# later', reading(table));
    assert.deepEqual([faults, program], [[], undefined]);
  });

  it('does not look into data that it may not prepare', async () => {
    const { faults, program } = await understand(source, reading(table), () => false);
    assert.deepEqual([faults, program], [[], undefined]);
  });

  it('passes on what is no fault of the cell', async () => {
    await assert.rejects(understand(source, reading(new TypeError('a bug'))), /a bug/);
  });

  it('looks for a training log, and makes no program of it', async () => {
    const log = 'training_log = "state.json"  # mine';
    const known = (find: (name: string) => Promise<unknown>) =>
      understand(log, reading(table), undefined, find);
    const names: string[] = [];
    const found = await known((name) => Promise.resolve(names.push(name)));
    assert.deepEqual([found.faults, found.program, names], [[], undefined, ['state.json']]);
    const missing = await known(() => Promise.reject(new MissingFileError('state.json', ['other.json'])));
    assert.deepEqual(
      missing.faults.map(({ code, start, end, fixes }) => [code, log.slice(start, end), fixes?.[0]?.title]),
      [['data-file', '"state.json"', 'Use "other.json"']],
    );
    await assert.rejects(
      known(() => Promise.reject(new TypeError('a bug'))),
      /a bug/,
    );
  });
});
