import type { ExtensionContext, NotebookCell, NotebookEditor, NotebookRendererMessaging } from 'vscode';

import { encodeNotice, readRequest } from '../../output/index.ts';
import type { Diagnoses } from './diagnoses.ts';

/** Tells the figures what was found of their cells, and those that come later too. */
export function registerDiagnosesInFigures(
  context: ExtensionContext,
  figures: NotebookRendererMessaging,
  diagnoses: Diagnoses,
): void {
  const tell = (cell: NotebookCell, editor?: NotebookEditor) => {
    const { source, diagnoses: all } = diagnoses.of(cell) ?? { source: '', diagnoses: [] };
    const address = cell.document.uri.toString();
    const notice = encodeNotice({ type: 'diagnosis', cell: address, source, diagnoses: all });
    void figures.postMessage(notice, editor);
  };
  context.subscriptions.push(
    diagnoses.onDidChange((cell) => {
      tell(cell);
    }),
    figures.onDidReceiveMessage(({ editor, message }) => {
      if (readRequest(message)?.type !== 'hello') return;
      for (const cell of editor.notebook.getCells()) if (diagnoses.of(cell)) tell(cell, editor);
    }),
  );
}
