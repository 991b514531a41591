import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  let folder: string;
  let window: EditorWindow;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gdnb-others-'));
    const cells = [{ cell_type: 'markdown', metadata: {}, source: prose }];
    await writeFile(
      join(folder, 'jupyter.ipynb'),
      JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    );
    await writeFile(join(folder, 'lesson.gdnb'), `${prose}\n`);
    window = await EditorWindow.open({ folder });
  });
  after(async () => {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  });

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
