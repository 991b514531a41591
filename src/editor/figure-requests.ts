import { commands, env, NotebookRange, Range, window, workspace, WorkspaceEdit } from 'vscode';
import type { ExtensionContext, NotebookCell, NotebookEditor, NotebookRendererMessaging } from 'vscode';

import { readRequest, type FigureRequest } from '../output/index.ts';
import type { LessonController } from './controller.ts';

type EditRequest = Extract<FigureRequest, { type: 'edit' | 'fix' }>;

/** Does what figures ask: edits a cell and runs it again, and copies where the webview may not. */
export function registerFigureRequests(
  context: ExtensionContext,
  figures: NotebookRendererMessaging,
  controller: LessonController,
): void {
  context.subscriptions.push(
    figures.onDidReceiveMessage(async ({ editor, message }) => {
      const request = readRequest(message);
      if (request?.type === 'copy') await env.clipboard.writeText(request.text);
      if (request?.type === 'edit' || request?.type === 'fix') await editAndRun(editor, request, controller);
    }),
  );
}

async function editAndRun(
  editor: NotebookEditor,
  request: EditRequest,
  controller: LessonController,
): Promise<void> {
  const cell = editor.notebook.getCells().find(({ document }) => document.uri.toString() === request.cell);
  if (!cell) return;
  if (cell.document.getText() !== request.source) {
    void window.showWarningMessage(
      'The cell has changed since its figure was drawn. Run it, then try again.',
    );
    return;
  }
  if (!(await applyEdits(cell, request))) return;
  await focusText(editor, cell);
  await controller.run(editor.notebook, [cell]);
}

async function applyEdits({ document }: NotebookCell, { edits }: EditRequest): Promise<boolean> {
  const change = new WorkspaceEdit();
  for (const { start, end, text } of edits) {
    change.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
  }
  return workspace.applyEdit(change);
}

/** Undo belongs to the text that has the focus, and the figure has it now. */
async function focusText(editor: NotebookEditor, { index }: NotebookCell): Promise<void> {
  const selections = [new NotebookRange(index, index + 1)];
  await window.showNotebookDocument(editor.notebook, {
    selections,
    ...(editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
  });
  await commands.executeCommand('notebook.cell.edit');
}
