import assert from 'node:assert/strict';

import { formatNumber } from '../../src/kernel/index.ts';
import { housesCell, payloadOf, runsOf } from '../renderer/cells.ts';
import { Bench } from './page.ts';
import type { FigurePage } from './page.ts';

describe('trying things in the figure', function () {
  this.timeout(120_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  const lossText = (start: { readonly w: string; readonly b: string }): string => {
    const cell = housesCell('steps = 0').replace('w = 0, b = 0', `w = ${start.w}, b = ${start.b}`);
    return formatNumber(runsOf(cell)[0]?.start.loss ?? NaN, 5);
  };

  const setRate = async (figure: FigurePage, rate: string): Promise<void> => {
    const field = figure.page.locator('.gd-rate .gd-field');
    await field.fill(rate);
    await field.press('Enter');
    await figure.settle();
  };

  it('runs again with the rate of the slider, inside the page', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const slider = figure.page.getByRole('slider', { name: 'Learning rate' });
    await slider.focus();
    for (let press = 0; press < 10; press += 1) await figure.page.keyboard.press('ArrowLeft');
    await figure.settle();
    const rate = await figure.page.locator('.gd-rate .gd-field').inputValue();
    assert.equal(Number(rate) < 0.1, true);
    const [run] = runsOf(housesCell(`learning_rate = ${rate}\nsteps = 60`));
    const loss = (run?.final.loss ?? NaN).toPrecision(5);
    assert.equal(
      Number((await figure.text('.gd-outcome')).split(' to ')[1]?.split(' ')[0]?.replace(',', '')),
      Number(loss),
    );
    assert.deepEqual(await figure.posted(), []);
    await figure.close();
  });

  it('shows divergence as it happens, and the cell’s own run as a ghost', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const lines = (): Promise<number> => figure.page.locator('.gd-view-loss .scatterlayer .js-line').count();
    assert.equal(await lines(), 1);
    await setRate(figure, '0.25');
    assert.match(await figure.text('.gd-outcome'), /^Exploding/);
    assert.equal(await figure.page.locator('.gd-outcome').getAttribute('data-tone'), 'bad');
    assert.equal(await lines(), 2);
    await figure.page.getByRole('button', { name: 'Reset' }).click();
    await figure.settle();
    assert.equal(await lines(), 1);
    assert.match(await figure.text('.gd-outcome'), /7,078\.1/);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  it('marks the best rate and the limit, and takes either with a click', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const field = figure.page.locator('.gd-rate .gd-field');
    for (const [name, rate] of [
      ['best 0.2129', '0.2129'],
      ['limit 0.2366', '0.2366'],
    ] as const) {
      await figure.page.getByRole('button', { name }).click();
      await figure.settle();
      assert.equal(await field.inputValue(), rate);
      const [run] = runsOf(housesCell(`learning_rate = ${rate}\nsteps = 60`));
      const loss = formatNumber(run?.final.loss ?? NaN, 5);
      assert.equal((await figure.text('.gd-outcome')).includes(loss), true);
    }
    await figure.close();
  });

  it('keeps the words of the two marks apart and inside, however wide the slider and its range', async () => {
    const parabola = 'parameters w = 5\nloss = 21 * w^2\nsteps = 5\nlearning_rate = ';
    for (const width of [400, 620, 1000]) {
      const figure = await bench.open({ width });
      for (const [index, rate] of ['0.02', '1e-9', '1e6', '[1e-12, 1e9]'].entries()) {
        await figure.show(await payloadOf(parabola + rate), `output-${index}`);
        const control = figure.page.locator('.gd-rate').last();
        const [best, limit, track] = await Promise.all([
          control.getByRole('button', { name: 'best 0.04285' }).boundingBox(),
          control.getByRole('button', { name: 'limit 0.04761' }).boundingBox(),
          control.locator('.gd-track').boundingBox(),
        ]);
        assert.ok(best && limit && track);
        const gap = limit.x - (best.x + best.width);
        const isInside = best.x >= track.x && limit.x + limit.width <= track.x + track.width;
        assert.ok(gap >= 10 && isInside, `${width} px, ${rate}: ${gap} px between the words`);
      }
      await figure.close();
    }
  });

  it('writes the rate into the cell, and only the number', async () => {
    const figure = await bench.open();
    const source = housesCell('learning_rate = 0.1     # try 0.2\nsteps = 60');
    await figure.show(await payloadOf(source));
    const write = figure.page.getByRole('button', { name: 'Write into cell' });
    assert.equal(await write.isDisabled(), true);
    await setRate(figure, '0.05');
    await write.click();
    const start = source.indexOf('0.1  ');
    assert.deepEqual(await figure.posted(), [
      { type: 'edit', cell: 'cell-1', source, edits: [{ start, end: start + 3, text: '0.05' }] },
    ]);
    await figure.close();
  });

  it('starts where the landscape is clicked, follows a drag, and writes it down', async () => {
    const figure = await bench.open();
    const source = housesCell('learning_rate = 0.1\nsteps = 60\nlandscape = [w: -50..300, b: -100..150]');
    await figure.show(await payloadOf(source));
    const box = await figure.page.locator('.gd-view-landscape .gd-plot').boundingBox();
    assert.ok(box);
    const { mouse } = figure.page;
    await mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.3);
    await mouse.down();
    await figure.settle();
    const first = await figure.page.getByRole('textbox', { name: 'Start of w' }).inputValue();
    await mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.5, { steps: 4 });
    await mouse.up();
    await figure.settle();
    const start = {
      w: await figure.page.getByRole('textbox', { name: 'Start of w' }).inputValue(),
      b: await figure.page.getByRole('textbox', { name: 'Start of b' }).inputValue(),
    };
    assert.notEqual(start.w, first);
    const ring = figure.page.locator('.gd-view-landscape .gd-marks circle[r="5.5"]').last();
    const place = [await ring.getAttribute('cx'), await ring.getAttribute('cy')].map(Number);
    assert.equal(Math.abs((place[0] ?? NaN) - box.width * 0.75) < 2, true);
    assert.equal(Math.abs((place[1] ?? NaN) - box.height * 0.5) < 2, true);
    assert.match(await figure.text('.gd-outcome'), new RegExp(`from ${lossText(start)} to`));
    await figure.page.getByRole('button', { name: 'Write into cell' }).click();
    const [request] = (await figure.posted()) as { edits: { text: string }[] }[];
    assert.deepEqual(
      request?.edits.map(({ text }) => text),
      [start.w, start.b],
    );
    await figure.close();
  });

  it('takes a start from the fields, and gives back what is no number', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const field = figure.page.getByRole('textbox', { name: 'Start of w' });
    await field.fill('100');
    await field.press('Enter');
    await figure.settle();
    assert.match(await figure.text('.gd-outcome'), /from 1\d,\d\d\d/);
    await field.fill('a lot');
    await field.press('Enter');
    assert.equal(await field.inputValue(), '100');
    await figure.close();
  });

  it('scales a schedule, and says so', async () => {
    const figure = await bench.open();
    const source = housesCell('learning_rate = 0.2 * min(1, step / 20)\nsteps = 60');
    await figure.show(await payloadOf(source));
    assert.match(await figure.text('.gd-rate .gd-note'), /whole schedule/);
    assert.equal(await figure.page.locator('.gd-rate .gd-field').inputValue(), '0.2');
    await setRate(figure, '0.1');
    await figure.page.getByRole('button', { name: 'Write into cell' }).click();
    const [request] = (await figure.posted()) as { edits: { text: string }[] }[];
    assert.deepEqual(
      request?.edits.map(({ text }) => text),
      ['0.1'],
    );
    await figure.close();
  });

  it('waits with a run that takes long until the slider is let go, and does not freeze the page', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 1e-5\nsteps = 100000')));
    const before = await figure.text('.gd-outcome');
    const slider = figure.page.getByRole('slider', { name: 'Learning rate' });
    const [duringDrag, afterwards] = await slider.evaluate(async (input: HTMLInputElement) => {
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      const text = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
      input.valueAsNumber = 5;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      await frame();
      const outcome = text('.gd-outcome');
      input.dispatchEvent(new Event('change', { bubbles: true }));
      await frame();
      await frame();
      return [outcome, text('.gd-outcome') + text('.gd-try [role="status"]')];
    });
    assert.equal(duringDrag, before);
    assert.equal(afterwards, `${before}Running again …`);
    await figure.settle();
    assert.notEqual(await figure.text('.gd-outcome'), before);
    await figure.close();
  });

  it('still draws, scrubs and tries without messages, and offers no writing', async () => {
    const figure = await bench.open({ messaging: false });
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    await setRate(figure, '0.25');
    assert.match(await figure.text('.gd-outcome'), /^Exploding/);
    await figure.page.getByRole('button', { name: 'First step' }).click();
    await figure.settle();
    assert.equal(await figure.text('.gd-step'), 'step 0 of 60');
    assert.equal(await figure.page.getByRole('button', { name: 'Write into cell' }).isVisible(), false);
    await figure.close();
  });

  it('draws and scrubs where the data were too large to come along', async () => {
    const figure = await bench.open();
    const { table, ...payload } = await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60'));
    assert.ok(table);
    await figure.show(payload);
    assert.equal(await figure.page.locator('.gd-try').isVisible(), false);
    await figure.page.getByRole('button', { name: 'One step back' }).click();
    await figure.settle();
    assert.equal(await figure.text('.gd-step'), 'step 59 of 60');
    assert.match(await figure.text('.gd-step-table tbody'), /w.*−0\.1×/);
    await figure.close();
  });
});
