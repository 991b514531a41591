import assert from 'node:assert/strict';

import { housesCell, payloadOf } from '../renderer/cells.ts';
import { violations } from './axe.ts';
import { Bench } from './page.ts';
import type { ThemeName } from './themes.ts';

describe('the figure for everybody', function () {
  this.timeout(120_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  const source = housesCell('learning_rate = [0.05, 0.25]\nbatch_size = 32\nepochs = 2\ncheck loss < 7100');

  for (const theme of ['dark', 'light', 'contrast', 'contrastLight'] satisfies ThemeName[]) {
    it(`has nothing that axe finds, ${theme}`, async () => {
      const figure = await bench.open({ theme });
      await figure.show(await payloadOf(source));
      await figure.page.getByRole('button', { name: 'Numbers' }).click();
      const field = figure.page.locator('.gd-rate .gd-field');
      await field.fill('0.1');
      await field.press('Enter');
      await figure.settle();
      assert.deepEqual(await violations(figure), []);
      await figure.close();
    });
  }

  it('has the browser draw its own controls for the theme', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(source));
    for (const [theme, scheme] of [
      ['dark', 'dark'],
      ['light', 'light'],
      ['contrast', 'dark'],
      ['contrastLight', 'light'],
    ] as const) {
      await figure.setTheme(theme);
      const radio = figure.page.locator('.gd-legend-item input').first();
      assert.equal(await radio.evaluate((input) => getComputedStyle(input).colorScheme), scheme, theme);
    }
    await figure.close();
  });

  it('has nothing that axe finds at 400 pixels, which is also a wide pane at 200 %', async () => {
    const figure = await bench.open({ width: 400, deviceScaleFactor: 2 });
    await figure.show(await payloadOf(source));
    await figure.settle();
    assert.deepEqual(await violations(figure), []);
    const wide = await figure.page.evaluate(() => {
      const edge = document.querySelector('.gd-figure')?.getBoundingClientRect().right ?? 0;
      return [...document.querySelectorAll('.gd-figure button, .gd-figure input, .gd-figure select')]
        .filter((control) => control.checkVisibility() && control.getBoundingClientRect().right > edge + 1)
        .map((control) => control.outerHTML);
    });
    assert.deepEqual(wide, []);
    await figure.close();
  });

  it('names every control, and reaches each by the keyboard', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const { page } = figure;
    await page.locator('.gd-rate .gd-mark').first().waitFor();
    const expected = await page.evaluate(
      () =>
        [
          ...document.querySelectorAll<HTMLElement & { disabled?: boolean }>(
            '.gd-figure button, .gd-figure select, .gd-figure input',
          ),
        ].filter(
          (control) =>
            control.checkVisibility() &&
            control.disabled !== true &&
            !(control instanceof HTMLInputElement && control.type === 'radio' && !control.checked),
        ).length,
    );
    const reached = new Set<string>();
    for (let press = 0; press < expected + 5; press += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const { activeElement } = document;
        if (!activeElement?.closest('.gd-figure')) return '';
        const label = activeElement.getAttribute('aria-label') ?? activeElement.closest('label')?.textContent;
        return `${activeElement.tagName} ${label ?? activeElement.textContent}`;
      });
      if (name !== '') reached.add(name);
    }
    assert.equal(reached.size, expected);
    await figure.close();
  });

  it('says in words what each picture shows', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const words = (name: string): Promise<string | null> =>
      figure.page.getByRole('group', { name }).getByRole('img').getAttribute('aria-label');
    assert.match((await words('Loss')) ?? '', /78,018 at the start, 7,078\.1 at step 60/);
    assert.match(
      (await words('Landscape')) ?? '',
      /path goes from w = 0, b = 0 to w = 133\.3, b = 23\.939\. The loss is lowest near w = 138\.55/,
    );
    assert.match((await words('Fit')) ?? '', /932 examples over size/);
    await figure.close();
  });

  it('says what lies under the pointer', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    for (const [view, pattern] of [
      ['loss', /^step \d+ {2}loss [\d,.]+$/],
      ['landscape', /^w [\d.−]+ {2}b [\d.−]+ {2}loss [\d,.e]+$/],
      ['fit', /^size [\d.]+ {2}value [\d.,−]+$/],
    ] as const) {
      await figure.page.locator(`.gd-view-${view} .gd-plot`).hover();
      assert.match(await figure.text(`.gd-view-${view} .gd-reading`), pattern);
    }
    await figure.close();
  });
});
