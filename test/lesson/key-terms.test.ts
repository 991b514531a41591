import assert from 'node:assert/strict';

import { terms } from '../../src/language/index.ts';
import { readNotebook } from './sections.ts';

describe('the key terms of the lesson', () => {
  it('are those of the glossary, in the same words', () => {
    const section = readNotebook('loss-and-gradient-descent.gdnb').find(
      ({ heading }) => heading === 'Key terms',
    );
    const expected = terms.map(({ name, definition }) => {
      return `- **${name.charAt(0).toUpperCase()}${name.slice(1)}:** ${definition}.`;
    });
    assert.deepEqual(section?.prose.trim().split('\n'), expected);
  });
});
