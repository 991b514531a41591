import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Frame } from 'playwright-core';

import { housesCell } from '../renderer/cells.ts';
import { EditorWindow } from './window.ts';

const houses = join(import.meta.dirname, '..', '..', 'notebooks', 'houses.csv');
const source = housesCell('learning_rate = 0.25     # too high\nsteps = 60');

describe('diagnosing a loss in a window of VS Code', function () {
  this.timeout(300_000);
  let folder: string;
  let window: EditorWindow;
  let frame: Frame;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gdnb-diagnosing-'));
    await cp(houses, join(folder, 'houses.csv'));
    await writeFile(join(folder, 'one.gdnb'), '# Too large\n\n```gd\n' + source + '\n```\n');
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
  const told = (text: string) => window.page.locator('.notification-list-item', { hasText: text });

  it('says why in a card, in the text and in a notification', async () => {
    await frame.getByRole('button', { name: 'Why? Diagnose the loss' }).click();
    await frame.locator('.gd-diagnosis-title', { hasText: 'Exploding' }).waitFor();
    await told('Exploding: the learning rate 0.25 is 1.06 times the limit 0.2366.').waitFor();
    await window.page.locator('.squiggly-warning').first().waitFor();
    await window.screenshot('diagnosis');
  });

  it('makes the fix of the card, says that it cured the run, and undo takes it back', async () => {
    await frame.getByRole('button', { name: 'learning_rate = 0.213: change the cell and run it' }).click();
    await told('Cured: the loss ends at 7,062.43.').waitFor();
    await frame.locator('.gd-diagnosis-title', { hasText: 'Settled' }).waitFor();
    await untilText(source.replace('0.25', '0.213'));
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
});
