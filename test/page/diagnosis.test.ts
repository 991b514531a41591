import assert from 'node:assert/strict';

import { diagnose, prepare } from '../../src/kernel/index.ts';
import { sickFirst } from '../../src/output/index.ts';
import type { DiagnosisNotice, RunDiagnosis, RunPayload } from '../../src/output/index.ts';
import { experimentOf, houses, housesCell, payloadOf } from '../renderer/cells.ts';
import { violations } from './axe.ts';
import { Bench } from './page.ts';
import type { FigurePage, PageOptions } from './page.ts';
import type { ThemeName } from './themes.ts';

const exploding = housesCell('learning_rate = 0.25\nsteps = 60');

/** What the extension tells the figure of a cell when it has judged its runs. */
async function noticeOf({ source, runs }: RunPayload): Promise<DiagnosisNotice> {
  const program = prepare(experimentOf(source), houses);
  const diagnoses: RunDiagnosis[] = [];
  for (const run of runs) diagnoses.push({ label: run.label, ...(await diagnose(run, program, { source })) });
  return { type: 'diagnosis', cell: 'cell-1', source, diagnoses: sickFirst(diagnoses) };
}

describe('the diagnosis under a figure', function () {
  this.timeout(120_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  const open = async (source = exploding, options: PageOptions = {}): Promise<FigurePage> => {
    const figure = await bench.open(options);
    const payload = await payloadOf(source);
    await figure.show(payload);
    await figure.tell(await noticeOf(payload));
    return figure;
  };
  const card = (figure: FigurePage) => figure.page.getByRole('group', { name: 'Diagnosis', exact: true });

  it('is asked for beside the outcome, and takes the place of the question', async () => {
    const figure = await bench.open();
    const payload = await payloadOf(exploding);
    await figure.show(payload);
    assert.equal(await card(figure).isVisible(), false);
    const why = figure.page.getByRole('button', { name: 'Why? Diagnose the loss' });
    await why.click();
    assert.deepEqual(await figure.posted(), [{ type: 'diagnose', cell: 'cell-1' }]);
    await figure.tell(await noticeOf(payload));
    assert.equal(await card(figure).isVisible(), true);
    assert.equal(await why.isVisible(), false);
    await figure.close();
  });

  it('is asked for where the loss breaks before the first step', async () => {
    const figure = await bench.open();
    await figure.show(await payloadOf('parameters w = -1\nloss = sqrt(w)\nlearning_rate = 0.1'));
    await figure.page.getByRole('button', { name: 'Why? Diagnose the loss' }).click();
    assert.deepEqual(await figure.posted(), [{ type: 'diagnose', cell: 'cell-1' }]);
    await figure.close();
  });

  it('says what is wrong, by which numbers, and what helps', async () => {
    const figure = await open();
    assert.equal(await figure.text('.gd-diagnosis-title'), 'Exploding· the learning rate');
    assert.match(await figure.text('.gd-diagnosis-body > p'), /0\.25 is 1\.06 times the limit 0\.2366\.$/);
    const evidence = await figure.page.locator('.gd-evidence').innerText();
    assert.match(evidence, /growth seen per step\s+1\.2384/);
    assert.match(evidence, /largest curvature\s+8\.4514/);
    assert.match(await figure.text('.gd-fixes li'), /^learning_rate = 0\.213ends at a loss of 7,062\.4$/);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });

  it('makes a fix by the keyboard', async () => {
    const figure = await open();
    const name = 'learning_rate = 0.213: change the cell and run it';
    await figure.page.getByRole('button', { name }).focus();
    await figure.page.keyboard.press('Enter');
    const start = exploding.indexOf('0.25');
    assert.deepEqual(await figure.posted(), [
      { type: 'fix', cell: 'cell-1', source: exploding, edits: [{ start, end: start + 4, text: '0.213' }] },
    ]);
    assert.deepEqual(await figure.page.evaluate(() => window.host.keys), []);
    await figure.close();
  });

  it('stays when the output is drawn again, without a flash, and goes when the extension says so', async () => {
    const figure = await open();
    await figure.page.evaluate(() => {
      for (const plot of document.querySelectorAll<HTMLElement>('.gd-plot')) plot.dataset['mark'] = 'kept';
    });
    const payload = await payloadOf(exploding);
    await figure.show(payload);
    assert.equal(await card(figure).isVisible(), true);
    assert.equal(await figure.page.locator('.gd-plot[data-mark=kept]').count(), 3);
    await figure.page.evaluate(() => {
      window.host.remove('output-1');
    });
    await figure.show(payload, 'output-2');
    assert.equal(await card(figure).isVisible(), true);

    await figure.show({ ...payload, state: 'running' }, 'output-2');
    assert.equal(await card(figure).isVisible(), false);
    await figure.show(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')), 'output-2');
    assert.equal(await card(figure).isVisible(), false, 'another text');
    await figure.show(payload, 'output-2');
    await figure.tell({ type: 'diagnosis', cell: 'cell-1', source: '', diagnoses: [] });
    assert.equal(await card(figure).isVisible(), false);
    await figure.close();
  });

  it('belongs to its cell alone', async () => {
    const figure = await open(housesCell('learning_rate = 0.1\nsteps = 60'));
    await figure.show({ ...(await payloadOf(exploding)), cell: 'cell-2' }, 'output-2');
    assert.deepEqual(
      await figure.page
        .locator('.gd-diagnosis')
        .evaluateAll((all) => all.map((each) => each.checkVisibility())),
      [true, false],
    );
    await figure.close();
  });

  it('asks the extension for what was said before the page was there', async () => {
    const figure = await bench.open();
    assert.deepEqual(await figure.page.evaluate(() => window.host.posted), [{ type: 'hello' }]);
    await figure.close();
  });

  it('lists the runs of a sweep, those that need help first, each to be opened', async () => {
    const figure = await open(housesCell('learning_rate = [0.1, 0.0001, 0.25]\nsteps = 60'));
    const runs = figure.page.locator('.gd-diagnosed');
    assert.deepEqual(await runs.locator('.gd-diagnosis-run').allTextContents(), [
      'learning_rate = 0.0001',
      'learning_rate = 0.25',
      'learning_rate = 0.1',
    ]);
    const isOpen = () => runs.evaluateAll((all) => all.map((each) => each.hasAttribute('open')));
    assert.deepEqual(await isOpen(), [true, false, false]);
    await runs.nth(1).locator('summary').focus();
    await figure.page.keyboard.press('Space');
    await figure.settle();
    assert.deepEqual(await isOpen(), [true, true, false]);
    assert.equal(await figure.text('.gd-step'), 'step 60 of 60', 'the timeline does not play');
    await figure.close();
  });

  it('says that a run is well, with nothing to do', async () => {
    const figure = await open(housesCell('learning_rate = 0.1\nsteps = 60'));
    assert.equal(await figure.text('.gd-diagnosis-title'), 'Settled');
    assert.equal(await figure.page.locator('.gd-diagnosis button').count(), 0);
    await figure.close();
  });

  it('is not asked for where there is nobody to answer', async () => {
    const figure = await open(exploding, { messaging: false });
    assert.equal(await figure.page.getByRole('button', { name: /Diagnose/ }).count(), 0);
    await figure.close();
  });

  it('shows text as text', async () => {
    const figure = await bench.open();
    const payload = await payloadOf(exploding);
    await figure.show(payload);
    const evil = '<img src=x onerror="window.harmed=1">';
    const [diagnosis] = (await noticeOf(payload)).diagnoses;
    assert.ok(diagnosis);
    await figure.tell({
      type: 'diagnosis',
      cell: 'cell-1',
      source: exploding,
      diagnoses: [
        {
          ...diagnosis,
          label: evil,
          summary: `${evil} and \`${evil}\``,
          evidence: { [evil]: evil },
          fixes: [{ title: evil }, { title: `\`${evil}\``, edits: [] }],
          notes: [evil],
        },
      ],
    });
    assert.equal(await figure.page.locator('.gd-figure img').count(), 0);
    assert.equal(await figure.page.locator('.gd-advice').innerText(), evil, 'a fix without edits is advice');
    assert.equal((await card(figure).innerText()).split(evil).length, 9);
    assert.equal(await figure.page.evaluate(() => 'harmed' in window), false);
    await figure.close();
  });

  for (const theme of ['dark', 'light', 'contrast', 'contrastLight'] satisfies ThemeName[]) {
    it(`has nothing that axe finds, ${theme}`, async () => {
      const figure = await open(housesCell('learning_rate = [0.1, 0.0001, 0.25]\nsteps = 60'), { theme });
      await figure.settle();
      assert.deepEqual(await violations(figure), []);
      await figure.close();
    });
  }

  it('fits into 400 pixels', async () => {
    const source = housesCell('learning_rate = 2e-4\nsteps = 60').replace('sqft / 1000', 'sqft');
    const figure = await open(source, { width: 400, theme: 'light' });
    const wide = await figure.page.evaluate(() => {
      const edge = document.querySelector('.gd-diagnosis')?.getBoundingClientRect().right ?? 0;
      return [...document.querySelectorAll('.gd-diagnosis *')]
        .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > edge)
        .map((each) => each.outerHTML);
    });
    assert.deepEqual(wide, []);
    assert.deepEqual(await violations(figure), []);
    await figure.photograph('diagnosis-400');
    await figure.close();
  });
});
