import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { encodeNotice } from '../../src/output/index.ts';
import {
  brokenTrainerState,
  logPayloadOf,
  overfittingKerasLog,
  pretrainingLlmcLog,
  pretrainingNanoGptLog,
} from '../renderer/logs.ts';
import { violations } from './axe.ts';
import { Bench } from './page.ts';
import type { FigurePage } from './page.ts';
import type { ThemeName } from './themes.ts';

describe('the figure of a training log', function () {
  this.timeout(120_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  const readings = (figure: FigurePage): Promise<string[]> =>
    figure.page.locator('.gd-reading').allTextContents();

  it('draws loss, gradient norm and learning rate, where the run broke, and what helps', async () => {
    const figure = await bench.open();
    await figure.showLog(await logPayloadOf(brokenTrainerState(), 'trainer_state.json'));
    await figure.settle();
    const { page } = figure;
    assert.equal(
      await figure.text('.gd-outcome'),
      'trainer_state.json: 60 records of the Hugging Face Trainer, steps 10 to 600.',
    );
    for (const name of ['Loss', 'Gradient norm', 'Learning rate'])
      assert.equal(await page.getByRole('group', { name, exact: true }).count(), 1);
    assert.equal((await page.locator('.gd-plot svg.main-svg').count()) >= 3, true);
    assert.equal(await page.locator('.gd-view-gradientnorm .gd-not-finite').count(), 26);
    assert.equal(await page.locator('.gd-moment').count(), 3);
    assert.deepEqual(await readings(figure), [
      'step 350  loss 0',
      'gradient norm NaN',
      'learning rate 0.001',
    ]);
    assert.match(await figure.text('.gd-diagnosis'), /Not finite.*`?learning_rate`?.*max_grad_norm=1\.0/s);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  it('has one cursor for all pictures, which follows the pointer and the keyboard', async () => {
    const figure = await bench.open();
    await figure.showLog(await logPayloadOf(pretrainingLlmcLog(), 'main.log'));
    await figure.settle();
    const { page } = figure;
    assert.match((await readings(figure))[0] ?? '', /^step 499 {2}loss 2\.\d+$/);
    await page.locator('.gd-view-gradientnorm .gd-plot').hover();
    const [loss = '', norm = '', rate = ''] = await readings(figure);
    const step = Number(/^step (\d+) /.exec(loss)?.[1]);
    assert.equal(step > 200 && step < 300, true, loss);
    assert.match(norm, /^gradient norm 0\.\d+$/);
    assert.match(rate, /^learning rate [\de.-]+$/);
    const slider = page.getByRole('slider', { name: 'Record' });
    assert.equal(await slider.inputValue(), String(step));
    await slider.press('Home');
    assert.match((await readings(figure))[0] ?? '', /^step 0 {2}loss 10\.\d+$/);
    assert.match(
      (await slider.getAttribute('aria-valuetext')) ?? '',
      /^step 0, loss 10\.\d+, gradient norm /,
    );
    await figure.close();
  });

  it('is drawn longer in the same place, at the same record', async () => {
    const figure = await bench.open();
    const whole = pretrainingNanoGptLog();
    await figure.showLog(await logPayloadOf(whole.slice(0, whole.indexOf('iter 2000')), 'train.txt'));
    await figure.settle();
    const { page } = figure;
    await page.evaluate(() => document.querySelector('.gd-figure')?.setAttribute('data-same', ''));
    await page.getByRole('slider', { name: 'Record' }).fill('50');
    const [before] = await readings(figure);
    await figure.showLog(await logPayloadOf(whole, 'train.txt'));
    await figure.settle();
    assert.match(await figure.text('.gd-outcome'), /steps 0 to 3,990/);
    assert.equal(await page.locator('.gd-figure[data-same]').count(), 1);
    assert.deepEqual((await readings(figure))[0], before);
    await figure.close();
  });

  it('says how far the reading has come, at first and beside a picture that is there', async () => {
    const figure = await bench.open();
    const payload = await logPayloadOf(pretrainingLlmcLog(), 'main.log');
    const part = { bytes: 45e6, bytesTotal: 100e6 };
    await figure.showLog({ ...payload, ...part, state: 'reading', curves: [] });
    assert.equal(await figure.text('.gd-progress .gd-note'), 'Reading main.log: 45 of 100 MB');
    assert.equal(await figure.page.locator('.gd-log-views').isVisible(), false);
    await figure.showLog(payload);
    const progress = figure.page.locator('.gd-progress');
    assert.equal(await progress.isVisible(), false);
    const tell = (bytes: number): Promise<void> =>
      figure.page.evaluate(
        (message) => {
          window.host.send(message);
        },
        encodeNotice({ type: 'reading', cell: 'cell-1', bytes, bytesTotal: 100e6 }),
      );
    await tell(60e6);
    assert.equal(await progress.isVisible(), true);
    assert.equal(await figure.page.locator('.gd-log-views').isVisible(), true);
    await tell(100e6);
    assert.equal(await progress.isVisible(), false);
    await figure.showLog({ ...payload, ...part, state: 'stopped', curves: [] });
    assert.match(await figure.text('.gd-outcome'), /^Stopped reading main\.log after 45 of 100 MB/);
    await figure.close();
  });

  it('brings one of several curves to the front, with its diagnosis', async () => {
    const figure = await bench.open();
    const rows = Array.from({ length: 30 }, (_, epoch) => `${epoch},${2 * 0.9 ** epoch},${3 * 1.3 ** epoch}`);
    await figure.showLog(await logPayloadOf(`epoch,a_loss,b_loss\n${rows.join('\n')}\n`, 'training.log'));
    await figure.settle();
    assert.match(await figure.text('.gd-diagnosis'), /Healthy/);
    await figure.page.getByRole('radio', { name: /^b_loss/ }).check();
    assert.match(await figure.text('.gd-diagnosis'), /Exploding.*b_loss/s);
    await figure.close();
  });

  it('is saved as one picture, and its numbers are shown and copied', async () => {
    const figure = await bench.open();
    await figure.showLog(await logPayloadOf(overfittingKerasLog(), 'training.log'));
    await figure.settle();
    const { page } = figure;
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save SVG' }).click(),
    ]);
    assert.equal(file.suggestedFilename(), 'training-log.svg');
    const svg = await readFile(await file.path(), 'utf8');
    assert.match(svg, />Loss<[\s\S]*best validation loss[\s\S]*>Learning rate</);
    await page.getByRole('button', { name: 'Numbers' }).click();
    assert.equal(await page.locator('.gd-numbers tbody tr').count(), 40);
    await page.getByRole('button', { name: 'Copy CSV' }).click();
    await page.getByText('Copied.').waitFor();
    await figure.close();
  });

  it('copies what its advice would have put into the program, and keeps the focus there', async () => {
    const figure = await bench.open();
    await figure.showLog(await logPayloadOf(brokenTrainerState(), 'trainer_state.json'));
    await figure.settle();
    const { page } = figure;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copies = page.getByRole('group', { name: 'Diagnosis' }).getByRole('button', { name: /^Copy / });
    const names = await copies.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    assert.ok(names.includes('Copy max_grad_norm=1.0'), names.join());
    const clip = page.getByRole('button', { name: 'Copy max_grad_norm=1.0' });
    await clip.press('Enter');
    await page.getByRole('group', { name: 'Diagnosis' }).getByText('Copied.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'max_grad_norm=1.0');
    await page.setViewportSize({ width: 620, height: 900 });
    await figure.settle();
    assert.equal(await clip.evaluate((button) => button === document.activeElement), true);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  it('shows text of a log as text', async () => {
    const figure = await bench.open();
    const name = '<img src=x onerror=alert(1)>_loss';
    await figure.showLog(await logPayloadOf(`epoch,"${name}",b_loss\n0,3,1\n1,2,1\n2,1,1\n`, '<b>x</b>.log'));
    await figure.settle();
    assert.equal(await figure.page.locator('.gd-figure img, .gd-figure b:text("x")').count(), 0);
    assert.match(await figure.text('.gd-outcome'), /^<b>x<\/b>\.log: /);
    assert.match(await figure.text('.gd-legend'), /<img src=x/);
    await figure.close();
  });

  it('leaves nothing behind when its output goes', async () => {
    const figure = await bench.open();
    await figure.showLog(await logPayloadOf(overfittingKerasLog(), 'training.log'));
    await figure.settle();
    await figure.page.evaluate(() => {
      window.host.dispose('output-1');
    });
    assert.equal(await figure.page.locator('.gd-figure').count(), 0);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  for (const theme of ['dark', 'light', 'contrast', 'contrastLight'] satisfies ThemeName[]) {
    it(`has nothing that axe finds, ${theme}`, async () => {
      const figure = await bench.open({ theme });
      await figure.showLog(await logPayloadOf(brokenTrainerState(), 'trainer_state.json'));
      await figure.page.getByRole('button', { name: 'Numbers' }).click();
      await figure.settle();
      assert.deepEqual(await violations(figure), []);
      await figure.close();
    });
  }

  it('fits into 400 pixels, with nothing that axe finds', async () => {
    const figure = await bench.open({ width: 400, deviceScaleFactor: 2 });
    await figure.showLog(await logPayloadOf(overfittingKerasLog(), 'training.log'));
    await figure.settle();
    assert.deepEqual(await violations(figure), []);
    const overflow = await figure.page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    assert.equal(overflow <= 0, true);
    await figure.close();
  });
});
