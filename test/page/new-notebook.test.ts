import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startingCells } from '../../src/editor/starting-cells.ts';
import { readLesson } from '../../src/lesson/index.ts';
import { EditorWindow } from './window.ts';

describe('a new notebook in a window of VS Code', function () {
  this.timeout(300_000);
  let window: EditorWindow;

  before(async () => {
    window = await EditorWindow.open({ width: 1100, height: 1300 });
  });
  after(async () => window.close());

  it('begins with an experiment that has run and a question that can be answered', async () => {
    await window.command('workbench.action.closeSidebar');
    await window.command('gdnb.newNotebook');
    const frame = await window.notebookFrame();
    const { cells } = await window.untilRun();
    assert.equal(cells[1]?.success, true);
    await frame.locator('.gd-plot svg.main-svg').first().waitFor();
    await frame.locator('.gdnb-quiz button').first().waitFor();
    await window.screenshot('new-notebook');
  });

  it('is saved as a lesson, and opens again as it was', async () => {
    const path = join(window.folder, 'mine.gdnb');
    const saving = window.command('workbench.action.files.save');
    await window.choosePath(path);
    await saving;
    while ((await window.notebook())?.path !== path) await window.page.waitForTimeout(100);
    const texts = startingCells.map(({ text }) => text);
    assert.deepEqual(
      readLesson(await readFile(path, 'utf8')).cells.map(({ text }) => text),
      texts,
    );
    await window.command('workbench.action.closeAllEditors');
    await window.openNotebook('mine.gdnb');
    const notebook = await window.untilRun();
    assert.deepEqual(
      notebook.cells.map(({ text }) => text),
      texts,
    );
    assert.equal(notebook.dirty, false);
  });
});
