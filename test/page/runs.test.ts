import assert from 'node:assert/strict';

import { encodeNotice } from '../../src/output/index.ts';
import { housesCell, payloadOf, runsOf } from '../renderer/cells.ts';
import { Bench } from './page.ts';
import type { FigurePage } from './page.ts';

describe('several runs in one figure', function () {
  this.timeout(120_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  const dashes = (figure: FigurePage): Promise<string[]> =>
    figure.page
      .locator('.gd-view-loss .scatterlayer .js-line')
      .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).strokeDasharray));

  it('tells the runs of a sweep apart by more than colour, and brings one to the front', async () => {
    const figure = await bench.open();
    await figure.show(
      await payloadOf(housesCell('learning_rate = [0.001, 0.1, 0.24]\nsteps = [60, 30, 60]')),
    );
    await figure.settle();
    assert.equal(new Set(await dashes(figure)).size, 3);
    const items = await figure.page
      .getByRole('radiogroup', { name: 'Runs' })
      .locator('label')
      .allTextContents();
    assert.match(items[1] ?? '', /learning_rate = 0\.1.*→ 7,404|learning_rate = 0\.1.*→ 7,1/);
    await figure.page.getByRole('radio', { name: /0\.1[, ]/ }).check();
    await figure.settle();
    assert.equal(await figure.text('.gd-step'), 'step 30 of 30');
    assert.match(
      await figure.text('.gd-outcome'),
      /^learning_rate = 0\.1, steps = 30 · The loss fell from 78,018 to /,
    );
    assert.equal(await figure.page.locator('.gd-rate .gd-field').inputValue(), '0.1');
    const widths = await figure.page
      .locator('.gd-view-loss .scatterlayer .js-line')
      .evaluateAll((lines) => lines.map((line) => Number.parseFloat(getComputedStyle(line).strokeWidth)));
    assert.equal(widths.at(-1), Math.max(...widths));
    await figure.close();
  });

  it('writes the rate of the run in front into its place in the list', async () => {
    const figure = await bench.open();
    const source = housesCell('learning_rate = [0.001, 0.1, 0.24]\nsteps = 60');
    await figure.show(await payloadOf(source));
    await figure.page.getByRole('radio', { name: /0\.24/ }).check();
    const field = figure.page.locator('.gd-rate .gd-field');
    await field.fill('0.2');
    await field.press('Enter');
    await figure.settle();
    assert.match(await figure.text('.gd-outcome'), /^learning_rate = 0\.24, as you try it · The loss fell /);
    await figure.page.getByRole('button', { name: 'Write into cell' }).click();
    const [request] = (await figure.posted()) as { edits: { start: number; text: string }[] }[];
    assert.deepEqual(
      request?.edits.map(({ start, text }) => [start, text]),
      [[source.indexOf('0.24'), '0.2']],
    );
    await figure.close();
  });

  it('shows the landscape of the run in front where the losses differ', async () => {
    const figure = await bench.open();
    const source =
      'parameters x = 3, y = 1\nloss = [x^2 + y^2, abs(x - 1) + abs(y)]\nlearning_rate = 0.1\nsteps = 20';
    await figure.show(await payloadOf(source));
    const picture = (): Promise<string> =>
      figure.page.locator('.gd-view-landscape .contourlayer').innerHTML();
    const first = await picture();
    await figure.page.getByRole('radio').nth(1).check();
    await figure.page.waitForFunction(
      (before) => document.querySelector('.gd-view-landscape .contourlayer')?.innerHTML !== before,
      first,
    );
    await figure.page.getByRole('radio').nth(0).check();
    await figure.settle();
    await figure.settle();
    assert.equal((await picture()).replace(/[a-f0-9]{6}/g, ''), first.replace(/[a-f0-9]{6}/g, ''));
    await figure.close();
  });

  it('keeps the run before an edit as a ghost, and only after an edit', async () => {
    const figure = await bench.open();
    const ghosts = async (id: string): Promise<number> => {
      await figure.settle();
      return (
        (await figure.page.locator(`[data-output="${id}"] .gd-view-loss .scatterlayer .js-line`).count()) - 1
      );
    };
    const first = await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60'));
    await figure.show(first, 'a');
    assert.equal(await ghosts('a'), 0);
    await figure.page.evaluate(() => {
      window.host.remove('a');
    });
    await figure.show(first, 'b');
    assert.equal(await ghosts('b'), 0);
    await figure.show(await payloadOf(housesCell('learning_rate = 0.05\nsteps = 60')), 'c');
    assert.equal(await ghosts('c'), 1);
    await figure.close();
  });

  it('draws a long run as it goes, in the pictures that are there', async () => {
    const figure = await bench.open();
    const source = housesCell('learning_rate = 0.01\nsteps = 60');
    const [whole] = runsOf(source);
    assert.ok(whole);
    const until = (steps: number): typeof whole => ({
      ...whole,
      ...Object.fromEntries(
        (['loss', 'learningRate', 'gradientNorm', 'steps'] as const).map((name) => [
          name,
          whole[name].slice(0, steps + 1),
        ]),
      ),
      parameters: Object.fromEntries(
        Object.entries(whole.parameters).map(([name, values]) => [name, values.slice(0, steps + 1)]),
      ),
      stepsTaken: steps,
    });
    const { landscape, table, ...complete } = await payloadOf(source);
    assert.ok(landscape && table);
    await figure.show({ ...complete, state: 'running', runs: [until(10)] });
    await figure.page.evaluate(() => {
      for (const [index, plot] of [...document.querySelectorAll<HTMLElement>('.gd-base')].entries())
        plot.dataset['mark'] = String(index);
    });
    const send = async (steps: number): Promise<void> => {
      const notice = encodeNotice({
        type: 'progress',
        cell: 'cell-1',
        runs: [until(steps)],
        stepsTotal: 60,
        secondsLeft: 8,
      });
      await figure.page.evaluate((message) => {
        window.host.send(message);
      }, notice);
      await figure.settle();
    };
    const xRange = (): Promise<string[]> => figure.page.locator('.gd-view-loss .xtick').allTextContents();
    await send(20);
    const early = await xRange();
    assert.match(await figure.text('.gd-progress'), /^20 of 60 steps, about 8 s left$/);
    await send(50);
    assert.notDeepEqual(await xRange(), early);
    assert.match(await figure.text('.gd-progress'), /^50 of 60 steps/);
    await figure.show({ ...complete, landscape, table });
    await figure.settle();
    assert.equal(await figure.page.locator('.gd-progress').isVisible(), false);
    const kept = await figure.page
      .locator('.gd-base')
      .evaluateAll((plots) => plots.map((plot) => plot.getAttribute('data-mark')));
    assert.deepEqual(kept.slice(0, 2), ['0', '1']);
    assert.match(await figure.text('.gd-outcome'), /in 60 steps/);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  it('judges the checks of the cell with their numbers, and of every run of a sweep', async () => {
    const figure = await bench.open();
    await figure.show(
      await payloadOf(
        housesCell('learning_rate = 0.1\nsteps = 60\ncheck loss < 7100 # reach the valley\ncheck w > 200'),
      ),
    );
    const checks = figure.page.getByRole('list', { name: 'Checks' }).getByRole('listitem');
    assert.deepEqual(await checks.allTextContents(), [
      'Passed: reach the valley7,078.06 < 7,100',
      'Not yet: w > 200133.296 is not > 200',
    ]);
    await figure.show(
      await payloadOf(housesCell('learning_rate = [0.1, 0.001]\nsteps = 60\ncheck loss < 7100')),
      'sweep',
    );
    const [only] = await figure.page.locator('[data-output="sweep"] .gd-check').allTextContents();
    assert.match(
      only ?? '',
      /^Not yet: loss < 7100learning_rate = 0\.1: passed.*learning_rate = 0\.001: not yet/,
    );
    await figure.close();
  });

  it('marks epochs, and draws the batches’ losses behind the full loss', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('learning_rate = 0.05\nbatch_size = 8\nepochs = 3')));
    await figure.settle();
    assert.equal(await figure.page.locator('.gd-view-loss .shapelayer path').count(), 3);
    const opacities = await figure.page
      .locator('.gd-view-loss .scatterlayer .js-line')
      .evaluateAll((lines) =>
        lines.map((line) => Number(getComputedStyle(line.closest('.trace') ?? line).opacity)),
      );
    assert.equal(opacities.length, 2);
    assert.equal((opacities[0] ?? 1) < 0.5 && opacities[1] === 1, true);
    assert.match(await figure.text('.gd-view-loss .xtitle'), /an epoch is 117 steps/);
    await figure.close();
  });

  it('remembers the choice between a logarithmic and a linear loss', async () => {
    const figure = await bench.open();
    const payload = await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60'));
    await figure.show(payload, 'a');
    const labels = (id: string): Promise<string[]> =>
      figure.page.locator(`[data-output="${id}"] .gd-view-loss .ytick`).allTextContents();
    const logarithmic = await labels('a');
    await figure.page.getByRole('radio', { name: 'linear' }).check();
    await figure.settle();
    assert.notDeepEqual(await labels('a'), logarithmic);
    await figure.show({ ...payload, cell: 'cell-2' }, 'b');
    assert.deepEqual(await labels('b'), await labels('a'));
    assert.deepEqual(await figure.page.evaluate(() => window.host.state), { lossScale: 'linear' });
    await figure.close();
  });

  it('shows where a cell without steps stands, without a curve or a timeline', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf(housesCell('steps = 0')));
    await figure.settle();
    for (const [what, isThere] of [
      [figure.page.getByRole('group', { name: 'Landscape' }), true],
      [figure.page.getByRole('group', { name: 'Loss' }), false],
      [figure.page.getByRole('group', { name: 'Timeline' }), false],
      [figure.page.locator('.gd-step-table'), false],
      [figure.page.getByRole('textbox', { name: 'Start of w' }), true],
    ] as const) {
      assert.equal(await what.isVisible(), isThere, String(what));
    }
    await figure.close();
  });

  it('shows the one parameter of a landscape as a curve, and two views where there are no data', async () => {
    const figure = await bench.open();
    await figure.show(
      await payloadOf('parameters x = 3\nloss = (x^2 - 1)^2 + x\nlearning_rate = 0.01\nsteps = 20'),
    );
    assert.equal(await figure.page.locator('.gd-view').count(), 2);
    assert.equal(await figure.page.locator('.gd-view-landscape .scatterlayer .js-line').count(), 1);
    assert.equal(await figure.page.getByRole('button', { name: '3-D' }).isVisible(), false);
    await figure.close();
  });
});
