import assert from 'node:assert/strict';

import type { Frame } from 'playwright-core';

import { EditorWindow } from './window.ts';

const prose = [
  '# Not a lesson',
  '',
  'The learning rate is a term of the glossary.',
  '',
  '> [!WARNING]',
  '> To others this is a quotation.',
  '',
  '```quiz',
  'Is this a question?',
  '- [x] yes',
  '- [ ] no',
  '  In a lesson it is.',
  '```',
].join('\n');

/** The Markdown of the first cell as the page draws it, without what names the cell. */
async function drawn(frame: Frame): Promise<string> {
  await frame.getByText('Not a lesson').waitFor();
  return frame.locator('#preview').first().innerHTML();
}

describe('a notebook of another kind', function () {
  this.timeout(300_000);
  let window: EditorWindow;

  before(async () => {
    const cells = [{ cell_type: 'markdown', metadata: {}, source: prose }];
    const jupyter = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    window = await EditorWindow.open({ files: { 'jupyter.ipynb': jupyter, 'lesson.gdnb': `${prose}\n` } });
  });
  after(async () => window.close());

  it('is drawn as the editor draws it, beside a lesson that is not', async () => {
    const lesson = await window.openNotebook('lesson.gdnb');
    assert.match(await drawn(lesson), /gdnb-quiz.*gdnb-answer/s);
    await window.command('workbench.action.closeAllEditors');
    const jupyter = await window.openNotebook('jupyter.ipynb', 'jupyter-notebook');
    const html = await drawn(jupyter);
    await window.screenshot('jupyter');
    assert.doesNotMatch(html, /gdnb/);
    assert.match(html, /<blockquote[^>]*>\s*<p[^>]*>\[!WARNING\]/);
    assert.match(html, /<pre[^>]*>.*- \[x\] yes/s);
    assert.doesNotMatch(html, /<dfn/);
  });
});
