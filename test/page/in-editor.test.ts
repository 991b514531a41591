import assert from 'node:assert/strict';

import type { Frame } from 'playwright-core';

import { housesCell } from '../renderer/cells.ts';
import { EditorWindow } from './window.ts';

const source = housesCell('learning_rate = 0.1     # try 0.2\nsteps = 60');

describe('the figure in a window of VS Code', function () {
  this.timeout(300_000);
  let window: EditorWindow;
  let frame: Frame;

  before(async () => {
    const files = { 'one.gdnb': '```gd\n' + source + '\n```\n' };
    window = await EditorWindow.open({ files, width: 1400, height: 1100 });
    frame = await window.openNotebook('one.gdnb');
    await window.untilRun();
    await frame.locator('.gd-plot svg.main-svg').first().waitFor();
  });

  after(async () => window.close());

  it('saves its picture', async () => {
    const [file] = await Promise.all([
      window.page.waitForEvent('download'),
      frame.getByRole('button', { name: 'Save PNG' }).click(),
    ]);
    assert.equal(file.suggestedFilename(), 'gradient-descent.png');
  });

  it('copies its numbers', async () => {
    await frame.getByRole('button', { name: 'Copy CSV' }).click();
    await frame.getByText('Copied.').waitFor();
  });

  it('writes a rate into the cell, which runs again, and undo brings the old one back', async () => {
    const field = frame.locator('.gd-rate .gd-field');
    await field.fill('0.25');
    await field.press('Enter');
    await frame.locator('.gd-outcome', { hasText: 'Exploding' }).waitFor();
    await frame.getByRole('button', { name: 'Write into cell' }).click();
    await frame
      .locator('.gd-figure:has(.gd-try button:disabled) .gd-outcome', { hasText: 'Exploding' })
      .waitFor();
    await window.untilText(0, source.replace('0.1  ', '0.25  '));
    await window.undo();
    await window.untilText(0, source);
  });
});
