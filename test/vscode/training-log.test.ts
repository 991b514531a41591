import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { decodeLog, logMimeType, type LogPayload } from '../../src/output/index.ts';
import { brokenTrainerState, overfittingKerasLog } from '../renderer/logs.ts';
import {
  closeAll,
  errorOf,
  execute,
  itemText,
  lessonsFolder,
  mimesOf,
  openLesson,
  setRunOnOpen,
  succeeded,
  until,
  writeLesson,
} from './lessons.ts';

const cellOf = (name: string) => `training_log = "${name}"`;

async function writeLog(name: string, text: string): Promise<vscode.Uri> {
  const file = vscode.Uri.joinPath(lessonsFolder(), name);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  return file;
}

function logOf(cell: vscode.NotebookCell): LogPayload {
  return decodeLog(itemText(cell, logMimeType));
}

/** Iterations of nanoGPT from 0 on. */
function iterations(count: number): string {
  return Array.from(
    { length: count },
    (_, step) => `iter ${step}: loss ${(9 / (step + 1)).toFixed(4)}, time 1ms\n`,
  ).join('');
}

/** A log that takes seconds to read. */
function hugeLog(): string {
  const record = (step: number) =>
    `{"epoch": 0.5, "grad_norm": 1.25, "learning_rate": 0.0001, "loss": 2.5, "step": ${step}}`;
  return `{"log_history": [${Array.from({ length: 400_000 }, (_, step) => record(step)).join(', ')}]}`;
}

async function filesOfWorkspace(): Promise<string[]> {
  return (await vscode.workspace.fs.readDirectory(lessonsFolder())).map(([name]) => name).sort();
}

/** The one code cell of the notebook in the active editor. */
function activeCell(): vscode.NotebookCell | undefined {
  return vscode.window.activeNotebookEditor?.notebook
    .getCells()
    .find(({ kind }) => kind === vscode.NotebookCellKind.Code);
}

