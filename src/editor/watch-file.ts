import { RelativePattern, Uri, workspace } from 'vscode';
import type { Disposable } from 'vscode';

/** Calls what is given when a file is made, changed or deleted, wherever it lies. */
export function watchFile(
  file: Uri,
  { changed, made, deleted }: { changed?: () => void; made: () => void; deleted?: () => void },
): Disposable {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const pattern = new RelativePattern(Uri.joinPath(file, '..'), name.replace(/[*?[\]{}]/g, '[$&]'));
  const watcher = workspace.createFileSystemWatcher(pattern);
  if (changed) watcher.onDidChange(changed);
  watcher.onDidCreate(made);
  if (deleted) watcher.onDidDelete(deleted);
  return watcher;
}
