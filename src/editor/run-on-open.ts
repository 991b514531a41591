import { commands, window, workspace } from 'vscode';
import type { ExtensionContext, NotebookDocument, NotebookEditor } from 'vscode';

import { controllerId, type LessonController } from './controller.ts';
import { notebookType } from './serializer.ts';

/** After this time a controller that was asked for has not been chosen; the next visible editor tries again. */
const patience = 30_000;

/** Runs the cells of a trusted lesson once it is seen for the first time, so that it opens with its figures. */
export function registerRunOnOpen(context: ExtensionContext, controller: LessonController): void {
  const opened = new WeakSet<NotebookDocument>();

  const open = async (editor: NotebookEditor) => {
    const { notebook } = editor;
    if (opened.has(notebook) || notebook.notebookType !== notebookType || !workspace.isTrusted) return;
    opened.add(notebook);
    if (!isWanted(notebook)) return;
    if (await selectController(editor, context, controller)) {
      await controller.run(notebook, notebook.getCells(), { goOn: true });
    } else {
      opened.delete(notebook);
    }
  };
  const openVisible = () => {
    for (const editor of window.visibleNotebookEditors) void open(editor);
  };

  context.subscriptions.push(
    window.onDidChangeVisibleNotebookEditors(openVisible),
    workspace.onDidGrantWorkspaceTrust(openVisible),
  );
  openVisible();
}

function isWanted(notebook: NotebookDocument): boolean {
  return workspace.getConfiguration('gdnb', notebook.uri).get('runOnOpen', true);
}

/** Chooses the controller for a notebook, which the editor does not do by itself even where there is only one. */
export async function selectController(
  notebookEditor: NotebookEditor,
  context: ExtensionContext,
  controller: LessonController,
): Promise<boolean> {
  const { notebook } = notebookEditor;
  if (controller.isSelectedFor(notebook)) return true;
  const selected = new Promise<boolean>((resolve) => {
    const timer = setTimeout(finish, patience, false);
    const listener = controller.onDidSelect((event) => {
      if (event.notebook === notebook && event.selected) finish(true);
    });
    function finish(result: boolean): void {
      clearTimeout(timer);
      listener.dispose();
      resolve(result);
    }
  });
  const extension = context.extension.id;
  await commands.executeCommand('notebook.selectKernel', { id: controllerId, extension, notebookEditor });
  return selected;
}
