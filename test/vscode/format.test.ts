import assert from 'node:assert/strict';

import fc from 'fast-check';
import * as vscode from 'vscode';

import { nastyText } from '../lesson/nasty.ts';
import { until } from './lessons.ts';

const { fs } = vscode.workspace;

/** Files with a cell `x = 1` to edit, and beside it all that an editor is likely to lose. */
const files: readonly (readonly [what: string, text: string])[] = [
  ['CRLF', '# A\r\n\r\n```gd\r\nx = 1\r\n```\r\n\r\nb\r\nc\r\n'],
  ['mixed line ends in a cell', 'a\nb\r\nc\rd\n\n```gd\nx = 1\n```\n\n```gd\ny\r\nz\n```\n'],
  ['a byte-order mark', '\uFEFF# A\n\n```gd\nx = 1\n```\n'],
  ['a byte-order mark in a cell', '```gd\nx = 1\n```\n\n```gd\n\uFEFFy\n```\n\n\uFEFFb\n'],
  ['front matter', '---\r\ntitle: A\r\n---\r\n\r\n```gd\nx = 1\n```'],
  ['blank lines at the seams', '\n\n```gd\nx = 1\n```\n\n\n\na\n\n\n\n```gd\n\n```\n\n \n\n'],
  ['no last line end', '```gd\nx = 1\n```\n\na'],
  ['an unclosed cell', '```gd\nx = 1\n```\n\n```gd\ny\n'],
  ['an unclosed fence', '```gd\nx = 1\n```\n\n~~~\na\n'],
  ['long and tilde fences', '`````gd more\nx = 1\n`````  \n~~~gd\n```\n~~~~\n'],
  [
    'cells said by length',
    '```gd\nx = 1\n```\n<!-- cell code python 01 line -->\ny\n<!-- cell markdown 1 lines -->\n\n',
  ],
  ['marks', '```gd\nx = 1\n```\n<!-- cell -->\n\na\n<!-- cell --> \nb\n<!-- cell markdown 99 lines -->\n'],
  ['separators that end no line', '```gd\nx = 1\n```\n\na\u2028b\u0085c\vd\0e\n'],
];

let folder: vscode.Uri;

let count = 0;

async function write(content: string | Uint8Array): Promise<vscode.Uri> {
  count += 1;
  const file = vscode.Uri.joinPath(folder, `${count}.gdnb`);
  await fs.writeFile(file, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  return file;
}

/** The text of a file, its byte-order mark included. */
async function read(file: vscode.Uri): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await fs.readFile(file));
}

async function open(content: string): Promise<vscode.NotebookDocument> {
  return vscode.workspace.openNotebookDocument(await write(content));
}

