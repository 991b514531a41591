import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Frame, Locator, Page } from 'playwright-core';

import { readNotebook } from '../lesson/sections.ts';
import { EditorWindow } from './window.ts';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

const root = join(import.meta.dirname, '..', '..');
const walkthrough = 'gdnb.gradient-descent-notebook#start';

async function stepsInManifest(): Promise<readonly Step[]> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    contributes: { walkthroughs: { steps: Step[] }[] };
  };
  return manifest.contributes.walkthroughs.flatMap(({ steps }) => steps);
}

describe('the walkthrough', function () {
  this.timeout(120_000);
  let window: EditorWindow;
  let page: Page;
  let steps: readonly Step[];

  before(async () => {
    steps = await stepsInManifest();
    window = await EditorWindow.open({ width: 1300, height: 1000 });
    page = window.page;
    await window.command('workbench.action.closeSidebar');
  });
  after(async () => window.close());

  const open = async (): Promise<void> => {
    await window.command('workbench.action.openWalkthrough', walkthrough);
    await page.locator('.getting-started-step').first().waitFor();
  };
  const stepOf = (index: number) => page.locator('.getting-started-step').nth(index);
  const expand = async (index: number): Promise<void> => {
    if (!(await stepOf(index).getAttribute('class'))?.includes('expanded')) await stepOf(index).click();
  };
  /** Waits until the picture of a step is there, and no other. */
  const untilShown = async (name: string): Promise<void> => {
    const picture = page.locator('.getting-started-media img').first();
    const shown = async () =>
      picture.evaluate((image: HTMLImageElement) => (image.naturalWidth > 0 ? image.currentSrc : ''));
    while (!(await shown()).includes(`${name}.webp`)) await page.waitForTimeout(100);
  };
  const ticks = async (): Promise<boolean[]> =>
    page
      .locator('.getting-started-step')
      .evaluateAll((found) =>
        found.map((step) => step.querySelector('.codicon-getting-started-step-checked') !== null),
      );
  const press = async (button: string) => page.getByRole('button', { name: button, exact: true }).click();
  const untilTicked = async (index: number): Promise<void> => {
    await open();
    while ((await ticks())[index] !== true) await page.waitForTimeout(100);
  };

  it('leads to sections that the lesson has', () => {
    const headings = readNotebook('loss-and-gradient-descent.gdnb').map(({ heading }) => heading);
    const links = steps.flatMap(({ description }) => [
      ...description.matchAll(/gdnb\.openLesson\?([^)]*)\)/g),
    ]);
    assert.equal(links.length, 3);
    for (const [, link = ''] of links) {
      const [, heading] = JSON.parse(decodeURIComponent(link)) as string[];
      assert.ok(headings.includes(heading ?? ''), heading);
    }
  });

  it('has four steps with pictures, and none is done', async () => {
    await open();
    assert.deepEqual(await ticks(), [false, false, false, false]);
    for (const theme of ['light', 'dark'] as const) {
      await window.setTheme(theme);
      for (const [index, { id }] of steps.entries()) {
        await expand(index);
        await untilShown(`${id}-${theme}`);
        await window.screenshot(`walkthrough-${id}-${theme}`);
      }
    }
  });

  it('ticks off the opening of the lesson', async () => {
    await open();
    await expand(0);
    await press('Open the Lesson');
    await window.notebookFrame();
    await untilTicked(0);
    assert.deepEqual(await ticks(), [true, false, false, false]);
  });

  /** Follows the link of a step, and gives the notebook that it leads to once what is looked for is drawn there. */
  const follow = async (index: number, link: string, selector: string): Promise<Frame> => {
    await open();
    await expand(index);
    await press(link);
    const frame = await window.notebookFrame();
    await window.untilRun(); // a figure that is drawn again forgets what was tried in it
    await visible(frame, selector).waitFor();
    return frame;
  };
  /** What is drawn may lie outside of the window, where the pointer cannot reach it. */
  const visible = (frame: Frame, selector: string): Locator =>
    frame.locator(selector).filter({ visible: true }).first();

  it('ticks off another learning rate once the cell has run with it', async () => {
    const frame = await follow(1, 'Go to the First Descent', '.gd-rate .gd-field');
    const field = visible(frame, '.gd-rate .gd-field');
    await field.fill('0.05');
    await field.press('Enter');
    const write = visible(frame, '.gd-try .gd-button:enabled:has-text("Write into cell")');
    await write.dispatchEvent('click');
    await write.waitFor({ state: 'hidden' }); // the cell has run
    await untilTicked(1);
    assert.deepEqual(await ticks(), [true, true, false, false]);
  });

  it('ticks off the question why, asked in the figure too', async () => {
    const frame = await follow(2, 'Go to a Rate That Is Too Large', '.gd-outcome-line button');
    await frame.getByRole('button', { name: 'Why? Diagnose the loss' }).first().dispatchEvent('click');
    await visible(frame, '.gd-diagnosis-title').waitFor();
    await untilTicked(2);
    assert.deepEqual(await ticks(), [true, true, true, false]);
  });

  it('ticks off the questions once one is answered', async () => {
    const frame = await follow(3, 'Go to the Questions', '.gdnb-quiz button');
    await visible(frame, '.gdnb-quiz button').dispatchEvent('click');
    await untilTicked(3);
    assert.deepEqual(await ticks(), [true, true, true, true]);
  });
});
