import assert from 'node:assert/strict';

import { playedTo } from '../../src/renderer/playback.ts';

describe('playing a run', () => {
  it('takes six seconds for a long run, whatever its length', () => {
    for (const last of [60, 351, 20_000]) {
      assert.equal(playedTo(3, 0, last, 1, false), Math.floor(last / 2));
      assert.equal(playedTo(6, 0, last, 1, false), last);
    }
  });

  it('takes four steps a second at least', () => {
    assert.equal(playedTo(1, 0, 5, 1, false), 4);
  });

  it('goes on from where it was, faster or slower, and stops at the end', () => {
    assert.equal(playedTo(1, 100, 600, 2, false), 300);
    assert.equal(playedTo(100, 100, 600, 0.25, false), 600);
  });

  it('hops twice a second for those who asked for less motion', () => {
    const places = [0.1, 0.4, 0.6, 0.9, 1.1].map((seconds) => playedTo(seconds, 0, 600, 1, true));
    assert.deepEqual(places, [0, 0, 50, 50, 100]);
  });
});
