import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';

import type { Frame } from 'playwright-core';

import type { ThemeName } from './themes.ts';
import { EditorWindow } from './window.ts';

const lesson = 'loss-and-gradient-descent.gdnb';
const plot = '.gd-plot svg.main-svg';

describe('the lesson in a window of VS Code', () => {
  let window: EditorWindow;
  let firstCode: number;

  before(async () => {
    window = await EditorWindow.open({ width: 1400, height: 1100 });
    await window.command('workbench.action.closeSidebar');
  });
  after(async () => window.close());

  it('opens alive: its cells run and their figures are drawn', async () => {
    const frame = await window.openNotebook(lesson);
    const opened = await window.notebook();
    firstCode = opened?.cells.findIndex((cell) => cell.code) ?? -1;
    const notebook = await window.untilRun(firstCode);
    assert.equal(notebook.cells[firstCode]?.success, true);
    assert.equal(notebook.dirty, false);
    await window.revealCell(firstCode);
    await frame.locator(plot).first().waitFor();
  });

  for (const theme of ['light', 'dark', 'contrast', 'contrastLight'] satisfies ThemeName[]) {
    it(`shows its figures in the theme ${theme} as soon as that is chosen`, async () => {
      await window.setTheme(theme);
      const frame = await window.notebookFrame();
      const inkIsLight = !theme.toLowerCase().endsWith('light');
      while ((await inkBrightness(frame)) > 127 !== inkIsLight) await window.page.waitForTimeout(50);
      await access(await window.screenshot(`lesson-${theme}`));
    });
  }

  it('is there again, and runs again, when the window is loaded again', async () => {
    await window.reload();
    const frame = await window.notebookFrame();
    await window.untilRun(firstCode);
    await window.revealCell(firstCode);
    await frame.locator(plot).first().waitFor();
  });
});

/** How bright the numbers along an axis are drawn, from 0 to 255. */
async function inkBrightness(frame: Frame): Promise<number> {
  const number = frame.locator('.gd-plot .xtick text').first();
  const [red = 0, green = 0, blue = 0] = await number.evaluate((text) =>
    (getComputedStyle(text).fill.match(/[\d.]+/g) ?? []).map(Number),
  );
  return (red + green + blue) / 3;
}
