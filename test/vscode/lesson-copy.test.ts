import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { bytesId } from '../../src/lesson/index.ts';
import { closeAll, setRunOnOpen, setText, until } from './lessons.ts';

const { fs } = vscode.workspace;
const lesson = 'loss-and-gradient-descent.gdnb';

async function read(file: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await fs.readFile(file));
}

async function write(file: vscode.Uri, text: string): Promise<void> {
  await fs.writeFile(file, new TextEncoder().encode(text));
}

/** The lesson as the extension brings it. */
async function bundled(name = lesson): Promise<string> {
  const extension = vscode.extensions.getExtension('gdnb.gradient-descent-notebook');
  assert.ok(extension);
  return read(vscode.Uri.joinPath(extension.extensionUri, 'notebooks', name));
}

/** Runs the command and returns the notebook that it opened. */
async function open(...args: string[]): Promise<vscode.NotebookDocument> {
  await vscode.commands.executeCommand('gdnb.openLesson', ...args);
  await until('the editor', () => vscode.window.activeNotebookEditor !== undefined);
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  assert.ok(notebook);
  return notebook;
}

/** Makes the extension believe that it had brought these texts before it was updated. */
async function pretendOriginals(folder: vscode.Uri, texts: Record<string, string>): Promise<void> {
  const file = vscode.Uri.joinPath(folder, '..', 'lessons.json');
  const record = JSON.parse(await read(file)) as { originals: Record<string, Record<string, string>> };
  for (const originals of Object.values(record.originals)) {
    for (const [name, text] of Object.entries(texts))
      originals[name] = bytesId(new TextEncoder().encode(text));
  }
  await write(file, JSON.stringify(record));
}

describe('the copy of the lesson', () => {
  let file: vscode.Uri;
  let folder: vscode.Uri;

  before(async () => {
    await setRunOnOpen(false);
    file = (await open()).uri;
    folder = vscode.Uri.joinPath(file, '..');
  });
  beforeEach(async () => {
    await closeAll();
    await write(file, await bundled());
  });
  after(async () => {
    await setRunOnOpen(undefined);
    await closeAll();
    await fs.delete(folder, { recursive: true });
  });

  it('has all notebooks and their data', async () => {
    for (const name of ['language.gdnb', 'houses.csv', 'houses.LICENSE.md', lesson]) {
      assert.equal(await read(vscode.Uri.joinPath(folder, name)), await bundled(name));
    }
    assert.equal(
      (await open('language.gdnb')).uri.toString(),
      vscode.Uri.joinPath(folder, 'language.gdnb').toString(),
    );
  });

  it('is opened where a link says', async () => {
    const notebook = await open(lesson, 'Too large');
    const [selection] = vscode.window.activeNotebookEditor?.selections ?? [];
    assert.ok(selection);
    assert.match(notebook.cellAt(selection.start - 1).document.getText(), /^#+ Too large$/m);
    assert.match(notebook.cellAt(selection.start).document.getText(), /^learning_rate = 0\.25$/m);
  });

  it('is found again as it was left', async () => {
    const text = `${await bundled()}\nMine.\n`;
    await write(file, text);
    const notebook = await open();
    assert.equal(notebook.uri.toString(), file.toString());
    assert.equal(await read(file), text);
  });

  it('is completed when something of it is gone', async () => {
    await fs.delete(vscode.Uri.joinPath(folder, 'houses.csv'));
    await open();
    assert.equal(await read(vscode.Uri.joinPath(folder, 'houses.csv')), await bundled('houses.csv'));
  });

  it('is made once when it is asked for twice', async () => {
    await fs.delete(folder, { recursive: true });
    await Promise.all([open(), open('language.gdnb'), open()]);
    const names = (await fs.readDirectory(folder)).map(([name]) => name);
    assert.ok(!names.some((name) => name.includes('mine')), names.join());
    assert.equal(await read(file), await bundled());
  });

  it('is brought up to date by an update when nobody has edited it', async () => {
    const old = '# The lesson as it was\n';
    await write(file, old);
    await pretendOriginals(folder, { [lesson]: old });
    await open();
    assert.equal(await read(file), await bundled());
  });

  it('is left alone by an update when it was edited, be it not saved', async () => {
    const mine = '# The lesson as I made it\n';
    await write(file, mine);
    await pretendOriginals(folder, { [lesson]: '# The lesson as it was\n' });
    const notebook = await open();
    assert.equal(await read(file), mine);

    await pretendOriginals(folder, { [lesson]: mine });
    await setText(notebook.cellAt(0), '# Not saved yet');
    assert.ok(notebook.isDirty);
    await open();
    assert.equal(await read(file), mine);
    assert.equal(notebook.cellAt(0).document.getText(), '# Not saved yet');
    await notebook.save();
  });

  it('is left alone when nobody knows what it was made from', async () => {
    const mine = '# Mine\n';
    await write(file, mine);
    await write(vscode.Uri.joinPath(folder, '..', 'lessons.json'), 'not JSON');
    await open();
    assert.equal(await read(file), mine);
  });
});
