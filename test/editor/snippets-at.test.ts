import assert from 'node:assert/strict';

import markdown from '../../media/snippets/markdown.json' with { type: 'json' };
import { snippetsAt } from '../../src/editor/snippets-at.ts';

const callouts = ['note', 'tip', 'important', 'warning', 'caution'];

function prefixesAt(line: string): string[] {
  const [before = '', after = ''] = line.split('|');
  return snippetsAt(markdown, before, after).found.map(({ prefix }) => prefix);
}

describe('the snippets of Markdown cells', () => {
  it('are all offered at the start of a line, before and behind the first letters', () => {
    const all = Object.values(markdown).map(({ prefix }) => prefix);
    assert.deepEqual(prefixesAt('|'), all);
    assert.deepEqual(prefixesAt('qu|'), all);
  });

  it('are those that go on from what stands there', () => {
    assert.deepEqual(prefixesAt('```|'), ['quiz']);
    assert.deepEqual(prefixesAt('```qu|'), ['quiz']);
    assert.deepEqual(prefixesAt('> [!|'), callouts);
    assert.deepEqual(prefixesAt('>[!no|]'), callouts);
  });

  it('are not offered amid a sentence, nor in code', () => {
    for (const line of ['a q|', 'a|b', '`|', '> |', '- |', '```quiz more|', '> [!NOTE] |', '```|]']) {
      assert.deepEqual(prefixesAt(line), [], line);
    }
  });

  it('take the place of what stands there, a bracket that the editor closed included', () => {
    assert.deepEqual(snippetsAt(markdown, '> [!no', ']').replaced, { before: '> [!no', after: ']' });
    assert.deepEqual(snippetsAt(markdown, '```', '').replaced, { before: '```', after: '' });
    assert.deepEqual(snippetsAt(markdown, 'some words', ' here').replaced, { before: '', after: '' });
  });
});
