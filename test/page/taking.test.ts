import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';

import { housesCell, payloadOf } from '../renderer/cells.ts';
import { Bench } from './page.ts';
import type { FigurePage } from './page.ts';

describe('taking the figure away', function () {
  this.timeout(120_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  const save = async (figure: FigurePage, name: string): Promise<{ name: string; bytes: Buffer }> => {
    const [file] = await Promise.all([
      figure.page.waitForEvent('download'),
      figure.page.getByRole('button', { name }).click(),
    ]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };

  it('saves one SVG of all pictures with their marks, under the editor’s strictest security policy', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const { name, bytes } = await save(figure, 'Save SVG');
    assert.equal(name, 'gradient-descent.svg');
    const counts = await figure.page.evaluate((text) => {
      const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        wrong: picture.querySelectorAll('parsererror').length,
        pictures: picture.documentElement.querySelectorAll(':scope > svg').length,
        contours: picture.querySelectorAll('.contourlevel').length,
        paths: picture.querySelectorAll('polyline').length,
        titles: [...picture.querySelectorAll(':scope > text')].map((title) => title.textContent),
      };
    }, bytes.toString('utf8'));
    assert.equal(counts.wrong, 0);
    assert.equal(counts.pictures, 3);
    assert.equal(counts.contours > 8 && counts.paths > 2, true);
    assert.deepEqual(counts.titles, ['Loss', 'Landscape', 'Fit']);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  it('saves a PNG that has something in it', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const { name, bytes } = await save(figure, 'Save PNG');
    assert.equal(name, 'gradient-descent.png');
    const image = await figure.page.evaluate(async (base64) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${base64}`;
      await picture.decode();
      const canvas = Object.assign(document.createElement('canvas'), {
        width: picture.width,
        height: picture.height,
      });
      const context = canvas.getContext('2d');
      context?.drawImage(picture, 0, 0);
      const data = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const colours = new Set<number>();
      for (let at = 0; at < data.length; at += 4)
        colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
      return { width: picture.width, colours: colours.size };
    }, bytes.toString('base64'));
    assert.equal(image.width > 1000 && image.colours > 100, true);
    await figure.close();
  });

  it('copies the numbers as CSV', async () => {
    const figure = await bench.open({ fresh: true });
    await figure.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    await figure.page.getByRole('button', { name: 'Copy CSV' }).click();
    await figure.page.getByText('Copied.').waitFor();
    const text = await figure.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(Papa.parse(text, { header: true, skipEmptyLines: true }).data.length, 61);
    await figure.close();
  });

  it('asks the extension to copy where the page may not', async () => {
    const figure = await bench.open({ fresh: true });
    await refuseClipboard(figure);
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 2')));
    await figure.page.getByRole('button', { name: 'Copy CSV' }).click();
    await figure.page.getByText('Copied.').waitFor();
    const [request] = (await figure.posted()) as { type: string; text: string }[];
    assert.equal(request?.type, 'copy');
    assert.match(request.text, /^step,loss,learning_rate,gradient_norm,w,b\r\n0,/);
    await figure.close();
  });

  it('says so where nobody can copy', async () => {
    const figure = await bench.open({ messaging: false, fresh: true });
    await refuseClipboard(figure);
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 2')));
    await figure.page.getByRole('button', { name: 'Copy CSV' }).click();
    await figure.page.getByText(/may not copy/).waitFor();
    await figure.close();
  });

  it('shows the numbers as a table on request', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const region = figure.page.getByRole('region', { name: 'Numbers of the run' });
    assert.equal(await region.isVisible(), false);
    await figure.page.getByRole('button', { name: 'Numbers' }).click();
    assert.equal(await region.getByRole('row').count(), 62);
    assert.deepEqual(await region.getByRole('columnheader').allTextContents(), [
      'step',
      'loss',
      'learning rate',
      'gradient norm',
      'w',
      'b',
    ]);
    await figure.page.getByRole('button', { name: 'Numbers' }).click();
    assert.equal(await region.isVisible(), false);
    await figure.close();
  });

  const refuseClipboard = (figure: FigurePage): Promise<void> =>
    figure.page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', {
        value: { writeText: () => Promise.reject(new Error('refused')) },
      });
    });
});
