import assert from 'node:assert/strict';

import { payloadOf } from '../renderer/cells.ts';
import { Bench } from './page.ts';
import { housesPayload, housesRun } from './payloads.ts';

describe('the figure', function () {
  this.timeout(120_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  it('draws the loss, the landscape and the fit, and says how the run went', async () => {
    const figure = await bench.open();
    await figure.show(housesPayload([housesRun(0.1, 60)]));
    await figure.settle();
    const { page } = figure;
    assert.equal((await page.locator('.gd-plot svg.main-svg').count()) >= 3, true);
    for (const name of ['Loss', 'Landscape', 'Fit'])
      assert.equal(await page.getByRole('group', { name }).count(), 1);
    assert.equal((await page.locator('.gd-view-landscape .contourlevel').count()) > 8, true);
    assert.equal(await page.locator('.gd-view-fit .scatterlayer path.point').count(), 932);
    assert.match(
      (await page.locator('.gd-outcome').textContent()) ?? '',
      /fell from 78,018 to 7,078\.1 in 60 steps/,
    );
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  it('draws a loss that is known at a single step as a dot, also while a slider moves', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf('parameters w = 1\nloss = sqrt(w)\nlearning_rate = 10\nsteps = 5'));
    await figure.settle();
    assert.equal(await figure.page.locator('.gd-view-loss .scatterlayer path.point').count(), 1);
    const slider = figure.page.getByRole('slider', { name: 'Learning rate' });
    const points = await slider.evaluate(async (input: HTMLInputElement) => {
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      input.valueAsNumber += 1e-3;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      await frame();
      const line = document.querySelector('.gd-view-loss .gd-live .gd-marks polyline');
      return line?.getAttribute('points')?.split(' ') ?? [];
    });
    assert.equal(points.length, 2);
    assert.equal(points[0], points[1]);
    await figure.close();
  });

  it('keeps Plotly for the first figure that draws', async () => {
    const figure = await bench.open({ fresh: true });
    const loaded = (): Promise<boolean> =>
      figure.page.evaluate(() =>
        performance.getEntriesByType('resource').some(({ name }) => name.endsWith('plotly.js')),
      );
    assert.equal(await loaded(), false);
    await figure.show(housesPayload([housesRun(0.1, 5)]));
    assert.equal(await loaded(), true);
    await figure.close();
  });

  it('takes its height before Plotly paints', async () => {
    const figure = await bench.open();
    const heights = await figure.page.evaluate(
      async (text) => {
        const done = window.host.show('output-1', text);
        const height = (): number => document.querySelector('.gd-figure')?.clientHeight ?? 0;
        const early = height();
        await done;
        return [early, height()];
      },
      (await import('../../src/output/index.ts')).encodePayload(housesPayload([housesRun(0.1, 5)])),
    );
    assert.equal(heights[0], heights[1]);
    assert.equal((heights[0] ?? 0) > 250, true);
    await figure.close();
  });

  it('shows what cannot be read as a message that says what to do', async () => {
    const figure = await bench.open();
    await figure.showText('{"version": 99, "runs": []}');
    assert.match((await figure.page.locator('#container').textContent()) ?? '', /run the cell again/);
    await figure.close();
  });

  it('follows the width of its pane', async () => {
    const figure = await bench.open({ width: 1200 });
    await figure.show(housesPayload([housesRun(0.1, 60)]));
    const columns = (): Promise<number> =>
      figure.page.evaluate(
        () =>
          new Set([...document.querySelectorAll('.gd-view')].map((view) => view.getBoundingClientRect().left))
            .size,
      );
    assert.equal(await columns(), 3);
    for (const [width, expected] of [
      [800, 2],
      [400, 1],
    ] as const) {
      await figure.page.setViewportSize({ width, height: 900 });
      await figure.settle();
      await figure.settle();
      assert.equal(await columns(), expected);
      const overflow = await figure.page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      assert.equal(overflow <= 0, true);
      const drawn = await figure.page.locator('.gd-view-loss .main-svg').first().boundingBox();
      const room = await figure.page.locator('.gd-view-loss .gd-plot').boundingBox();
      assert.equal(Math.round(drawn?.width ?? 0), Math.round(room?.width ?? 1));
    }
    await figure.close();
  });

  it('takes the colours of a new theme at once', async () => {
    const figure = await bench.open({ theme: 'dark' });
    await figure.show(housesPayload([housesRun(0.1, 60)]));
    const ink = (): Promise<string> =>
      figure.page
        .locator('.gd-view-loss .xtick text')
        .first()
        .evaluate((text) => getComputedStyle(text).fill);
    const dark = await ink();
    await figure.setTheme('light');
    await figure.settle();
    assert.notEqual(await ink(), dark);
    await figure.close();
  });

  it('keeps plain keys from the notebook and leaves it those with a modifier', async () => {
    const figure = await bench.open();
    await figure.show(housesPayload([housesRun(0.1, 60)]));
    const keys = await figure.page.evaluate(() => {
      const target = document.querySelector('.gd-views');
      for (const init of [
        { key: 'Delete' },
        { key: 'ArrowDown' },
        { key: 's', ctrlKey: true },
        { key: 'Escape' },
      ]) {
        target?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true }));
      }
      return window.host.keys;
    });
    assert.deepEqual(keys, ['s', 'Escape']);
    await figure.close();
  });
});