async function setText(cell: vscode.NotebookCell, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const { document } = cell;
  const all = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  edit.replace(document.uri, all, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function insert(
  notebook: vscode.NotebookDocument,
  at: number,
  cells: vscode.NotebookCellData[],
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(at, cells)]);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

function editableCell(notebook: vscode.NotebookDocument): vscode.NotebookCell {
  const cell = notebook.getCells().find((each) => each.document.getText() === 'x = 1');
  assert.ok(cell, 'the file has a cell to edit');
  return cell;
}

async function save(notebook: vscode.NotebookDocument): Promise<void> {
  // The extension host hears of both a moment after the editor knows.
  await until('the change', () => notebook.isDirty);
  assert.ok(await notebook.save());
  await until('the save', () => !notebook.isDirty);
}

describe('the file of a lesson', () => {
  before(() => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    folder = vscode.Uri.joinPath(first.uri, 'format-test');
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await fs.delete(folder, { recursive: true });
  });

  for (const [what, text] of files) {
    it(`keeps its bytes when a cell is edited: ${what}`, async () => {
      const notebook = await open(text);
      await setText(editableCell(notebook), 'x = 2');
      await save(notebook);
      assert.equal(await read(notebook.uri), text.replace('x = 1', 'x = 2'));
    });
  }

  it('keeps its bytes when a cell is edited: anything', async function () {
    this.timeout(120_000);
    for (const text of fc.sample(nastyText, { numRuns: 60, seed: 1 })) {
      const notebook = await open(`\`\`\`gd\nx = 1\n\`\`\`\n\n${text}`);
      const before = await read(notebook.uri);
      await setText(editableCell(notebook), 'x = 2');
      await save(notebook);
      assert.equal(await read(notebook.uri), before.replace('x = 1', 'x = 2'));
    }
  });

  it('is not changed by opening it, nor by an edit that was taken back', async () => {
    for (const [, text] of files) {
      const notebook = await open(text);
      assert.ok(!notebook.isDirty);
      const cell = editableCell(notebook);
      await setText(cell, 'x = 2');
      await setText(cell, 'x = 1');
      await save(notebook);
      assert.equal(await read(notebook.uri), text);
    }
  });

  it('takes an edit with the line ends that it has', async () => {
    const notebook = await open('a\r\n\r\n```gd\r\nx = 1\r\n```\r\n');
    await setText(editableCell(notebook), 'x = 2\n\ny = 3');
    await save(notebook);
    assert.equal(await read(notebook.uri), 'a\r\n\r\n```gd\r\nx = 2\r\n\r\ny = 3\r\n```\r\n');
  });

  it('is refused when it is not UTF-8, and left alone', async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('# A\n\ncaf'), 0xe9, 0x0a]);
    const file = await write(bytes);
    await assert.rejects(
      async () => vscode.workspace.openNotebookDocument(file),
      /not UTF-8 text: line 3 .*Reopen with Encoding/,
    );
    assert.deepEqual([...(await fs.readFile(file))], [...bytes]);
  });

  it('has the new cells when it is opened again', async () => {
    const code = vscode.NotebookCellKind.Code;
    const markdown = vscode.NotebookCellKind.Markup;
    const cells = [
      new vscode.NotebookCellData(markdown, '', 'markdown'),
      new vscode.NotebookCellData(code, 'y = 1\n```\n', 'gd'),
      new vscode.NotebookCellData(code, '', 'gd'),
      new vscode.NotebookCellData(code, 'print(1)\n', 'python'),
      new vscode.NotebookCellData(markdown, '# B\n', 'markdown'),
      new vscode.NotebookCellData(markdown, 'How a cell is written:\n\n```gd\nloss = x^2\n```', 'markdown'),
      new vscode.NotebookCellData(markdown, '<!-- cell -->\n~~~', 'markdown'),
      new vscode.NotebookCellData(markdown, '---\na: 1\n---', 'markdown'),
    ];
    for (const text of ['', '# A\r\n', '```gd\nx\n```']) {
      const notebook = await open(text);
      await insert(notebook, 0, cells);
      await insert(notebook, notebook.cellCount, cells);
      await save(notebook);
      // Under another name, so that it is read from the file and not from the editor's memory.
      const again = await open(await read(notebook.uri));
      assert.deepEqual(visible(again), visible(notebook));
      assert.equal(again.cellCount, readCount(text) + 2 * cells.length);
    }
  });

  it('has its cells in their new order when they were moved', async () => {
    const notebook = await open('a\n\n```gd\nx\n```\n\nb\n\n~~~\nunclosed\n');
    const moved = notebook.getCells().map(({ kind, document, metadata }) => {
      const cell = new vscode.NotebookCellData(kind, document.getText(), document.languageId);
      cell.metadata = metadata;
      return cell;
    });
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.NotebookRange(0, notebook.cellCount);
    edit.set(notebook.uri, [vscode.NotebookEdit.replaceCells(all, moved.reverse())]);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await save(notebook);
    assert.equal(
      await read(notebook.uri),
      '<!-- cell markdown 4 lines -->\nb\n\n~~~\nunclosed\n\n```gd\nx\n```\n\na\n',
    );
  });
});

function visible(notebook: vscode.NotebookDocument): unknown[] {
  return notebook
    .getCells()
    .map(({ kind, document }) => [kind, document.languageId, document.getText().replaceAll('\r\n', '\n')]);
}

function readCount(text: string): number {
  return text === '' ? 0 : 1;
}
