import assert from 'node:assert/strict';

import { brokenTrainerState } from '../renderer/logs.ts';
import { EditorWindow } from './window.ts';

describe('a training log in a window of VS Code', function () {
  this.timeout(300_000);
  let window: EditorWindow;

  before(async () => {
    const files = { 'trainer_state.json': brokenTrainerState(), 'notes.md': 'No log.\n' };
    window = await EditorWindow.open({ files, settings: { 'workbench.hover.delay': 600_000 } });
  });

  after(async () => window.close());

  const menuOf = async (file: string) => {
    await window.page.getByRole('treeitem', { name: file }).click({ button: 'right' });
    const menu = window.page.getByRole('menu').last();
    await menu.getByRole('menuitem', { name: 'Copy Path' }).first().waitFor();
    // A menu takes no click in its first moments.
    await window.page.waitForTimeout(500);
    return menu.getByRole('menuitem', { name: 'Diagnose a Training Log' });
  };

  it('is diagnosed from the context menu of its file, and is there again after a reload', async () => {
    assert.equal(await (await menuOf('notes.md')).count(), 0);
    await window.page.keyboard.press('Escape');
    await (await menuOf('trainer_state.json')).click();
    const frame = await window.notebookFrame();
    await frame.locator('.gd-log .gd-diagnosis', { hasText: 'Not finite' }).waitFor();
    await frame.locator('.gd-log svg.main-svg').first().waitFor();
    await window.reload();
    const again = await window.notebookFrame();
    await again.locator('.gd-log .gd-diagnosis', { hasText: 'Not finite' }).waitFor();
  });
});
