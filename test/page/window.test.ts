import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';

import type { ThemeName } from './themes.ts';
import { EditorWindow } from './window.ts';

const lesson = 'loss-and-gradient-descent.gdnb';
const plot = '.gd-plot svg.main-svg';

describe('the lesson in a window of VS Code', () => {
  let window: EditorWindow;

  before(async () => {
    window = await EditorWindow.open({
      width: 1400,
      height: 1100,
      settings: { 'workbench.sideBar.location': 'right' },
    });
  });
  after(async () => window.close());

  it('opens alive: its cells run and their figures are drawn', async () => {
    const frame = await window.openNotebook(lesson);
    const notebook = await window.untilRun();
    assert.equal(notebook.dirty, false);
    assert.ok(notebook.cells.filter((cell) => cell.code).every((cell) => cell.success));
    await frame.locator(plot).first().waitFor();
  });

  for (const theme of ['light', 'dark', 'contrast'] satisfies ThemeName[]) {
    it(`follows the theme ${theme}`, async () => {
      await window.setTheme(theme);
      const frame = await window.notebookFrame();
      const className = { light: 'vscode-light', dark: 'vscode-dark', contrast: 'vscode-high-contrast' }[
        theme
      ];
      await frame.locator(`body.${className}`).waitFor({ state: 'attached' });
      const figure = frame.locator('.gd-figure').first();
      await figure.scrollIntoViewIfNeeded();
      const [editor, drawn] = await figure.evaluate((element) => [
        getComputedStyle(document.body).getPropertyValue('--vscode-editor-foreground'),
        getComputedStyle(element).color,
      ]);
      assert.ok(editor !== '' && drawn !== '');
      await access(await window.screenshot(`lesson-${theme}`));
    });
  }

  it('is there again, and runs again, when the window is loaded again', async () => {
    await window.reload();
    const frame = await window.notebookFrame();
    await window.untilRun();
    await frame.locator(plot).first().waitFor();
  });
});
