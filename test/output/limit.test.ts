import assert from 'node:assert/strict';

import { encodePayload, limitGrowingRuns, limitPayload } from '../../src/output/index.ts';
import type { RunPayload } from '../../src/output/index.ts';
import { record, sampleRun } from './samples.ts';

function payloadOf(changes: Partial<RunPayload>): RunPayload {
  return { version: 1, cell: 'c', source: '', state: 'complete', runs: [], ...changes };
}

function tableOf(rows: number) {
  return { rows, columns: new Map([['size', new Float64Array(rows)]]) };
}

describe('the limit of a payload', () => {
  it('leaves an ordinary run and table alone', () => {
    const payload = payloadOf({ runs: [sampleRun([9, 4, 1])], table: tableOf(932) });
    assert.deepEqual(limitPayload(payload), payload);
  });

  it('leaves a table out that is too large to send', () => {
    assert.equal(limitPayload(payloadOf({ table: tableOf(250_001) })).table, undefined);
    assert.notEqual(limitPayload(payloadOf({ table: tableOf(250_000) })).table, undefined);
  });

  it('thins long runs and keeps a spike', () => {
    const losses = Array.from({ length: 100_000 }, (_, step) => (step === 54_321 ? 1e9 : 1 + 1 / (step + 1)));
    const [run] = limitPayload(payloadOf({ runs: [sampleRun(losses)] })).runs;
    assert.ok(run && run.steps.length <= 20_000);
    assert.equal(Math.max(...run.loss), 1e9);
    assert.equal(run.steps.at(-1), 99_999);
  });

  it('thins runs that grow more, since they are sent again and again', () => {
    const losses = Array.from({ length: 50_000 }, (_, step) => (step === 4321 ? 1e9 : 1 + 1 / (step + 1)));
    const [run, short] = limitGrowingRuns([sampleRun(losses), sampleRun([9, 4])]);
    assert.ok(run && short && run.steps.length <= 2000);
    assert.equal(Math.max(...run.loss), 1e9);
    assert.equal(short.steps.length, 2);
  });

  it('keeps the largest cell that the language allows under 16 MB', () => {
    const losses = Array.from({ length: 200 }, (_, step) => 1 / (step + 1));
    const parameters = record(
      Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`w${index}`, new Float64Array(200)])),
    );
    const runs = Array.from({ length: 16 }, () => sampleRun(losses, { parameters }));
    assert.ok(encodePayload(limitPayload(payloadOf({ runs, table: tableOf(250_000) }))).length < 16e6);
  });
});
