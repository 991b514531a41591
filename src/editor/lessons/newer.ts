import { commands, window } from 'vscode';

import { isNotebook, titleOf, type BundledFile } from './bundled.ts';
import type { LessonCopy, Refreshed } from './lesson-copy.ts';

/** Says which lessons an update of the extension brought anew, and asks about those that the person has edited. */
export function tellNewer(copy: LessonCopy, { updated, overtaken }: Refreshed): void {
  const lessons = updated.filter(isNotebook);
  if (lessons.length > 0) {
    void window.showInformationMessage(`${named(lessons)} came anew with an update of the extension.`);
  }
  // Not awaited: the lesson opens meanwhile.
  if (overtaken.length > 0) void ask(copy, overtaken);
}

/** Says under which names copies are kept that were edited; offers to open the first. */
export async function tellKept(copy: LessonCopy, kept: readonly string[]): Promise<void> {
  const [first] = kept;
  if (first === undefined) return;
  const names = kept.map((name) => `"${name}"`).join(', ');
  const chosen = await window.showInformationMessage(
    `What you had is kept beside the lesson as ${names}.`,
    'Open It',
  );
  if (chosen !== undefined) await commands.executeCommand('vscode.open', copy.at(first));
}

async function ask(copy: LessonCopy, files: readonly BundledFile[]): Promise<void> {
  const isOne = files.length === 1;
  const [take, keep] = [isOne ? 'Take the New One' : 'Take the New Ones', 'Keep Mine'] as const;
  const message =
    `A newer ${named(files)} came with an update of the extension. You have edited yours, so it was left as it is. ` +
    'Taking the new one keeps yours beside it under another name.';
  const messages =
    `Newer versions of ${named(files)} came with an update of the extension. You have edited yours, so they were ` +
    'left as they are. Taking the new ones keeps yours beside them under other names.';
  const chosen = await window.showInformationMessage(isOne ? message : messages, take, keep);
  if (chosen === take) await tellKept(copy, await copy.replace(files));
  if (chosen === keep) await copy.keep(files);
}

function named(files: readonly BundledFile[]): string {
  const titles = files.map((file) => (isNotebook(file) ? `"${titleOf(file)}"` : file.name));
  const last = titles.pop() ?? '';
  return titles.length === 0 ? last : `${titles.join(', ')} and ${last}`;
}
