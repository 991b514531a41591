import assert from 'node:assert/strict';

import { housesCell, payloadOf } from '../renderer/cells.ts';
import { Bench } from './page.ts';

const threeParameters = [
  'parameters x = 3, y = 1, z = -2',
  'loss = x^2 + 4 * y^2 + 0.5 * z^2',
  'learning_rate = 0.1',
  'steps = 30',
].join('\n');

describe('the landscape', function () {
  this.timeout(120_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  it('offers its two axes where there are more parameters, and keeps them apart', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(threeParameters));
    const { page } = figure;
    const across = page.getByRole('combobox', { name: 'Parameter across' });
    const up = page.getByRole('combobox', { name: 'Parameter upwards' });
    assert.deepEqual([await across.inputValue(), await up.inputValue()], ['x', 'y']);
    await up.selectOption('z');
    await page.locator('.gd-view-landscape .ytitle', { hasText: 'z' }).waitFor();
    await across.selectOption('z');
    await page.locator('.gd-view-landscape .xtitle', { hasText: 'z' }).waitFor();
    assert.notEqual(await up.inputValue(), 'z');
    assert.equal(await page.getByRole('textbox', { name: 'Start of z' }).isVisible(), true);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  it('keeps the chosen axes when the cell runs again', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(threeParameters), 'a');
    await figure.page.getByRole('combobox', { name: 'Parameter upwards' }).selectOption('z');
    await figure.page.locator('.gd-view-landscape .ytitle', { hasText: 'z' }).waitFor();
    await figure.page.evaluate(() => {
      window.host.remove('a');
    });
    await figure.show(await payloadOf(threeParameters.replace('0.1', '0.05')), 'b');
    await figure.page.locator('[data-output="b"] .gd-view-landscape .ytitle', { hasText: 'z' }).waitFor();
    await figure.close();
  });

  it('becomes a surface on request where there is WebGL, and a map again', async function () {
    const figure = await bench.open();
    const hasWebGl = await figure.page.evaluate(
      () => document.createElement('canvas').getContext('webgl2') !== null,
    );
    if (!hasWebGl) this.skip();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    await figure.page.getByRole('button', { name: '3-D' }).click();
    await figure.page.locator('.gd-surface canvas').first().waitFor();
    await figure.page.getByRole('button', { name: 'One step back' }).click();
    await figure.settle();
    await figure.photograph('landscape-surface');
    await figure.page.getByRole('button', { name: '3-D' }).click();
    await figure.settle();
    assert.equal(await figure.page.locator('.gd-surface').count(), 0);
    assert.equal(await figure.page.locator('.gd-view-landscape .contourlevel').first().isVisible(), true);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  it('says kindly that a surface needs WebGL where there is none', async () => {
    const figure = await bench.open({ fresh: true });
    await figure.page.evaluate(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    await figure.page.getByRole('button', { name: '3-D' }).click();
    await figure.page.getByText(/needs WebGL, which this window does not have/).waitFor();
    assert.equal(await figure.page.locator('.gd-view-landscape .contourlevel').first().isVisible(), true);
    await figure.close();
  });

  it('shows a path leaving the window, and nothing outside of it', async () => {
    const figure = await bench.open();
    await figure.show(
      await payloadOf(
        housesCell('learning_rate = 0.25\nsteps = 60\nlandscape = [w: -50..300, b: -100..150]'),
      ),
    );
    await figure.settle();
    const places = await figure.page
      .locator('.gd-view-landscape .gd-marks polyline')
      .evaluateAll((lines) =>
        lines.flatMap((line) =>
          (line.getAttribute('points') ?? '').split(' ').map((point) => point.split(',').map(Number)),
        ),
      );
    const box = await figure.page.locator('.gd-view-landscape .gd-plot').boundingBox();
    for (const [x = NaN, y = NaN] of places)
      assert.equal(x >= 0 && x <= (box?.width ?? 0) && y >= 0 && y <= (box?.height ?? 0), true);
    assert.equal(
      (await figure.page.locator('.gd-view-landscape .gd-marks path[transform]').count()) > 0,
      true,
    );
    await figure.close();
  });
});
