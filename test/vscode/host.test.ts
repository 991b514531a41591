import assert from 'node:assert/strict';

import * as vscode from 'vscode';

describe('the host', () => {
  it('has the extension under development', () => {
    const extension = vscode.extensions.getExtension('gdnb.gradient-descent-notebook');
    assert.ok(extension);
    const hasNode = 'process' in globalThis;
    assert.equal('main' in extension.packageJSON, hasNode);
  });

  it('opens the folder of the lessons', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const houses = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, 'houses.csv'));
    assert.match(new TextDecoder().decode(houses), /^sqft,beds,baths,price\n/);
  });
});
