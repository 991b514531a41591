import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import {
  closeAll,
  execute,
  lessonsFolder,
  openLesson,
  payloadOf,
  setRunOnOpen,
  setText,
  succeeded,
  until,
  writeLesson,
} from './lessons.ts';

const well = 'parameters w = 5\nloss = w^2\nlearning_rate = 0.1\nsteps = 40';
const exploding = 'parameters w = 5\nloss = w^2\nlearning_rate = 1.5\nsteps = 40';
const prose = '# Where it goes wrong\n\nSome words.\n\n';

function marksOf({ document }: vscode.NotebookCell): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Gradient Descent');
}

function marked(cell: vscode.NotebookCell): [unknown, string][] {
  return marksOf(cell).map(({ code, range }) => [code, cell.document.getText(range)]);
}

async function fixesOf(cell: vscode.NotebookCell): Promise<vscode.CodeAction[]> {
  const [mark] = marksOf(cell);
  assert.ok(mark);
  const actions = await whenDrawn(cell, () =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      cell.document.uri,
      mark.range,
      vscode.CodeActionKind.QuickFix.value,
    ),
  );
  return actions.filter(({ title }) => title.startsWith('Use '));
}

/**
 * What a command of the editor gives that needs the text of a cell: it knows those that are drawn only, and figures that
 * grow push a cell out of sight.
 */
