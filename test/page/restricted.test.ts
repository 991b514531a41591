import assert from 'node:assert/strict';

import type { Frame } from 'playwright-core';

import { housesCell } from '../renderer/cells.ts';
import { EditorWindow } from './window.ts';

const cell = (source: string) => '```gd\n' + source + '\n```\n';

describe('a folder that is not trusted', function () {
  this.timeout(300_000);
  let window: EditorWindow;
  let frame: Frame;

  before(async () => {
    const cells = [
      housesCell('learning_rate = 0.25\nsteps = 60'),
      'parameters w = 1\nloss = w^2\nlearning_rate = 0.1',
    ];
    const quiz = '```quiz\nDoes nothing run?\n- [x] yes\n- [ ] no\n  It does not.\n```\n';
    const files = { 'one.gdnb': cells.map(cell).join(`\n# Read me\n\n${quiz}\n`) };
    window = await EditorWindow.open({ files, restricted: true, width: 1300, height: 1300 });
    frame = await window.openNotebook('one.gdnb');
    await window.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  });

  after(async () => window.close());

  const dialog = () => window.page.locator('.monaco-dialog-box', { hasText: 'trust' });
  const outputs = async () => (await window.notebook())?.cells.flatMap((each) => each.outputs);
  /** Asks for what needs trust, and answers the question for it. */
  const ask = async (command: string, answer: string): Promise<void> => {
    // Not awaited: it ends when the question is answered.
    const done = window.command(command);
    await dialog().waitFor();
    await dialog().getByRole('button', { name: answer }).click();
    await dialog().waitFor({ state: 'detached' });
    await done;
  };

  it('shows its lesson and runs nothing of it', async () => {
    await frame.locator('h1', { hasText: 'Read me' }).waitFor();
    await window.page.waitForTimeout(3000);
    assert.deepEqual(await outputs(), []);
    assert.equal(await dialog().count(), 0);
  });

  it('has its questions answered', async () => {
    const choices = frame.getByRole('group', { name: 'Does nothing run?' }).locator('.gdnb-choice');
    await choices.getByRole('button', { name: 'no' }).click();
    await choices.getByText('It does not.').waitFor();
    const states = await choices.evaluateAll((all) => all.map((choice) => choice.getAttribute('data-state')));
    assert.deepEqual(states, ['open', 'wrong']);
  });

  it('is asked for trust before a cell runs, or is run to be diagnosed, and may say no', async () => {
    await window.command('notebook.focusTop');
    for (const command of ['notebook.execute', 'gdnb.diagnoseLoss']) {
      await ask(command, 'Cancel');
      assert.deepEqual(await outputs(), []);
    }
    await window.screenshot('restricted');
  });

  it('runs once it is trusted', async () => {
    await ask('notebook.execute', 'Trust');
    const { cells } = await window.untilRun();
    assert.deepEqual(
      cells.filter(({ code }) => code).map(({ success }) => success),
      [true, true],
    );
    frame = await window.notebookFrame(); // another, now that it is trusted
    await frame.locator('.gd-outcome', { hasText: 'Exploding' }).first().waitFor();
  });
});
