/**
 * Takes pictures of the figure into artefacts/page/: `npx node test/page/pictures.ts [name ...]`. They are for looking at,
 * and for the front page of the README.
 */
import { housesCell, payloadOf } from '../renderer/cells.ts';
import { Bench } from './page.ts';
import type { FigurePage, PageOptions } from './page.ts';

interface Scene {
  readonly source: string;
  readonly page: PageOptions;
  readonly act?: (figure: FigurePage) => Promise<void>;
}

const map = 'landscape = [w: -50..300, b: -100..150]';

const scenes: Readonly<Record<string, Scene>> = {
  wide: {
    source: housesCell(`learning_rate = 0.2\nsteps = 60\ncheck loss < 7070      # reach the valley\n${map}`),
    page: { theme: 'dark', width: 1200 },
  },
  middle: {
    source: housesCell(`learning_rate = 0.2\nsteps = 60\n${map}`),
    page: { theme: 'light', width: 800 },
  },
  narrow: {
    source: housesCell(`learning_rate = 0.2\nsteps = 60\ncheck loss < 7070\n${map}`),
    page: { theme: 'dark', width: 400 },
  },
  contrast: {
    source: housesCell(`learning_rate = [0.001, 0.1, 0.24]\nsteps = 60\n${map}`),
    page: { theme: 'contrast', width: 1000 },
  },
  contrastLight: {
    source: housesCell(`learning_rate = 0.2\nsteps = 60\n${map}`),
    page: { theme: 'contrastLight', width: 1000 },
  },
  divergence: {
    source: housesCell(`learning_rate = 0.25\nsteps = 60\n${map}`),
    page: { theme: 'light', width: 1200 },
  },
  sweep: {
    source: housesCell(`learning_rate = [0.001, 0.1, 0.2, 0.24]\nsteps = 60\n${map}`),
    page: { theme: 'light', width: 1200 },
  },
  minibatch: {
    source: housesCell('learning_rate = 0.05\nbatch_size = 8\nepochs = 3'),
    page: { theme: 'dark', width: 1200 },
  },
  squares: {
    source: [
      'data = table(x: [1, 2, 3, 4, 5, 6, 7, 8], y: [2, 4, 6, 8, 10, 12, 14, 60])',
      'parameters w = 0',
      'prediction = w * x',
      'loss = [mse(prediction, y), mae(prediction, y)]',
      'learning_rate = [0.01, 0.002]',
      'steps = 600',
    ].join('\n'),
    page: { theme: 'light', width: 1200 },
  },
  trying: {
    source: housesCell(`learning_rate = 0.1\nsteps = 60\n${map}`),
    page: { theme: 'dark', width: 1200 },
    act: async ({ page }) => {
      const field = page.locator('.gd-rate .gd-field');
      await field.fill('0.22');
      await field.press('Enter');
      await page.getByRole('slider', { name: 'Step' }).fill('12');
    },
  },
  surface: {
    source: housesCell(`learning_rate = 0.2\nsteps = 60\n${map}`),
    page: { theme: 'dark', width: 1200 },
    act: async ({ page }) => {
      await page.getByRole('button', { name: '3-D' }).click();
      await page.locator('.gd-surface canvas').first().waitFor();
      await page.waitForTimeout(1500);
    },
  },
};

const wanted = process.argv.slice(2);
const bench = await Bench.start();
try {
  for (const [name, { source, page, act }] of Object.entries(scenes)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const figure = await bench.open({ height: 500, ...page });
    await figure.show(await payloadOf(source));
    await figure.page.locator('.gd-rate .gd-mark').first().waitFor();
    await act?.(figure);
    await figure.photograph(name);
    await figure.close();
  }
} finally {
  await bench.stop();
}
