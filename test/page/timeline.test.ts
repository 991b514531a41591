import assert from 'node:assert/strict';

import { housesCell, payloadOf } from '../renderer/cells.ts';
import { Bench } from './page.ts';
import type { FigurePage } from './page.ts';

describe('the timeline', function () {
  this.timeout(120_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  const marks = (figure: FigurePage): Promise<string[]> =>
    figure.page.evaluate(() => {
      const last = (selector: string): Element | undefined => [...document.querySelectorAll(selector)].at(-1);
      const at = (element: Element | undefined, names: string[]): string =>
        names.map((name) => element?.getAttribute(name)).join(' ');
      return [
        at(last('.gd-view-loss .gd-marks circle'), ['cx', 'cy']),
        at(last('.gd-view-landscape .gd-marks circle'), ['cx', 'cy']),
        at(last('.gd-view-fit .gd-marks polyline'), ['points']),
      ];
    });

  it('moves all pictures, and nothing but their marks', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.2\nsteps = 60')));
    const atEnd = await marks(figure);
    await figure.page.evaluate(() => {
      const observer = new MutationObserver((records) => {
        document.body.dataset['drawn'] = String(Number(document.body.dataset['drawn'] ?? 0) + records.length);
      });
      for (const base of document.querySelectorAll('.gd-base'))
        observer.observe(base, { subtree: true, childList: true });
    });
    await figure.page.getByRole('button', { name: 'First step' }).click();
    await figure.settle();
    const atStart = await marks(figure);
    atStart.forEach((place, index) => {
      assert.notEqual(place, atEnd[index]);
    });
    assert.equal(await figure.page.evaluate(() => document.body.dataset['drawn']), undefined);
    await figure.page.getByRole('button', { name: 'Last step' }).click();
    await figure.settle();
    assert.deepEqual(await marks(figure), atEnd);
    assert.deepEqual(await figure.posted(), []);
    await figure.close();
  });

  it('steps, plays, pauses and scrubs', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.2\nsteps = 60')));
    const { page } = figure;
    const step = async (): Promise<string> => {
      await figure.settle();
      return figure.text('.gd-step');
    };
    assert.equal(await step(), 'step 60 of 60');
    await page.getByRole('button', { name: 'One step back' }).click();
    assert.equal(await step(), 'step 59 of 60');
    await page.getByRole('button', { name: 'First step' }).click();
    await page.getByRole('button', { name: 'One step forward' }).click();
    assert.equal(await step(), 'step 1 of 60');
    await page.getByRole('slider', { name: 'Step' }).fill('30');
    assert.equal(await step(), 'step 30 of 60');
    assert.match(
      (await page.getByRole('slider', { name: 'Step' }).getAttribute('aria-valuetext')) ?? '',
      /^step 30 of 60 steps, loss 7,/,
    );
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('0.25');
    await page.getByRole('button', { name: 'Last step' }).click();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    assert.notEqual(await step(), 'step 60 of 60');
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('4');
    await page.getByRole('button', { name: 'Play' }).waitFor();
    assert.equal(await step(), 'step 60 of 60');
    await figure.close();
  });

  it('listens to the keys of its tooltips wherever the focus is in the figure', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.2\nsteps = 60')));
    const { page } = figure;
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('0.25');
    await page.locator('.gd-view-loss .gd-plot').click();
    const after = async (key: string): Promise<string> => {
      await page.keyboard.press(key);
      await figure.settle();
      return figure.text('.gd-step');
    };
    assert.equal(await after('Home'), 'step 0 of 60');
    assert.equal(await after('ArrowRight'), 'step 1 of 60');
    assert.equal(await after('End'), 'step 60 of 60');
    assert.equal(await after('ArrowLeft'), 'step 59 of 60');
    assert.equal(await after('Home'), 'step 0 of 60');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press('Space');
    const titles = await page
      .locator('.gd-buttons button')
      .evaluateAll((all) => all.map((each) => each.getAttribute('title')));
    assert.deepEqual(titles, [
      'First step (Home)',
      'One step back (←)',
      'Play (Space)',
      'One step forward (→)',
      'Last step (End)',
    ]);
    await page.locator('.gd-rate .gd-field').focus();
    const before = await figure.text('.gd-step');
    assert.equal(await after('Home'), before);
    await figure.close();
  });

  it('shows the arithmetic of the step with its real numbers', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    await figure.page.getByRole('slider', { name: 'Step' }).fill('2');
    await figure.settle();
    const rows = await figure.page.locator('.gd-step-table tr').evaluateAll((all) =>
      all.map((row) =>
        [...row.children]
          .map((cell) => cell.textContent)
          .join(' ')
          .replace(/ +/g, ' ')
          .trim(),
      ),
    );
    assert.equal(rows[0], 'parameter before learning rate gradient after');
    assert.match(rows[1] ?? '', /^w [\d.]+ − 0\.1 × \(?−?[\d.,]+\)? = [\d.]+$/);
    assert.match(rows[2] ?? '', /^b /);
    await figure.close();
  });

  it('hops instead of gliding for those who asked for less motion', async () => {
    const figure = await bench.open({ reducedMotion: true });
    await figure.show(await payloadOf(housesCell('learning_rate = 0.2\nsteps = 600')));
    const seen = await figure.page.evaluate(async () => {
      const step = (): number => parseInt(document.querySelector('.gd-step')?.textContent.slice(5) ?? '', 10);
      document.querySelector<HTMLButtonElement>('[data-action="play"]')?.click();
      const steps = new Set<number>();
      while (steps.size < 4) {
        await new Promise(requestAnimationFrame);
        steps.add(step());
      }
      return [...steps];
    });
    const hop = 50; // half a second of a run of 600 steps in six
    assert.deepEqual(
      seen.filter((step) => step % hop !== 0),
      [],
    );
    await figure.close();
  });
});
