import assert from 'node:assert/strict';

import { breakEven } from '../../src/kernel/wasm/row-code.ts';
import { toCsv } from '../../src/renderer/csv.ts';
import { countWasmCalls } from '../kernel/wasm/count-calls.ts';
import { housesCell, runsOf } from '../renderer/cells.ts';
import { EditorWindow } from './window.ts';

/** Two million rows in all: loops that are worth WebAssembly. */
const source = housesCell('learning_rate = 0.1\nsteps = 2000');

/** What "Copy CSV" gives for a cell that runs as JavaScript, here in Node. */
function csvAsScript(cell: string): string {
  const usual = breakEven.rows;
  breakEven.rows = Infinity;
  try {
    return toCsv(runsOf(cell));
  } finally {
    breakEven.rows = usual;
  }
}

describe('WebAssembly in the figure in a window of VS Code', function () {
  this.timeout(300_000);
  let editor: EditorWindow;

  afterEach(async () => editor.close());

  for (const [policy, isStrict] of [
    ['VS Code’s usual policy', false],
    ['its strictest policy', true],
  ] as const) {
    it(`takes over the rate that is tried, with the same bits, under ${policy} for scripts`, async () => {
      const settings = { 'notebook.experimental.enableCsp': isStrict };
      const files = { 'one.gdnb': '```gd\n' + source + '\n```\n' };
      editor = await EditorWindow.open({ files, settings, width: 1400, height: 1100 });
      const frame = await editor.openNotebook('one.gdnb');
      await editor.untilRun();
      await frame.locator('.gd-plot svg.main-svg').first().waitFor();
      assert.equal((await frame.locator('meta[http-equiv=Content-Security-Policy]').count()) > 0, isStrict);
      await frame.evaluate(countWasmCalls);
      await frame.evaluate(() => {
        const clipboard = { writeText: (text: string) => Promise.resolve(void (window.name = text)) };
        Object.defineProperty(navigator, 'clipboard', { value: clipboard });
      });
      const field = frame.locator('.gd-rate .gd-field');
      await field.fill('0.05');
      await field.press('Enter');
      await frame.locator('.gd-try:has(button:enabled) [role=status]:empty').waitFor({ state: 'attached' });
      await frame.getByRole('button', { name: 'Copy CSV' }).click();
      await frame.getByText('Copied.').waitFor();
      assert.ok((await frame.evaluate(() => wasmCalls['f0'] ?? 0)) > 0);
      assert.equal(await frame.evaluate(() => window.name), csvAsScript(source.replace('0.1', '0.05')));
    });
  }
});
