import { window } from 'vscode';

import { firstLesson, isNotebook, titleOf, type BundledFile } from './bundled.ts';
import type { LessonCopy } from './lesson-copy.ts';
import { tellKept } from './newer.ts';

/** Makes the lesson in the active editor, or else the first, as it came, with its data; asks before. */
export async function restoreLesson(copy: LessonCopy, files: readonly BundledFile[]): Promise<void> {
  const lesson = activeLesson(copy, files);
  if (!lesson) return;
  const changed = await copy.changed();
  const toRestore = changed.filter((file) => file === lesson || !isNotebook(file));
  const title = `"${titleOf(lesson)}"`;
  if (toRestore.length === 0) {
    void window.showInformationMessage(`${title} is as it came: there is nothing to restore.`);
    return;
  }
  const detail =
    'Its cells, prose and data will be as they came with the extension. What you have now is kept beside it, under ' +
    'another name. Your answers to questions stay.';
  const restore = 'Restore';
  if ((await window.showWarningMessage(`Restore ${title}?`, { modal: true, detail }, restore)) !== restore)
    return;
  // Not awaited: who ran the command need not answer the notification first.
  void tellKept(copy, await copy.replace(toRestore));
}

function activeLesson(copy: LessonCopy, files: readonly BundledFile[]): BundledFile | undefined {
  const active = window.activeNotebookEditor?.notebook.uri.toString();
  const open = files.find((file) => isNotebook(file) && copy.at(file.name).toString() === active);
  return open ?? files.find(({ name }) => name === firstLesson);
}
