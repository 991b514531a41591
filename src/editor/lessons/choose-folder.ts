import { FileType, Uri, window, workspace } from 'vscode';

import { firstLesson } from './bundled.ts';
import { folderName } from './copy-state.ts';

/** What a copy's folder is called in the folder that the person chooses for it. */
const copyName = 'gradient-descent-lessons';

/** Asks for the folder in which to put the lessons; nothing when the person thinks better of it. */
export async function chooseFolder(): Promise<Uri | undefined> {
  const [home] = workspace.workspaceFolders ?? [];
  const chosen = await window.showOpenDialog({
    title: 'Choose a Folder for Your Lessons',
    openLabel: 'Copy the Lessons Here',
    canSelectFiles: false,
    canSelectFolders: true,
    ...(home ? { defaultUri: home.uri } : {}),
  });
  return chosen?.[0];
}

/** Where the lessons already are, if they are in a folder or in the one that was made for them there. */
export async function lessonsIn(folder: Uri): Promise<Uri | undefined> {
  for (const place of [folder, Uri.joinPath(folder, copyName)]) {
    if (await exists(Uri.joinPath(place, firstLesson))) return place;
  }
  return undefined;
}

/** Where in a folder the lessons can be put without touching what is there. */
export async function freePlaceIn(folder: Uri): Promise<Uri> {
  const taken = new Set((await workspace.fs.readDirectory(folder)).map(([name]) => name));
  return Uri.joinPath(folder, folderName(copyName, taken));
}

/** Copies the files of one folder, but not those of the folders in it, to another. */
export async function copyFiles(from: Uri, to: Uri): Promise<void> {
  for (const [name, type] of await workspace.fs.readDirectory(from)) {
    if (type === FileType.File) await workspace.fs.copy(Uri.joinPath(from, name), Uri.joinPath(to, name));
  }
}

async function exists(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
