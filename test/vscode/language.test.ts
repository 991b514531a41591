import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { closeAll, openLesson, setRunOnOpen, writeLesson } from './lessons.ts';

const source = `data = "houses.csv"
size = sqft / 1000
parameters w = 0, b = 0
prediction = w * size + b
loss = mean((prediction - price / 1000)^2)
learning_rate = 0.1 # try 0.2
for each step:
    parameter = parameter - learning_rate * slope(loss)`;

describe('the language in a cell', () => {
  let document: vscode.TextDocument;

  before(async () => {
    await setRunOnOpen(false);
    const notebook = await openLesson(await writeLesson(source));
    document = notebook.cellAt(0).document;
  });
  after(async () => {
    await closeAll();
    await setRunOnOpen(undefined);
  });

  /** Asks what a command of the editor finds behind the first occurrence of a text. */
  async function ask<T>(command: string, behind: string, ...args: unknown[]): Promise<T> {
    const position = document.positionAt(source.indexOf(behind) + behind.length);
    return vscode.commands.executeCommand<T>(command, document.uri, position, ...args);
  }

  function textsOf(places: readonly { range: vscode.Range }[]): string[] {
    return places.map(({ range }) => document.lineAt(range.start.line).text);
  }

  it('completes columns, names and files', async () => {
    const complete = async (behind: string) => {
      const list = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', behind);
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    assert.ok((await complete('size = ')).includes('sqft'));
    assert.ok((await complete('prediction = ')).includes('w'));
    assert.ok((await complete('data = "')).includes('houses.csv'));
  });

  it('says what a word means, and what a function takes', async () => {
    const [hover] = await ask<vscode.Hover[]>('vscode.executeHoverProvider', 'learning_ra');
    const [content] = hover?.contents ?? [];
    assert.match(content instanceof vscode.MarkdownString ? content.value : '', /learning_rate/);
    const help = await ask<vscode.SignatureHelp>('vscode.executeSignatureHelpProvider', 'mean(');
    assert.match(help.signatures[0]?.label ?? '', /^mean\(/);
  });

  it('finds definitions and uses, and renames them', async () => {
    const definitions = await ask<vscode.Location[]>('vscode.executeDefinitionProvider', 'w * si');
    assert.deepEqual(textsOf(definitions), ['size = sqft / 1000']);
    const uses = await ask<vscode.Location[]>('vscode.executeReferenceProvider', 'w * si');
    assert.deepEqual(textsOf(uses), ['size = sqft / 1000', 'prediction = w * size + b']);
    const edit = await ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', 'w * si', 'area');
    assert.deepEqual(
      edit.get(document.uri).map(({ newText }) => newText),
      ['area', 'area'],
    );
    await assert.rejects(ask('vscode.executeDocumentRenameProvider', 'learning_ra', 'speed'));
  });

  it('colours every word, lists the statements and folds the block', async () => {
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    assert.ok(tokens.data.length / 5 > 30);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['data', 'size', 'w', 'b', 'prediction', 'loss', 'learning_rate', 'for each step'],
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [[6, 7]],
    );
  });

  it('says behind the learning rate below which value the run is stable', async () => {
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      all,
    );
    assert.deepEqual(
      hints.map(({ label, position }) => [label, position.line, position.character]),
      [['stable below 0.2366', 5, 'learning_rate = 0.1'.length]],
    );
  });
});
