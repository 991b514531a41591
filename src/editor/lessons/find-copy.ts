import { window } from 'vscode';
import type { ExtensionContext, Uri } from 'vscode';

import { bundledFiles } from './bundled.ts';
import { chooseFolder } from './choose-folder.ts';
import { copyInto } from './copy-into.ts';
import type { CopyRecord } from './copy-record.ts';
import { isFolder, LessonCopy } from './lesson-copy.ts';

/** The person's copy of the lessons, which may have to be made. Nothing when its folder is gone and they give up. */
export async function findCopy(
  context: ExtensionContext,
  record: CopyRecord,
): Promise<LessonCopy | undefined> {
  const folder = await record.folder();
  const isThere = folder.toString() === record.storage.toString() || (await isFolder(folder));
  const place = isThere ? folder : await askWhere(folder, record);
  return place && new LessonCopy(place, await bundledFiles(context), record);
}

/** A folder as a person knows it. */
export function pathOf({ scheme, fsPath, path }: Uri): string {
  return scheme === 'file' ? fsPath : path;
}

async function askWhere(gone: Uri, record: CopyRecord): Promise<Uri | undefined> {
  const [folder, storage] = ['Choose a Folder...', 'Open Without a Folder'] as const;
  const detail =
    'The folder was moved, renamed or deleted, or its drive is not connected. Choose where your lessons are now, ' +
    'or a folder to copy them to anew; or open a copy that the extension keeps for you.';
  const message = `Your lessons are no longer in "${pathOf(gone)}".`;
  const chosen = await window.showWarningMessage(message, { modal: true, detail }, folder, storage);
  if (chosen === undefined) return undefined;
  if (chosen === storage) {
    await record.moveTo(record.storage);
    return record.storage;
  }
  const parent = await chooseFolder();
  return parent && (await copyInto(parent, record)).folder;
}
