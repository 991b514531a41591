import assert from 'node:assert/strict';

import {
  decodeLog,
  decodeNotice,
  decodePayload,
  encodeLog,
  encodeNotice,
  encodePayload,
  PayloadError,
} from '../../src/output/index.ts';
import type { FigureNotice, RunPayload } from '../../src/output/index.ts';
import { brokenTrainerState, logPayloadOf } from '../renderer/logs.ts';
import { sampleRun } from './samples.ts';

const payload: RunPayload = {
  version: 1,
  cell: 'vscode-notebook-cell:/lesson.gdnb#W0',
  source: 'loss = w^2',
  state: 'complete',
  runs: [sampleRun([9, 4, NaN], { outcome: 'diverged', firstBadStep: 2 }), sampleRun([1, 0, Infinity])],
  table: { rows: 2, columns: new Map([['__proto__', Float64Array.of(1, -0)]]) },
  landscape: {
    x: 'w',
    xs: Float64Array.of(0, 1),
    ys: new Float64Array(),
    loss: Float64Array.of(1, -Infinity),
  },
};

describe('the codec of the output', () => {
  it('brings a payload back with every number as it was', () => {
    assert.deepEqual(decodePayload(encodePayload(payload)), payload);
  });

  it('refuses another version by name, and damaged data', () => {
    const other = encodePayload(payload).replace('"version":1', '"version":7');
    assert.throws(() => decodePayload(other), PayloadError);
    assert.throws(() => decodePayload(other), /data version 7, here 1/);
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{"version":1}',
      '{"version":1,"runs":{"$":"float64","data":"?"}}',
    ]) {
      assert.throws(() => decodePayload(text), PayloadError, text);
    }
  });

  it('brings a notice back, and leaves the messages of others alone', () => {
    const notice: FigureNotice = { type: 'progress', cell: 'c', runs: [sampleRun([2, 1])], stepsTotal: 60 };
    const diagnosis: FigureNotice = {
      type: 'diagnosis',
      cell: 'c',
      source: 'loss = log(w)',
      diagnoses: [
        {
          label: '',
          condition: 'not-finite',
          cause: 'domain',
          summary: 'The loss is infinity at step 0.',
          evidence: { 'loss at the start': Infinity, 'it was given': -0, row: 'none' },
          fixes: [
            { title: '`max(w, 1e-12)`', edits: [{ start: 11, end: 12, text: 'max(w, 1e-12)' }], loss: 1 },
          ],
          notes: [],
          place: { start: 11, end: 12 },
        },
      ],
    };
    const reveal: FigureNotice = { type: 'reveal', cell: 'c', scroll: true };
    for (const each of [notice, diagnosis, reveal]) assert.deepEqual(decodeNotice(encodeNotice(each)), each);
    for (const message of [
      undefined,
      1,
      {},
      'hello',
      '{}',
      '{"type":"progress"}',
      '{"type":"diagnosis"}',
      '{"type":"reveal"}',
    ]) {
      assert.equal(decodeNotice(message), undefined);
    }
  });

  it('brings a training log back, and refuses another version of one', async () => {
    const log = await logPayloadOf(brokenTrainerState(), 'trainer_state.json');
    assert.deepEqual(decodeLog(encodeLog(log)), log);
    const other = encodeLog(log).replace('"version":1', '"version":2');
    assert.throws(() => decodeLog(other), /data version 2, here 1.*run the cell again/);
    assert.throws(() => decodeLog(encodePayload(payload)), PayloadError);
    const notice = { type: 'reading', cell: 'c', bytes: 45, bytesTotal: 100 } as const;
    assert.deepEqual(decodeNotice(encodeNotice(notice)), notice);
  });
});
