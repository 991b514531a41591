import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';

import { startBrowser } from '../host/browser.ts';
import { readCases } from '../reference/cases.ts';
import { breakEven } from '../../src/kernel/wasm/row-code.ts';
import { digestAll, type Digests } from './same-bits.ts';

const root = join(import.meta.dirname, '..', '..');

/** Every kind of update, model, precision, chance and schedule. */
const cells = [
  ...readCases('trajectories.json').map(({ cell }) => cell),
  ...readCases('overflow.json').map(({ cell }) => cell),
  'parameters a = [0.5, 1, 2], b = normal(0, 1)\nloss = a^1.5 + sin(a * b)^2 + log(1 + tan(b)^2) + softplus(a)\nlearning_rate = 0.01\nsteps = 200',
];

/** After how many rows loops become WebAssembly. */
const machines = [
  ['JavaScript', Infinity],
  ['WebAssembly', 0],
] as const;

const usual = breakEven.rows;

describe('the kernel', () => {
  let browser: Browser;
  let page: Page;
  let csv: string;
  let here: Digests;

  before(async () => {
    browser = await startBrowser();
    page = await browser.newPage();
    const { outputFiles } = await build({
      entryPoints: [join(root, 'test', 'page', 'same-bits.ts')],
      bundle: true,
      format: 'iife',
      write: false,
    });
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    await page.evaluate((text) => {
      window.name = text;
    }, outputFiles[0]?.text ?? '');
    csv = await readFile(join(root, 'notebooks', 'houses.csv'), 'utf8');
    here = await digestAll(cells, csv, Infinity);
  });
  after(async () => browser.close());

  it('gives the same runs at once and giving way', () => {
    for (const { atOnce, givingWay } of here.runs) assert.equal(givingWay, atOnce);
  });

  for (const [machine, rows] of machines) {
    it(`gives the same bits in a page as ${machine} as in Node as JavaScript`, async () => {
      const given = [cells, csv, rows] as const;
      const there = await page.evaluate(async ([texts, data, from]) => digestAll(texts, data, from), given);
      assert.deepEqual(there, here);
    });
  }

  it('gives the same bits in a web worker, changing over to WebAssembly where it pays', async () => {
    const there = await page.evaluate(
      async ([texts, data, from]) => {
        const script = `${window.name}; onmessage = async ({ data }) => postMessage(await digestAll(...data));`;
        const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
        const answer = new Promise<unknown>((resolve, reject) => {
          worker.onmessage = ({ data: digests }) => {
            resolve(digests);
          };
          worker.onerror = ({ message }) => {
            reject(new Error(message));
          };
        });
        worker.postMessage([texts, data, from]);
        return answer.finally(() => {
          worker.terminate();
        });
      },
      [cells, csv, usual] as const,
    );
    assert.deepEqual(there, here);
  });
});
