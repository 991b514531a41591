import assert from 'node:assert/strict';
import { appendFile, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Page } from 'playwright-core';

import { EditorWindow } from './window.ts';

const root = join(import.meta.dirname, '..', '..');
const lesson = 'loss-and-gradient-descent.gdnb';
const folderName = 'gradient-descent-lessons';
const kept = 'loss-and-gradient-descent (mine).gdnb';

/** An installed extension whose lessons an update can change. */
async function installedExtension(scratch: string): Promise<string> {
  const extension = join(scratch, 'extension');
  await mkdir(extension);
  for (const name of ['package.json', 'dist', 'media', 'notebooks']) {
    await cp(join(root, name), join(extension, name), { recursive: true });
  }
  return extension;
}

describe('the lessons of a person', function () {
  this.timeout(300_000);
  let scratch: string;
  let extension: string;
  let window: EditorWindow;
  let page: Page;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'gdnb-lessons-'));
    extension = await installedExtension(scratch);
    window = await EditorWindow.open({ extension, settings: { 'gdnb.runOnOpen': false } });
    page = window.page;
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.screenshot('lessons-failed');
  });
  after(async () => {
    await window.close();
    await rm(scratch, { recursive: true, force: true });
  });

  const bundled = async () => readFile(join(extension, 'notebooks', lesson), 'utf8');
  const pathOfNotebook = async () => (await window.notebook())?.path;
  const notification = (text: string) => page.locator('.notification-toast', { hasText: text });
  const answer = async (button: string) =>
    page.locator('.monaco-dialog-box').getByRole('button', { name: button }).click();
  it('are copied to a folder that they choose, with what they made of them', async () => {
    await window.command('gdnb.openLesson');
    const first = await pathOfNotebook();
    assert.match(first ?? '', /globalStorage.*\/lessons\//);
    await appendFile(first ?? '', '\nMine.\n');
    await mkdir(join(scratch, 'chosen'));
    const copying = window.command('gdnb.copyLessons');
    await window.choosePath(join(scratch, 'chosen'));
    await copying;
    await notification('Your lessons are in').waitFor();
    await window.screenshot('lessons-in-folder');
    const copy = join(scratch, 'chosen', folderName, lesson);
    assert.equal(await pathOfNotebook(), copy);
    assert.equal(await readFile(copy, 'utf8'), `${await bundled()}\nMine.\n`);
  });

  it('are asked for when their folder is gone, and taken from where they are now as they are', async () => {
    await window.command('workbench.action.closeAllEditors');
    const moved = join(scratch, 'moved');
    await rename(join(scratch, 'chosen'), moved);
    const opening = window.command('gdnb.openLesson');
    await page.locator('.monaco-dialog-box', { hasText: 'no longer in' }).waitFor();
    await window.screenshot('lessons-gone');
    await answer('Choose a Folder...');
    await window.choosePath(moved);
    await opening;
    const copy = join(moved, folderName, lesson);
    assert.equal(await pathOfNotebook(), copy);
    assert.match(await readFile(copy, 'utf8'), /\nMine\.\n$/);
  });

  it('are restored when that is confirmed, and what they were is kept', async () => {
    const copy = await pathOfNotebook();
    assert.ok(copy);
    const mine = await readFile(copy, 'utf8');
    const restoring = window.command('gdnb.restoreLesson');
    await page.locator('.monaco-dialog-box', { hasText: 'Restore' }).waitFor();
    await window.screenshot('lessons-restore');
    await answer('Restore');
    await restoring;
    assert.equal(await readFile(copy, 'utf8'), await bundled());
    assert.equal(await readFile(join(dirname(copy), kept), 'utf8'), mine);
    await notification(kept).waitFor();
    await window.command('notifications.clearAll');
    await window.command('gdnb.restoreLesson');
    await notification('nothing to restore').waitFor();
  });

  it('are compared with what an update brings: taken when that is wished, kept beside it', async () => {
    const copy = await pathOfNotebook();
    assert.ok(copy);
    const mine = `${await bundled()}\nMine again.\n`;
    await window.command('workbench.action.closeAllEditors');
    await writeFile(copy, mine);
    const newer = `${await bundled()}\nWhat came with the update.\n`;
    await writeFile(join(extension, 'notebooks', lesson), newer);
    await appendFile(join(extension, 'notebooks', 'language.gdnb'), '\nNewer.\n');
    await window.reload();
    await window.command('gdnb.openLesson');
    await notification('"The gd language" came anew').waitFor();
    const question = notification('A newer "Loss and gradient descent" came');
    await question.waitFor();
    await window.screenshot('lessons-newer');
    assert.equal(await readFile(copy, 'utf8'), mine);
    assert.match(await readFile(join(dirname(copy), 'language.gdnb'), 'utf8'), /\nNewer\.\n$/);
    await question.getByRole('button', { name: 'Take the New One' }).click();
    const keptAgain = 'loss-and-gradient-descent (mine 2).gdnb';
    await notification(keptAgain).waitFor();
    assert.equal(await readFile(copy, 'utf8'), newer);
    assert.equal(await readFile(join(dirname(copy), keptAgain), 'utf8'), mine);
  });

  it('cannot be copied where nobody may write, and that is said', async () => {
    const copying = window.command('gdnb.copyLessons');
    await window.choosePath('/proc');
    await copying;
    await notification('The lessons could not be copied').waitFor();
    await window.screenshot('lessons-refused');
  });

  it('are found by another window', async () => {
    await window.command('gdnb.openLesson');
    const copy = await pathOfNotebook();
    await window.command('workbench.action.closeAllEditors');
    const storageState = await page.context().storageState();
    const context = await page.context().browser()?.newContext({ storageState });
    assert.ok(context);
    const other = await context.newPage();
    await other.goto(page.url());
    await other.locator('.monaco-workbench .activitybar').waitFor();
    // Once its extensions run, the window that was opened last is the one that is asked.
    while ((await other.locator('.tab').count()) === 0) {
      await window.command('gdnb.openLesson');
      await other.waitForTimeout(500);
    }
    assert.equal(await pathOfNotebook(), copy);
    await context.close();
  });
});
