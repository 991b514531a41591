import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Frame } from 'playwright-core';

import { housesCell } from '../renderer/cells.ts';
import { EditorWindow } from './window.ts';

const houses = join(import.meta.dirname, '..', '..', 'notebooks', 'houses.csv');
const source = housesCell('learning_rate = 0.25     # too high\nsteps = 60');

/** It takes minutes. */
const long = housesCell('learning_rate = 0.01\nsteps = 1_000_000').replace(
  'prediction = w * size + b',
  'prediction = 300 * tanh(w * size / 300 + b / 300) + sin(w * size) / 1000',
);

describe('diagnosing a loss in a window of VS Code', function () {
  this.timeout(300_000);
  let folder: string;
  let window: EditorWindow;
  let frame: Frame;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gdnb-diagnosing-'));
    await cp(houses, join(folder, 'houses.csv'));
    await writeFile(join(folder, 'one.gdnb'), '# Too large\n\n```gd\n' + source + '\n```\n');
    await writeFile(join(folder, 'long.gdnb'), '```gd\n' + long + '\n```\n\n# It takes long\n');
    window = await EditorWindow.open({ folder, width: 1400, height: 1500 });
    frame = await window.openNotebook('one.gdnb');
    await window.untilRun();
    await frame.locator('.gd-plot svg.main-svg').first().waitFor();
  });

  after(async () => {
    await window.close();
    await rm(folder, { recursive: true });
  });

  const textOfCell = async (): Promise<string | undefined> => (await window.notebook())?.cells[1]?.text;
  const untilText = async (wanted: string): Promise<void> => {
    for (let tries = 0; tries < 100 && (await textOfCell()) !== wanted; tries += 1)
      await window.page.waitForTimeout(100);
    assert.equal(await textOfCell(), wanted);
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
    for (let tries = 0; tries < 100 && !(await isInView(text)); tries += 1)
      await window.page.waitForTimeout(100);
    assert.ok(await isInView(text), `the card "${text}" is not in view`);
  };
  /** No notification tells what the card does. One that is due comes within seconds. */
  const untilQuiet = async (): Promise<void> => {
    await window.page.waitForTimeout(4000);
    assert.deepEqual(await window.page.locator('.notification-list-item').allTextContents(), []);
  };

  it('says why in a card and in the text, and to a screen reader', async () => {
    await frame.getByRole('button', { name: 'Why? Diagnose the loss' }).click();
    await title('Exploding').waitFor();
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
    await frame.getByRole('button', { name: 'learning_rate = 0.213: change the cell and run it' }).click();
    await title('Settled').waitFor();
    await untilInView('Settled');
    await untilText(source.replace('0.25', '0.213'));
    await untilQuiet();
    await window.page.keyboard.press('ControlOrMeta+z');
    await untilText(source);
  });

  it('is led to by the line under a cell that went wrong', async () => {
    await window.command('notebook.execute');
    await window.page.locator('.cell-status-item-has-command', { hasText: 'exploding' }).click();
    await frame.locator('.gd-diagnosis-title', { hasText: 'Exploding' }).waitFor();
  });

  it('is led to by the toolbar of the cell, and goes when the cell runs', async () => {
    await window.command('notebook.execute');
    await frame.locator('.gd-diagnosis').waitFor({ state: 'hidden' });
    await window.page.locator('.cell-title-toolbar .codicon-pulse').first().click({ force: true });
    await frame.locator('.gd-diagnosis-title', { hasText: 'Exploding' }).waitFor();
  });

  it('scrolls to a card that is out of view', async () => {
    await window.setSize(620, 700);
    await window.command('notebook.execute');
    await frame.locator('.gd-diagnosis').waitFor({ state: 'hidden' });
    await window.revealCell(0);
    await window.command('gdnb.diagnoseLoss');
    await title('Exploding').waitFor();
    await untilInView('Exploding');
    await untilQuiet();
    await window.screenshot('diagnosis-narrow');
    await window.setSize(1400, 1500);
  });

  it('says why in a notification where no figure can, and makes its fix', async () => {
    await window.command('notebook.cell.collapseCellOutput');
    await window.command('gdnb.diagnoseLoss');
    await notification('Exploding: the learning rate 0.25 is 1.06 times the limit 0.2366.').waitFor();
    await window.page.getByRole('button', { name: 'Use learning_rate = 0.213' }).click();
    await untilText(source.replace('0.25', '0.213'));
    await notification('Cured: the loss ends at 7,062.43.').waitFor();
    await window.command('notifications.clearAll');
  });

  it('can be cancelled while the cell runs', async () => {
    await window.setting('gdnb.runOnOpen', false);
    frame = await window.openNotebook('long.gdnb');
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
  });
});
