import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { brokenTrainerState } from '../renderer/logs.ts';
import { EditorWindow } from './window.ts';

describe('a training log in a window of VS Code', function () {
  this.timeout(300_000);
  let folder: string;
  let window: EditorWindow;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gdnb-log-'));
    await writeFile(join(folder, 'trainer_state.json'), brokenTrainerState());
    await writeFile(join(folder, 'notes.md'), 'No log.\n');
    window = await EditorWindow.open({ folder });
  });

  after(async () => {
    await window.close();
    await rm(folder, { recursive: true });
  });

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
