import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import gd from '../../media/snippets/gd.json' with { type: 'json' };
import gdnb from '../../media/snippets/gdnb.json' with { type: 'json' };
import markdown from '../../media/snippets/markdown.json' with { type: 'json' };
import { closeAll, lessonsFolder, openLesson, setRunOnOpen } from './lessons.ts';

const inMarkdown = Object.values(markdown).map(({ prefix }) => prefix);

/** The snippets that are offered at the start of a document. */
async function snippetsIn({ uri }: vscode.TextDocument, line = 0): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    new vscode.Position(line, 0),
  );
  return list.items
    .filter(({ kind }) => kind === vscode.CompletionItemKind.Snippet)
    .map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function write(name: string, text: string): Promise<vscode.Uri> {
  const file = vscode.Uri.joinPath(lessonsFolder(), name);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  return file;
}

describe('the snippets', () => {
  before(() => setRunOnOpen(false));
  after(() => setRunOnOpen(undefined));
  afterEach(closeAll);

  it('are offered in the cells of a lesson', async () => {
    const notebook = await openLesson(await write('snippets.gdnb', '\n# A\n\n```gd\n\n```\n'));
    const prose = new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, '', 'markdown');
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(0, [prose])]);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const offered = await snippetsIn(notebook.cellAt(0).document);
    for (const prefix of inMarkdown) assert.ok(offered.includes(prefix), `${prefix} in ${offered.join()}`);
    const inCode = await snippetsIn(notebook.cellAt(2).document);
    for (const { prefix } of Object.values(gd))
      assert.ok(inCode.includes(prefix), `${prefix} in ${inCode.join()}`);
    for (const prefix of inMarkdown) assert.ok(!inCode.includes(prefix), prefix);
  });

  it('are offered in the text of a lesson', async () => {
    const document = await vscode.workspace.openTextDocument(await write('text.gdnb', '\n'));
    assert.equal(document.languageId, 'gdnb');
    const offered = await snippetsIn(document);
    for (const { prefix } of [...Object.values(gdnb), ...Object.values(markdown)]) {
      assert.ok(offered.includes(prefix), `${prefix} in ${offered.join()}`);
    }
  });

  it("are not offered in other people's Markdown", async () => {
    const document = await vscode.workspace.openTextDocument(await write('text.md', '\n'));
    const offered = await snippetsIn(document);
    for (const prefix of inMarkdown) assert.ok(!offered.includes(prefix), prefix);
  });
});