describe('the training log of a cell', () => {
  before(() => setRunOnOpen(false));
  after(() => setRunOnOpen(undefined));
  afterEach(closeAll);

  it('is drawn with what it shows', async () => {
    await writeLog('trainer_state.json', brokenTrainerState());
    const notebook = await openLesson(await writeLesson(cellOf('trainer_state.json')));
    await execute(notebook);
    const cell = notebook.cellAt(0);
    assert.equal(succeeded(cell), true);
    assert.deepEqual(mimesOf(cell), [[logMimeType, 'text/plain']]);
    const [curve] = logOf(cell).curves;
    assert.equal(curve?.diagnosis.condition, 'not-finite');
    assert.match(itemText(cell, 'text/plain'), /max_grad_norm=1\.0/);
    assert.equal(notebook.isDirty, false);
  });

  it('is drawn again when it grows, in the same place', async () => {
    const file = await writeLog('growing.txt', iterations(20));
    const notebook = await openLesson(await writeLesson(cellOf('growing.txt')));
    await execute(notebook);
    const cell = notebook.cellAt(0);
    assert.equal(logOf(cell).curves[0]?.records, 20);
    const places = new Set<number>();
    const listener = vscode.workspace.onDidChangeNotebookDocument(({ cellChanges }) => {
      for (const { outputs } of cellChanges) if (outputs) places.add(outputs.length);
    });
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${iterations(30)}iter 30: lo`));
    await until('the picture of the longer log', () => logOf(cell).curves[0]?.records === 30, 60_000);
    listener.dispose();
    assert.deepEqual([...places], [1]);
    await until('the end of the reading', () => succeeded(cell) === true);
  });

  it('that is not there is an error that names those that are, and is marked as one types', async () => {
    await writeLog('metrics.jsonl', '{}');
    const notebook = await openLesson(await writeLesson(cellOf('trainer.json')));
    const cell = notebook.cellAt(0);
    await until('the problem', () => vscode.languages.getDiagnostics(cell.document.uri).length === 1);
    await execute(notebook);
    assert.equal(succeeded(cell), false);
    assert.match(
      errorOf(cell).message,
      /^Line 1, column 16: There is no file "trainer\.json" beside the notebook\..*"metrics\.jsonl"/,
    );
  });

  it('in no known format is an error that lists what was looked for', async () => {
    await writeLog('notes.txt', 'epoch one went well\n');
    const notebook = await openLesson(await writeLesson(cellOf('notes.txt')));
    await execute(notebook);
    assert.match(errorOf(notebook.cellAt(0)).stack, /- Lightning metrics\.csv: /);
  });

  it('that is large shows how far its reading has come, and is stopped', async () => {
    await writeLog('huge.json', hugeLog());
    const notebook = await openLesson(await writeLesson(cellOf('huge.json')));
    const cell = notebook.cellAt(0);
    const run = execute(notebook);
    await until('the progress', () => cell.outputs.length > 0, 60_000);
    assert.equal(logOf(cell).state, 'reading');
    assert.match(itemText(cell, 'text/plain'), /^Reading huge\.json: \d+ of 3\d MB\.$/);
    await vscode.commands.executeCommand('notebook.cancelExecution');
    await run;
    assert.equal(succeeded(cell), false);
    assert.equal(logOf(cell).state, 'stopped');
    assert.match(itemText(cell, 'text/plain'), /^Stopped reading huge\.json after /);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(lessonsFolder(), 'huge.json'));
  });

  it('has a name that leads to its file, and is offered by it', async () => {
    const file = await writeLog('trainer_state.json', brokenTrainerState());
    const notebook = await openLesson(await writeLesson('training_log = "t"'));
    const { document } = notebook.cellAt(0);
    const inside = new vscode.Position(0, 17);
    const offered = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      inside,
    );
    assert.ok(offered.items.some(({ label }) => label === 'trainer_state.json'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 15, 0, 18), '"trainer_state.json"');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const [place] = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      inside,
    );
    assert.equal(place?.uri.toString(), file.toString());
  });
});

describe('the command Diagnose a Training Log', () => {
  afterEach(closeAll);

  /** Runs the command and waits until the log is drawn. */
  const diagnose = async (given: vscode.Uri | 'clipboard' | 'selection'): Promise<vscode.NotebookCell> => {
    await vscode.commands.executeCommand('gdnb.diagnoseTrainingLog', given);
    await until('the figure', () => activeCell()?.executionSummary?.success === true, 60_000);
    const cell = activeCell();
    assert.ok(cell);
    return cell;
  };

  it('opens a notebook about a file, leaves the folder as it is, and finds that notebook again', async () => {
    const log = await writeLog('training.log', overfittingKerasLog());
    const before = await filesOfWorkspace();
    const cell = await diagnose(log);
    assert.equal(cell.document.getText(), cellOf('training.log'));
    assert.equal(logOf(cell).curves[0]?.diagnosis.condition, 'overfitting');
    assert.deepEqual(await filesOfWorkspace(), before);
    assert.equal(cell.notebook.isDirty, false);

    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(log));
    const again = await diagnose(log);
    assert.equal(again.notebook, cell.notebook);
  });

  it('follows the file from the notebook that it opened', async () => {
    const log = await writeLog('followed.txt', iterations(20));
    const cell = await diagnose(log);
    assert.equal(logOf(cell).curves[0]?.records, 20);
    await vscode.workspace.fs.writeFile(log, new TextEncoder().encode(iterations(25)));
    await until('the picture of the longer log', () => logOf(cell).curves[0]?.records === 25, 60_000);
  });

  it('works beside the log once the notebook is saved there', async () => {
    const log = await writeLog('kept.txt', iterations(20));
    const { notebook } = await diagnose(log);
    const bytes = await vscode.workspace.fs.readFile(notebook.uri);
    await closeAll();
    const copy = vscode.Uri.joinPath(lessonsFolder(), 'kept.gdnb');
    await vscode.workspace.fs.writeFile(copy, bytes);
    await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(copy));
    await until('the figure', () => activeCell()?.executionSummary?.success === true, 60_000);
    await vscode.workspace.fs.delete(copy);
  });

  it('opens a notebook about what is selected', async () => {
    const document = await vscode.workspace.openTextDocument({
      content: `Training began.\n${iterations(20)}`,
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, document.lineCount, 0);
    const cell = await diagnose('selection');
    assert.equal(logOf(cell).curves[0]?.records, 20);
  });

  it('opens a notebook about what is in the clipboard', async () => {
    await vscode.env.clipboard.writeText(iterations(12));
    const cell = await diagnose('clipboard');
    assert.equal(logOf(cell).curves[0]?.records, 12);
  });

  it('says what it looked for where it knows no log, and opens nothing', async () => {
    const notes = await writeLog('notes.txt', 'epoch one went well\n');
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).length;
    const before = tabs();
    // In tests the editor refuses to show a dialog, and says what it would have shown.
    const running = Promise.resolve(vscode.commands.executeCommand('gdnb.diagnoseTrainingLog', notes));
    await assert.rejects(running, /no training log in a known format/);
    assert.equal(tabs(), before);
  });
});
