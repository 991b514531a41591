import assert from 'node:assert/strict';

import { descendNow, landscape, prepare, readTable } from '../../src/kernel/index.ts';
import { readExperiment } from '../../src/language/index.ts';
import type { RunPayload } from '../../src/output/index.ts';
import { housesCell, payloadOf } from '../renderer/cells.ts';
import { Bench } from './page.ts';

const evilColumn = '<img src=x onerror="window.harmed=1">';
const evilTruth = '<b>bold</b> <a href="https://example.org">link</a>';

async function evilPayload(): Promise<RunPayload> {
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const table = readTable(`${quoted(evilColumn)},${quoted(evilTruth)}\n1,2\n2,4\n3,7\n`);
  const source = [
    'data = "evil.csv"',
    'parameters w = 0, b = 0',
    `prediction = w * \`${evilColumn}\` + b`,
    `loss = mse(prediction, \`${evilTruth}\`)`,
    'learning_rate = 0.05',
    'steps = 10',
    'check loss < 1 # <i>slanted</i>',
  ].join('\n');
  const { experiment, problems } = readExperiment(source, [...table.columns.keys()]);
  if (experiment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  const program = prepare(experiment, table);
  const runs = descendNow(program);
  return {
    version: 1,
    cell: 'evil',
    source,
    state: 'complete',
    runs,
    table,
    landscape: await landscape(program, { runs }),
  };
}

describe('text from cells and data files', function () {
  this.timeout(120_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  it('is text, and neither markup nor what Plotly takes for it', async () => {
    const figure = await bench.open();
    await figure.show(await evilPayload());
    await figure.settle();
    const { page } = figure;
    assert.equal(await figure.text('.gd-view-fit .xtitle'), evilColumn);
    assert.equal(await page.locator('.gd-figure img, .gd-figure a, .gd-figure i').count(), 0);
    assert.equal(await page.locator('.gd-figure tspan[style*="bold"]').count(), 0);
    assert.match(await figure.text('.gd-checks'), /<i>slanted<\/i>/);
    assert.equal(await page.evaluate(() => 'harmed' in window), false);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  it('stays text in the labels of a sweep', async () => {
    const figure = await bench.open();
    const payload = await payloadOf(housesCell('learning_rate = [0.1, 0.2]\nsteps = 5'));
    const runs = payload.runs.map((run) => ({ ...run, label: `<b>${run.label}</b>` }));
    await figure.show({ ...payload, runs });
    assert.match(await figure.text('.gd-legend'), /<b>learning_rate = 0\.1<\/b>/);
    await figure.close();
  });
});
