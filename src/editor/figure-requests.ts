import { env } from 'vscode';
import type { ExtensionContext, NotebookEditor, NotebookRendererMessaging } from 'vscode';

import { readRequest, type FigureRequest } from '../output/index.ts';
import type { LessonController } from './controller.ts';
import type { DiagnoseLoss } from './diagnosis/command.ts';
import { editCell } from './edit-cell.ts';

/** Does what figures ask: edits a cell and runs it again, diagnoses it, and copies where the webview may not. */
export function registerFigureRequests(
  context: ExtensionContext,
  figures: NotebookRendererMessaging,
  controller: LessonController,
  diagnoseLoss: DiagnoseLoss,
): void {
  context.subscriptions.push(
    figures.onDidReceiveMessage(async ({ editor, message }) => {
      const request = readRequest(message);
      if (request) await answer(editor, request, controller, diagnoseLoss);
    }),
  );
}

async function answer(
  { notebook }: NotebookEditor,
  request: FigureRequest,
  controller: LessonController,
  diagnoseLoss: DiagnoseLoss,
): Promise<void> {
  if (request.type === 'copy') await env.clipboard.writeText(request.text);
  if (!('cell' in request)) return;
  const cell = notebook.getCells().find(({ document }) => document.uri.toString() === request.cell);
  if (!cell) return;
  if (request.type === 'diagnose') await diagnoseLoss.diagnose(cell);
  else if (request.type === 'fix') await diagnoseLoss.fix(cell, request.source, request.edits);
  else if (request.type === 'edit' && (await editCell(cell, request.source, request.edits)))
    await controller.run(notebook, [cell]);
}
