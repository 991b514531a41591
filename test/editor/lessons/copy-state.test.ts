import assert from 'node:assert/strict';

import fc from 'fast-check';

import { copyState, folderName, keptName } from '../../../src/editor/lessons/copy-state.ts';

describe('the state of a copy', () => {
  it('asks about an edited copy only, and only when something newer came', () => {
    const cases = [
      [{ bundled: 'new', copy: undefined, original: 'old' }, 'missing'],
      [{ bundled: 'new', copy: 'new', original: 'old' }, 'same'],
      [{ bundled: 'new', copy: 'new', original: undefined }, 'same'],
      [{ bundled: 'new', copy: 'old', original: 'old' }, 'outdated'],
      [{ bundled: 'new', copy: 'mine', original: 'new' }, 'edited'],
      [{ bundled: 'new', copy: 'mine', original: 'old' }, 'overtaken'],
      [{ bundled: 'new', copy: 'mine', original: undefined }, 'overtaken'],
    ] as const;
    for (const [contents, state] of cases) assert.equal(copyState(contents), state, JSON.stringify(contents));
  });
});

describe('the name of a copy that is kept', () => {
  it('tells whose it is, keeps the ending, and counts', () => {
    assert.equal(keptName('a.gdnb', new Set(['a.gdnb'])), 'a (mine).gdnb');
    assert.equal(keptName('a.gdnb', new Set(['A (Mine).gdnb', 'a (mine 2).gdnb'])), 'a (mine 3).gdnb');
    assert.equal(keptName('.hidden', new Set()), '.hidden (mine)');
    assert.equal(folderName('lessons', new Set(['lessons', 'lessons-2'])), 'lessons-3');
  });

  it('is never one that is taken', () => {
    const names = fc.constantFrom('a (mine).gdnb', 'a (MINE 2).gdnb', 'a (mine 3).gdnb', 'a.gdnb');
    fc.assert(
      fc.property(fc.uniqueArray(names), (taken) => {
        const kept = keptName('a.gdnb', new Set(taken)).toLowerCase();
        assert.ok(!taken.map((name) => name.toLowerCase()).includes(kept));
      }),
    );
  });
});
