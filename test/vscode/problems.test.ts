import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { closeAll, openLesson, setRunOnOpen, setText, until, writeLesson } from './lessons.ts';

function problemsOf(cell: vscode.NotebookCell): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(cell.document.uri);
}

function codesOf(cell: vscode.NotebookCell): unknown[] {
  return problemsOf(cell).map(({ code }) => code);
}

async function fixesOf({ document }: vscode.NotebookCell): Promise<vscode.CodeAction[]> {
  const all = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  const kind = vscode.CodeActionKind.QuickFix.value;
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, all, kind);
}

describe('the problems of a cell', () => {
  before(() => setRunOnOpen(false));
  after(() => setRunOnOpen(undefined));
  afterEach(closeAll);

  it('are marked as one types, and mended by a quick fix', async () => {
    const sound =
      'data = "houses.csv"\nparameters w = 0\nloss = mean((w * sqft - price)^2)\nlearning_rate = 1e-8';
    const notebook = await openLesson(await writeLesson(sound.replace('sqft', 'sqtf')));
    const [cell] = notebook.getCells();
    assert.ok(cell);
    await until('the problem', () => codesOf(cell).length === 1);
    assert.deepEqual(codesOf(cell), ['unknown-name']);
    const [problem] = problemsOf(cell);
    assert.ok(problem);
    assert.equal(cell.document.getText(problem.range), 'sqtf');
    assert.match(problem.message, /`sqft`/);

    const fix = (await fixesOf(cell)).find(({ title }) => title.includes('sqft'));
    assert.ok(fix?.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(cell.document.getText(), sound);
    await until('the end of the problem', () => codesOf(cell).length === 0);
  });

  it('follow the data file', async () => {
    const source =
      'data = "new.csv"\nparameters w = 0\nloss = mean((w - x)^2)\nlearning_rate = 0.1\nbatch_size = 2';
    const lesson = await writeLesson(source);
    const file = vscode.Uri.joinPath(lesson, '..', 'new.csv');
    const write = (text: string) => vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const notebook = await openLesson(lesson);
    const [cell] = notebook.getCells();
    assert.ok(cell);
    await until('the missing file', () => codesOf(cell).includes('data-file'));
    assert.ok((await fixesOf(cell)).some(({ title }) => title === 'Use "houses.csv"'));
    await write('y\n1\n2\n');
    await until('the missing column', () => codesOf(cell).join() === 'unknown-name');
    await write('x\n1\nnone\n');
    await until('the missing number', () => codesOf(cell).join() === 'data');
    await write('x\n1\n');
    await until('the batch too large', () => codesOf(cell).join() === 'batch-above-rows');
    await write('x\n1\n2\n');
    await until('the end of the problems', () => codesOf(cell).length === 0);
    await vscode.workspace.fs.delete(file);
    await until('the file gone', () => codesOf(cell).includes('data-file'));
  });

  it('are gone with the cell', async () => {
    const notebook = await openLesson(await writeLesson('loss ='));
    const [cell] = notebook.getCells();
    assert.ok(cell);
    await until('the problem', () => codesOf(cell).length > 0);
    await setText(cell, '');
    await until('the end of the problem', () => codesOf(cell).length === 0);
  });
});
