import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import {
  closeAll,
  execute,
  extensionId,
  itemText,
  lessonsFolder,
  mimesOf,
  openLesson,
  payloadOf,
  setRunOnOpen,
  setText,
  succeeded,
  until,
} from './lessons.ts';

/** Gradient descent on the houses, written out: the full loss after so many steps. */
function lossOnHouses(csv: string, rate: number, steps: number): number {
  const houses = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',').map(Number))
    .map(([sqft = NaN, , , price = NaN]) => ({ size: sqft / 1000, cost: price / 1000 }));
  const mean = (of: (house: { size: number; cost: number }) => number) =>
    houses.reduce((sum, house) => sum + of(house), 0) / houses.length;
  let [w, b] = [0, 0];
  for (let step = 0; step < steps; step++) {
    const slopeW = mean(({ size, cost }) => 2 * (w * size + b - cost) * size);
    const slopeB = mean(({ size, cost }) => 2 * (w * size + b - cost));
    [w, b] = [w - rate * slopeW, b - rate * slopeB];
  }
  return mean(({ size, cost }) => (w * size + b - cost) ** 2);
}

function assertClose(actual: number | undefined, expected: number): void {
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= 1e-9 * Math.abs(expected),
    `${actual} ~ ${expected}`,
  );
}

describe('the lesson', () => {
  const file = () => vscode.Uri.joinPath(lessonsFolder(), 'loss-and-gradient-descent.gdnb');

  before(() => setRunOnOpen(false));
  after(() => setRunOnOpen(undefined));
  afterEach(closeAll);

  it('runs, and runs again with another learning rate', async () => {
    const csv = new TextDecoder().decode(
      await vscode.workspace.fs.readFile(vscode.Uri.joinPath(lessonsFolder(), 'houses.csv')),
    );
    const notebook = await openLesson(file());
    const cell = notebook
      .getCells()
      .find(({ document }) => /^learning_rate = 0\.1$[^]*^steps = 60$/m.test(document.getText()));
    assert.ok(cell, 'the lesson has its first cell');

    for (const rate of [0.1, 0.05]) {
      await setText(
        cell,
        cell.document.getText().replace(/^learning_rate = .*$/m, `learning_rate = ${rate}`),
      );
      await execute(notebook, cell.index, cell.index + 1);
      assert.equal(succeeded(cell), true);
      const { runs, source } = payloadOf(cell);
      assert.equal(source, cell.document.getText());
      assert.equal(runs.length, 1);
      assert.equal(runs[0]?.stepsTaken, 60);
      assertClose(runs[0].loss[0], lossOnHouses(csv, rate, 0));
      assertClose(runs[0].loss[60], lossOnHouses(csv, rate, 60));
      assert.match(itemText(cell, 'text/plain'), /^Finished after 60 steps\./);
    }
  });

  it('has one output a cell after three runs, and is not changed by them', async function () {
    this.timeout(120_000);
    const notebook = await openLesson(file());
    for (let time = 0; time < 3; time++) await execute(notebook);
    const cells = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
    assert.ok(cells.length > 0);
    for (const cell of cells) {
      assert.deepEqual(mimesOf(cell), [['application/vnd.gdnb.run+json', 'text/plain']]);
      const { timing, executionOrder } = cell.executionSummary ?? {};
      assert.ok(timing && timing.endTime >= timing.startTime);
      assert.ok(executionOrder !== undefined && executionOrder > 2 * cells.length);
    }
    assert.equal(notebook.isDirty, false);
  });

  it('is opened by its command, as a copy with its data', async () => {
    await vscode.commands.executeCommand('gdnb.openLesson');
    await until('the editor', () => vscode.window.activeNotebookEditor !== undefined);
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    assert.ok(notebook);
    assert.notEqual(notebook.uri.toString(), file().toString());
    assert.match(notebook.uri.path, /\/loss-and-gradient-descent\.gdnb$/);
    await setRunOnOpen(true);
    await openLesson(notebook.uri);
    await execute(notebook);
    for (const cell of notebook.getCells()) {
      if (cell.kind === vscode.NotebookCellKind.Code) assert.equal(succeeded(cell), true);
    }
  });
});

describe('a new notebook', () => {
  afterEach(closeAll);

  it('has a cell that runs by itself', async () => {
    await vscode.commands.executeCommand('gdnb.newNotebook');
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    assert.ok(notebook);
    await until('the run', () => notebook.getCells().some((cell) => succeeded(cell) === true));
  });
});

describe('the manifest', () => {
  it('names only commands that are there', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension);
    await extension.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    assert.ok(contributes.commands.length > 0);
    for (const { command } of contributes.commands) assert.ok(registered.has(command), command);
  });
});
