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
    await untilFigure(page);
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

async function untilFigure(page: Page): Promise<void> {
  const drawn = async () => {
    for (const frame of page.frames()) {
      if (
        (await frame
          .locator('.gd-plot svg.main-svg')
          .count()
          .catch(() => 0)) > 0
      )
        return true;
    }
    return false;
  };
  while (!(await drawn())) await page.waitForTimeout(100);
}
