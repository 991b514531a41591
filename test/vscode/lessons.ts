import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { decodePayload, runMimeType, type RunPayload } from '../../src/output/index.ts';

export const extensionId = 'gdnb.gradient-descent-notebook';

let count = 0;

/** The folder that the window has open: a copy of the lessons. */
export function lessonsFolder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first.uri;
}

/** Writes code cells to a new lesson beside the others. */
export async function writeLesson(...cells: string[]): Promise<vscode.Uri> {
  count += 1;
  const file = vscode.Uri.joinPath(lessonsFolder(), `written-${count}.gdnb`);
  const text = cells.map((cell) => `\`\`\`gd\n${cell}\n\`\`\`\n`).join('\n');
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  return file;
}

/** Opens a lesson in an editor, with the controller chosen. */
export async function openLesson(file: vscode.Uri): Promise<vscode.NotebookDocument> {
  const notebook = await vscode.workspace.openNotebookDocument(file);
  const notebookEditor = await vscode.window.showNotebookDocument(notebook);
  const controller = { id: 'gdnb', extension: extensionId, notebookEditor };
  await vscode.commands.executeCommand('notebook.selectKernel', controller);
  return notebook;
}

/** Runs cells as the buttons of the editor do; resolves when their queue has run dry. */
export async function execute(
  notebook: vscode.NotebookDocument,
  start = 0,
  end = notebook.cellCount,
): Promise<void> {
  await vscode.commands.executeCommand('notebook.cell.execute', {
    ranges: [{ start, end }],
    document: notebook.uri,
  });
}

export async function setText({ document }: vscode.NotebookCell, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, document.validateRange(new vscode.Range(0, 0, document.lineCount, 0)), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

export async function deleteCell({ notebook, index }: vscode.NotebookCell): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(index, index + 1))]);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** What the figure of a cell was given. */
export function payloadOf(cell: vscode.NotebookCell): RunPayload {
  return decodePayload(itemText(cell, runMimeType));
}

/** The text of the one output item of a MIME type. */
export function itemText(cell: vscode.NotebookCell, mime: string): string {
  const items = cell.outputs.flatMap((output) => output.items).filter((item) => item.mime === mime);
  assert.equal(items.length, 1, `one ${mime} in ${JSON.stringify(mimesOf(cell))}`);
  return new TextDecoder().decode(items[0]?.data);
}

/** The error beneath a cell. */
export function errorOf(cell: vscode.NotebookCell): { name: string; message: string; stack: string } {
  const text = itemText(cell, 'application/vnd.code.notebook.error');
  return JSON.parse(text) as ReturnType<typeof errorOf>;
}

/** The MIME types of a cell's outputs. */
export function mimesOf(cell: vscode.NotebookCell): string[][] {
  return cell.outputs.map((output) => output.items.map(({ mime }) => mime));
}

export function succeeded(cell: vscode.NotebookCell): boolean | undefined {
  return cell.executionSummary?.success;
}

/** Resolves when the condition holds. */
export async function until(what: string, holds: () => boolean, milliseconds = 20_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!holds()) {
    assert.ok(Date.now() < end, `${what} did not happen within ${milliseconds / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export async function setRunOnOpen(value: boolean | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('gdnb');
  await settings.update('runOnOpen', value, vscode.ConfigurationTarget.Global);
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
