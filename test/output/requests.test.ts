import assert from 'node:assert/strict';

import fc from 'fast-check';

import { readRequest } from '../../src/output/index.ts';

const edit = {
  type: 'edit',
  cell: 'c',
  source: 'steps = 60',
  edits: [{ start: 8, end: 10, text: '100' }],
};

describe('the requests of a figure', () => {
  it('are read', () => {
    const requests = [
      edit,
      { ...edit, type: 'fix' },
      { type: 'diagnose', cell: 'c' },
      { type: 'revealed', cell: 'c', isInView: true },
      { type: 'copy', text: 'step,loss' },
      { type: 'hello' },
    ];
    for (const request of requests) {
      assert.deepEqual(readRequest(request), request);
    }
  });

  it('are refused where a part is missing or an edit lies outside of the text', () => {
    const wrong = [
      undefined,
      'copy',
      { type: 'copy' },
      { type: 'diagnose' },
      { type: 'revealed' },
      { type: 'revealed', cell: 'c' },
      { ...edit, type: 'other' },
      { ...edit, cell: undefined },
      { ...edit, source: undefined },
      { ...edit, edits: {} },
      { ...edit, edits: [null] },
      { ...edit, edits: [{ start: 8, end: 11, text: '' }] },
      { ...edit, edits: [{ start: 3, end: 2, text: '' }] },
      { ...edit, edits: [{ start: -1, end: 2, text: '' }] },
      { ...edit, edits: [{ start: 0.5, end: 2, text: '' }] },
      { ...edit, edits: [{ start: 0, end: 2 }] },
    ];
    for (const message of wrong) assert.equal(readRequest(message), undefined, JSON.stringify(message));
  });

  it('never make it throw', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        readRequest(message);
      }),
    );
  });
});
