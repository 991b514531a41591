import { commands, Uri, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { notebookType } from './serializer.ts';

const lesson = 'loss-and-gradient-descent.gdnb';
const files = [lesson, 'houses.csv'];

/** The command that opens the learner's own copy of the lesson: an installed extension's files are never edited. */
export function registerOpenLesson(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('gdnb.openLesson', async () => {
      const folder = Uri.joinPath(context.globalStorageUri, 'lesson');
      await workspace.fs.createDirectory(folder);
      for (const file of files) {
        await copyOnce(Uri.joinPath(context.extensionUri, 'notebooks', file), Uri.joinPath(folder, file));
      }
      await commands.executeCommand('vscode.openWith', Uri.joinPath(folder, lesson), notebookType);
    }),
  );
}

async function copyOnce(from: Uri, to: Uri): Promise<void> {
  if (await exists(to)) return;
  await workspace.fs.writeFile(to, await workspace.fs.readFile(from));
}

async function exists(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
