import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import {
  closeAll,
  deleteCell,
  errorOf,
  execute,
  mimesOf,
  openLesson,
  payloadOf,
  setRunOnOpen,
  setText,
  succeeded,
  until,
  writeLesson,
} from './lessons.ts';

const quick = 'parameters w = 5\nloss = w^2\nlearning_rate = 0.1\nsteps = 20';
/** Would run for minutes. */
const endless =
  'parameters w = 5, v = 5\nloss = sqrt(1 + w^2 + exp(-v^2))\nlearning_rate = 1e-9\nsteps = 1e9';
const broken = 'parameters w = 5\nloss = w^2 + sise\nlearning_rate = 0.1';
const diverging = 'parameters w = 5\nloss = w^4\nlearning_rate = 10\nsteps = 50\ncheck loss < 1';

function isRunning(cell: vscode.NotebookCell): boolean {
  // A cell has a start and no end while it runs, unless it ran before.
  return cell.executionSummary?.timing === undefined && cell.executionSummary?.executionOrder !== undefined;
}

function order(cell: vscode.NotebookCell): number | undefined {
  return cell.executionSummary?.executionOrder;
}

describe('running cells', () => {
  before(() => setRunOnOpen(false));
  after(() => setRunOnOpen(undefined));
  afterEach(closeAll);

  it('runs them in order, one at a time', async () => {
    const notebook = await openLesson(await writeLesson(quick, quick, quick));
    await execute(notebook);
    const cells = notebook.getCells();
    assert.deepEqual(cells.map(order), [1, 2, 3]);
    assert.deepEqual(cells.map(succeeded), [true, true, true]);
    const times = cells.map(({ executionSummary }) => executionSummary?.timing);
    for (const [index, timing] of times.entries()) {
      assert.ok(timing && timing.startTime >= (times[index - 1]?.endTime ?? 0));
    }
  });

  it('stops the cells behind one that has an error, and says where the error is', async () => {
    const notebook = await openLesson(await writeLesson(quick, broken, quick));
    await execute(notebook);
    const [first, second, third] = notebook.getCells();
    assert.ok(first && second && third);
    assert.deepEqual([first, second, third].map(succeeded), [true, false, undefined]);
    assert.deepEqual(mimesOf(third), []);
    const { message, stack } = errorOf(second);
    assert.match(message, /^Line 2, column 14: /m);
    assert.match(stack, /^Cell In\[2\], line 2$/m);
  });

  it('takes a run that diverged, and a check that failed, for results', async () => {
    const notebook = await openLesson(await writeLesson(diverging, quick));
    await execute(notebook);
    const [first, second] = notebook.getCells();
    assert.ok(first && second);
    assert.deepEqual([first, second].map(succeeded), [true, true]);
    assert.equal(payloadOf(first).runs[0]?.outcome, 'diverged');
    assert.equal(payloadOf(first).runs[0]?.checks[0]?.passed, false);
  });

  it('shows a growing figure, stops within a moment, and keeps what was done', async () => {
    const notebook = await openLesson(await writeLesson(endless, quick));
    const run = execute(notebook);
    const [first, second] = notebook.getCells();
    assert.ok(first && second);
    await until('the figure', () => first.outputs.length > 0);
    assert.equal(payloadOf(first).state, 'running');
    assert.ok(isRunning(first));
    await vscode.commands.executeCommand('notebook.cancelExecution');
    await run;
    assert.deepEqual([first, second].map(succeeded), [false, undefined]);
    const { state, runs } = payloadOf(first);
    assert.equal(state, 'complete');
    assert.equal(runs[0]?.outcome, 'stopped');
    assert.deepEqual(mimesOf(first), [['application/vnd.gdnb.run+json', 'text/plain']]);
    assert.deepEqual(mimesOf(second), []);
  });

  it('cancels a cell that is deleted, and goes on', async () => {
    const notebook = await openLesson(await writeLesson(endless, endless, quick));
    const run = execute(notebook);
    const [first, second, third] = notebook.getCells();
    assert.ok(first && second && third);
    await until('the first cell runs', () => first.outputs.length > 0);
    await deleteCell(second);
    await deleteCell(first);
    await run;
    assert.equal(notebook.cellCount, 1);
    assert.equal(succeeded(third), true);
  });

  it('runs cells that were asked for meanwhile, each once', async () => {
    const notebook = await openLesson(await writeLesson(endless, quick, quick));
    const runs = [
      execute(notebook, 0, 1),
      execute(notebook, 2, 3),
      execute(notebook, 1, 2),
      execute(notebook),
    ];
    const [first, second, third] = notebook.getCells();
    assert.ok(first && second && third);
    await until('the first cell runs', () => first.outputs.length > 0);
    await vscode.commands.executeCommand('notebook.cell.cancelExecution', { ranges: [{ start: 0, end: 1 }] });
    await Promise.all(runs);
    assert.deepEqual([first, second, third].map(order), [1, 3, 2]);
  });

  it('reads the data file again when it has changed, and names the files that are there when it is gone', async () => {
    const source =
      'data = "few.csv"\nparameters w = 0\nloss = mean((w * x - y)^2)\nlearning_rate = 0.1\nsteps = 1';
    const lesson = await writeLesson(source);
    const file = vscode.Uri.joinPath(lesson, '..', 'few.csv');
    const write = (text: string) => vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const notebook = await openLesson(lesson);
    const [cell] = notebook.getCells();
    assert.ok(cell);

    await write('x,y\n1,2\n');
    await execute(notebook);
    assert.equal(payloadOf(cell).runs[0]?.loss[0], 4);
    await write('x,y\n1,2\n1,4\n');
    await execute(notebook);
    assert.equal(payloadOf(cell).runs[0]?.loss[0], 10);
    await vscode.workspace.fs.delete(file);
    await execute(notebook);
    assert.equal(succeeded(cell), false);
    assert.match(errorOf(cell).message, /^Line 1, column 8: There is no file "few\.csv".*"houses\.csv"/);
  });

  it('says nothing beneath an empty cell', async () => {
    const notebook = await openLesson(await writeLesson(quick));
    const [cell] = notebook.getCells();
    assert.ok(cell);
    await execute(notebook);
    await setText(cell, ' \n');
    await execute(notebook);
    assert.deepEqual(mimesOf(cell), []);
    assert.equal(succeeded(cell), true);
  });
});

describe('opening a lesson', () => {
  afterEach(async () => {
    await setRunOnOpen(undefined);
    await closeAll();
  });

  it('runs its cells, also those behind one that has an error', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(await writeLesson(quick, broken, quick));
    await vscode.window.showNotebookDocument(notebook);
    await until('the runs', () => notebook.getCells().every((cell) => succeeded(cell) !== undefined));
    assert.deepEqual(notebook.getCells().map(succeeded), [true, false, true]);
    assert.equal(notebook.isDirty, false);
  });

  it('runs nothing where the setting says so', async () => {
    await setRunOnOpen(false);
    const still = await vscode.workspace.openNotebookDocument(await writeLesson(quick));
    await vscode.window.showNotebookDocument(still, { viewColumn: vscode.ViewColumn.One });
    await setRunOnOpen(true);
    const lively = await vscode.workspace.openNotebookDocument(await writeLesson(quick));
    await vscode.window.showNotebookDocument(lively, { viewColumn: vscode.ViewColumn.Two });
    await until('the run', () => lively.getCells().every((cell) => succeeded(cell) === true));
    assert.deepEqual(mimesOf(still.cellAt(0)), []);
  });
});