async function whenDrawn<T>(cell: vscode.NotebookCell, command: () => Thenable<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    select(cell.index);
    try {
      return await command();
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** As a person does who clicks on a quick fix. */
async function choose({ edit, command }: vscode.CodeAction): Promise<void> {
  assert.ok(edit && command);
  assert.ok(await vscode.workspace.applyEdit(edit));
  await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}

function select(index: number): void {
  const editor = vscode.window.activeNotebookEditor;
  assert.ok(editor);
  editor.selection = new vscode.NotebookRange(index, index + 1);
  // Only cells near the visible part have a text that the editor's own commands find.
  editor.revealRange(editor.selection);
}

async function diagnose(): Promise<void> {
  await vscode.commands.executeCommand('gdnb.diagnoseLoss');
}

/** A lesson with prose before its cells. */
async function openWithProse(...cells: string[]): Promise<vscode.NotebookCell[]> {
  const file = await writeLesson(...cells);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(prose + text));
  const notebook = await openLesson(file);
  return notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
}

describe('Diagnose Loss', () => {
  before(() => setRunOnOpen(false));
  after(() => setRunOnOpen(undefined));
  afterEach(closeAll);

  it("marks the rate of the lesson's exploding cell, and its quick fix brings the loss down", async () => {
    const file = vscode.Uri.joinPath(lessonsFolder(), 'loss-and-gradient-descent.gdnb');
    const notebook = await openLesson(file);
    const cell = notebook
      .getCells()
      .find(({ document }) => /^learning_rate = 0\.25$/m.test(document.getText()));
    assert.ok(cell);
    const before = cell.document.getText();
    select(cell.index);
    await diagnose();
    assert.deepEqual(marked(cell), [['exploding', '0.25']]);
    const [mark] = marksOf(cell);
    assert.equal(mark?.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(mark.message, /The learning rate 0\.25 is 1\.06 times the limit 0\.2366\./);

    const [fix] = await fixesOf(cell);
    assert.ok(fix);
    assert.equal(fix.title, 'Use learning_rate = 0.213');
    assert.equal(fix.isPreferred, true);
    await choose(fix);
    assert.match(cell.document.getText(), /^learning_rate = 0\.213$/m);
    assert.ok((payloadOf(cell).runs[0]?.final.loss ?? NaN) < 7063);
    assert.deepEqual(marksOf(cell), []);

    await vscode.commands.executeCommand('notebook.cell.edit');
    await vscode.commands.executeCommand('undo');
    await until('the old text', () => cell.document.getText() === before);
    await setText(cell, before);
  });

  it('marks no run that is well', async () => {
    const notebook = await openLesson(await writeLesson(well));
    const [cell] = notebook.getCells();
    assert.ok(cell);
    await diagnose();
    await until('the run', () => succeeded(cell) === true);
    assert.deepEqual(marksOf(cell), []);
  });

  it('runs a cell first whose text has changed, and takes its marks away while it is another', async () => {
    const notebook = await openLesson(await writeLesson(well));
    const [cell] = notebook.getCells();
    assert.ok(cell);
    await execute(notebook);
    await setText(cell, exploding);
    await diagnose();
    assert.equal(payloadOf(cell).source, exploding);
    assert.deepEqual(marked(cell), [['exploding', '1.5']]);
    const order = cell.executionSummary?.executionOrder;
    await diagnose();
    assert.equal(cell.executionSummary?.executionOrder, order, 'a run of the same text is judged as it is');

    await setText(cell, well);
    await until('the marks gone', () => marksOf(cell).length === 0);
    await setText(cell, exploding);
    await until('the marks back', () => marksOf(cell).length === 1);
    await execute(notebook);
    assert.deepEqual(marksOf(cell), []);
  });

  it('runs a cell first whose data file has changed', async () => {
    const source =
      'data = "rates.csv"\nparameters w = 0\nloss = mean((w * x - y)^2)\nlearning_rate = 0.1\nsteps = 50';
    const lesson = await writeLesson(source);
    const data = vscode.Uri.joinPath(lesson, '..', 'rates.csv');
    const write = (text: string) => vscode.workspace.fs.writeFile(data, new TextEncoder().encode(text));
    await write('x,y\n1,1\n2,2\n');
    const notebook = await openLesson(lesson);
    const [cell] = notebook.getCells();
    assert.ok(cell);
    await diagnose();
    assert.deepEqual(marksOf(cell), []);
    await write('x,y\n10,10\n20,20\n30,33\n');
    await diagnose();
    assert.equal(payloadOf(cell).table?.rows, 3);
    assert.equal(marksOf(cell).length, 1);
    await vscode.workspace.fs.delete(data);
  });

  it('judges each run of a sweep, and mends the one that it marks', async () => {
    const sweep = exploding.replace('1.5', '[1e-4, 0.1, 1.5]');
    const notebook = await openLesson(await writeLesson(sweep));
    const [cell] = notebook.getCells();
    assert.ok(cell);
    await diagnose();
    assert.deepEqual(marked(cell), [
      ['crawling', '1e-4'],
      ['exploding', '1.5'],
    ]);
    assert.match(marksOf(cell)[1]?.message ?? '', /^learning_rate = 1\.5: The loss is growing/);
    const [first] = await fixesOf(cell);
    assert.ok(first);
    await choose(first);
    assert.match(cell.document.getText(), /learning_rate = \[0\.\d+, 0\.1, 1\.5\]/);
    assert.deepEqual(marked(cell), [['exploding', '1.5']]);
  });

  it('leaves a cell that cannot run to the problems that it has', async () => {
    const notebook = await openLesson(await writeLesson(well.replace('w^2', 'v^2')));
    const [cell] = notebook.getCells();
    assert.ok(cell);
    await diagnose();
    await until('the failure', () => succeeded(cell) === false);
    assert.deepEqual(marksOf(cell), []);
  });

  it('takes the only cell that went wrong where prose is selected', async () => {
    const [first, second] = await openWithProse(well, exploding);
    assert.ok(first && second);
    await execute(first.notebook);
    select(0);
    await diagnose();
    assert.deepEqual(marksOf(first), []);
    assert.deepEqual(marked(second), [['exploding', '1.5']]);
    assert.equal(vscode.window.activeNotebookEditor?.selection.start, second.index);
  });

  it('asks which cell where several could be meant', async () => {
    const [first, second] = await openWithProse(exploding, exploding.replace('1.5', '2'));
    assert.ok(first && second);
    await execute(first.notebook);
    select(0);
    const asked = diagnose();
    // The list takes a moment to open, and takes no notice of what comes before that.
    const accept = setInterval(
      () => void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'),
      300,
    );
    await asked.finally(() => {
      clearInterval(accept);
    });
    assert.equal(marksOf(first).length + marksOf(second).length, 1);
  });

  it('judges the cell that it was asked for, whichever is selected', async () => {
    const notebook = await openLesson(await writeLesson(exploding, exploding));
    const [first, second] = notebook.getCells();
    assert.ok(first && second);
    select(0);
    await vscode.commands.executeCommand('gdnb.diagnoseLoss', second);
    assert.deepEqual([marksOf(first).length, marksOf(second).length], [0, 1]);
  });
});
