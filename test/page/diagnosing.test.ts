import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Frame } from 'playwright-core';

import { housesCell } from '../renderer/cells.ts';
import { EditorWindow } from './window.ts';

const source = housesCell('learning_rate = 0.25     # too high\nsteps = 60');
const mended = source.replace('0.25', '0.213');
const fix = 'learning_rate = 0.213: change the cell and run it';

/** It takes minutes. */
const long = housesCell('learning_rate = 0.01\nsteps = 1_000_000').replace(
  'prediction = w * size + b',
  'prediction = 300 * tanh(w * size / 300 + b / 300) + sin(w * size) / 1000',
);

describe('diagnosing a loss in a window of VS Code', function () {
  this.timeout(300_000);
  let window: EditorWindow;
  let frame: Frame;
  let notebooks = 0;

  before(async () => {
    window = await EditorWindow.open({ files: {}, width: 1400, height: 1500 });
  });

  afterEach(async () => {
    await window.command('workbench.action.revertAndCloseActiveEditor');
    await window.command('notifications.clearAll');
  });

  after(async () => window.close());

  /** Opens a new notebook with a heading and the cell. */
  const open = async (cell: string): Promise<void> => {
    const name = `${(notebooks += 1)}.gdnb`;
    await writeFile(join(window.folder, name), '# Too large\n\n```gd\n' + cell + '\n```\n');
    frame = await window.openNotebook(name);
  };
  const openRun = async (): Promise<void> => {
    await open(source);
    await window.untilRun();
    await frame.locator('.gd-plot svg.main-svg').first().waitFor();
  };
  const why = async (): Promise<void> => {
    await frame.getByRole('button', { name: 'Why? Diagnose the loss' }).click();
    await title('Exploding').waitFor();
  };
  const diagnoseFromToolbar = async (): Promise<void> => {
    const toolbar = window.page.locator('.code-cell-row.focused .cell-title-toolbar');
    await toolbar.getByRole('button', { name: 'Diagnose Loss' }).click();
  };
  const notification = (text: string) => window.page.locator('.notification-list-item', { hasText: text });
  const title = (text: string) => frame.locator('.gd-diagnosis-title', { hasText: text });
  const isInView = async (text: string): Promise<boolean> =>
    title(text).evaluate(
      (element) =>
        new Promise((resolve) => {
          new IntersectionObserver(([entry]) => {
            resolve(entry?.isIntersecting === true);
          }).observe(element);
        }),
    );
  const untilInView = async (text: string): Promise<void> => {
    for (let tries = 0; tries < 600 && !(await isInView(text)); tries += 1)
      await window.page.waitForTimeout(100);
    assert.ok(await isInView(text), `the card "${text}" is not in view`);
  };
  /** No notification tells what the card does. One that is due comes within seconds. */
  const untilQuiet = async (): Promise<void> => {
    await window.page.waitForTimeout(4000);
    assert.deepEqual(await window.page.locator('.notification-list-item').allTextContents(), []);
  };

  it('is led to by the toolbar of a cell that was mended, undone and run', async () => {
    await openRun();
    await why();
    await frame.getByRole('button', { name: fix }).click();
    await title('Settled').waitFor();
    await window.untilText(1, mended);
    await window.undo();
    await window.untilText(1, source);
    await window.command('notebook.execute');
    await frame.locator('.gd-diagnosis').waitFor({ state: 'hidden' });
    await diagnoseFromToolbar();
    await title('Exploding').waitFor();
    await untilInView('Exploding');
  });

  it('is led to by the toolbar of a cell that was only opened and clicked, also where its figure is slow', async () => {
    await window.setting('gdnb.runOnOpen', false);
    try {
      await open(source);
      await frame.evaluate(() => {
        const observer = new MutationObserver(() => {
          if (document.querySelector('.gd-figure') === null) return;
          observer.disconnect();
          for (const end = performance.now() + 6000; performance.now() < end;);
        });
        observer.observe(document, { subtree: true, childList: true });
      });
      await window.page.locator('.code-cell-row .view-lines').filter({ visible: true }).click();
      await diagnoseFromToolbar();
      await title('Exploding').waitFor();
      await untilInView('Exploding');
      await untilQuiet();
    } finally {
      await window.setting('gdnb.runOnOpen', undefined);
    }
  });

  it('says why in a card and in the text, and to a screen reader', async () => {
    await openRun();
    await why();
    await window.page.locator('.squiggly-warning').first().waitFor();
    await frame
      .locator('.gd-said', { hasText: /^Exploding.* The learning rate 0\.25 is 1\.06 times/ })
      .waitFor({
        state: 'attached',
      });
    await untilInView('Exploding');
    await untilQuiet();
    await window.screenshot('diagnosis');
  });

  it('makes the fix of the card, shows that it cured the run, and undo takes it back', async () => {
    await openRun();
    await why();
    await frame.getByRole('button', { name: fix }).click();
    await title('Settled').waitFor();
    await untilInView('Settled');
    await window.untilText(1, mended);
    await untilQuiet();
    await window.undo();
    await window.untilText(1, source);
  });

  it('leaves the focus in the text that a fix has changed, also where the editor is slow', async () => {
    await openRun();
    await why();
    await frame.evaluate(() => {
      const focus = globalThis.focus.bind(globalThis);
      globalThis.focus = () => void setTimeout(focus, 1000);
    });
    await frame.getByRole('button', { name: fix }).click();
    await window.untilText(1, mended);
    await title('Settled').waitFor();
    await window.page.waitForTimeout(3000);
    await window.undo();
    await window.untilText(1, source);
  });

  it('is led to by the line under a cell that went wrong, and goes when the cell runs', async () => {
    await openRun();
    await window.page.locator('.cell-status-item-has-command', { hasText: 'exploding' }).click();
    await title('Exploding').waitFor();
    await untilInView('Exploding');
    await window.command('notebook.execute');
    await frame.locator('.gd-diagnosis').waitFor({ state: 'hidden' });
  });

  it('scrolls to a card that is out of view', async () => {
    await window.setSize(620, 700);
    try {
      await openRun();
      await window.revealCell(0);
      await window.command('gdnb.diagnoseLoss');
      await title('Exploding').waitFor();
      await untilInView('Exploding');
      await untilQuiet();
      await window.screenshot('diagnosis-narrow');
    } finally {
      await window.setSize(1400, 1500);
    }
  });

  it('says why in a notification where no figure can, and makes its fix, which undo takes back', async () => {
    await openRun();
    await window.command('notebook.focusBottom');
    await window.command('notebook.cell.collapseCellOutput');
    await window.command('gdnb.diagnoseLoss');
    await notification('Exploding: the learning rate 0.25 is 1.06 times the limit 0.2366.').waitFor();
    await window.page.getByRole('button', { name: 'Use learning_rate = 0.213' }).click();
    await window.untilText(1, mended);
    await notification('Cured: the loss ends at 7,062.43.').waitFor();
    await window.undo();
    await window.untilText(1, source);
  });

  it('can be cancelled while the cell runs', async () => {
    await window.setting('gdnb.runOnOpen', false);
    try {
      await open(long);
      const diagnosed = window.command('gdnb.diagnoseLoss');
      const progress = notification('Diagnosing: running the cell');
      await progress.waitFor();
      await progress.hover();
      await progress.getByRole('button', { name: 'Cancel' }).click();
      await diagnosed;
      await progress.waitFor({ state: 'detached' });
      await window.page.locator('.cell-status-item', { hasText: 'stopped' }).waitFor();
      assert.equal(await frame.locator('.gd-diagnosis').filter({ visible: true }).count(), 0);
      await untilQuiet();
    } finally {
      await window.setting('gdnb.runOnOpen', undefined);
    }
  });
});
