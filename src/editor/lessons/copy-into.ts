import { Uri, workspace } from 'vscode';

import { copyFiles, freePlaceIn, lessonsIn } from './choose-folder.ts';
import type { CopyRecord } from './copy-record.ts';
import { isFolder, unsavedIn } from './lesson-copy.ts';

/**
 * Makes a folder for the lessons in `parent`, with what the person has made of them so far, and has them be there from
 * now on; or takes the lessons that are there already, as they are.
 */
export async function copyInto(
  parent: Uri,
  record: CopyRecord,
): Promise<{ readonly folder: Uri; readonly wasThere: boolean }> {
  const existing = await lessonsIn(parent);
  const folder = existing ?? (await freePlaceIn(parent));
  if (!existing) {
    const before = await record.folder();
    await Promise.all(unsavedIn(before).map(async (notebook) => notebook.save()));
    await workspace.fs.createDirectory(folder);
    if (await isFolder(before)) await copyFiles(before, folder);
    await record.addOriginals(folder, await record.originals(before));
  }
  await record.moveTo(folder);
  return { folder, wasThere: existing !== undefined };
}
