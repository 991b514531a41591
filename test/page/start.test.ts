import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { Browser, Page } from 'playwright-core';

import { startBrowser } from '../host/browser.ts';

const program = join(import.meta.dirname, '..', 'host', 'start.ts');

describe('npm start', () => {
  let start: ChildProcess;
  let address: URL;
  let browser: Browser;

  before(async () => {
    start = spawn(process.execPath, [program, '--browser'], { stdio: ['ignore', 'pipe', 'inherit'] });
    address = await printedAddress(start);
    browser = await startBrowser();
  });
  after(async () => {
    start.kill('SIGKILL');
    await browser.close();
  });

  it('serves this machine only, and only those who know the address', async () => {
    assert.equal(address.hostname, '127.0.0.1');
    assert.match(address.searchParams.get('tkn') ?? '', /^[0-9a-f]{32}$/);
    const response = await fetch(address.origin, { redirect: 'manual' });
    assert.equal(response.status, 403);
  });

  it('opens the lesson as a notebook with its figure, in a fresh profile and after a reload', async () => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1100 } });
    await page.goto(address.href);
    await untilFigure(page);
    await page.screenshot({ path: join('artefacts', 'screenshots', 'npm-start.png') });
    await page.reload();
    await untilInNotebook(page, '#container > *');
    assert.equal(await page.locator('.tab').count(), 1);
    await page.close();
  });

  it('ends everything with Ctrl+C', async () => {
    const exited = once(start, 'exit');
    start.kill('SIGINT');
    assert.deepEqual(await exited, [130, null]);
    await assert.rejects(fetch(address.origin));
  });
});

async function printedAddress(start: ChildProcess): Promise<URL> {
  if (start.stdout === null) throw new Error('npm start has no output.');
  for await (const line of createInterface({ input: start.stdout })) {
    const found = /http:\S+/.exec(line)?.[0];
    if (found !== undefined) return new URL(found);
  }
  throw new Error('npm start ended without an address.');
}

/** Scrolls to the first cell and waits for its figure. */
async function untilFigure(page: Page): Promise<void> {
  await untilInNotebook(page, '#container > *');
  await page.mouse.move(900, 600);
  while ((await topOfFirstCell(page)) > 500) {
    await page.mouse.wheel(0, 200);
    await page.waitForTimeout(500);
  }
  await untilInNotebook(page, '.gd-plot svg.main-svg');
}

/** How far down the window the first cell with code is; infinite while it is too far down to be drawn. */
async function topOfFirstCell(page: Page): Promise<number> {
  const cells = page.locator('.notebook-editor .code-cell-row');
  const tops = await cells.evaluateAll((found) => found.map((cell) => cell.getBoundingClientRect().top));
  return Math.min(...tops);
}

/** Waits until the notebook's own document has such an element. */
async function untilInNotebook(page: Page, selector: string): Promise<void> {
  const isThere = async () => {
    for (const frame of page.frames()) {
      if (frame.parentFrame()?.url().includes('purpose=notebookRenderer') !== true) continue;
      if (
        (await frame
          .locator(selector)
          .count()
          .catch(() => 0)) > 0
      )
        return true; // a frame may go away
    }
    return false;
  };
  while (!(await isThere())) await page.waitForTimeout(200);
}
