import { window } from 'vscode';
import type { ExtensionContext, NotebookCell, NotebookEditor, NotebookRendererMessaging } from 'vscode';

import { encodeNotice, readRequest } from '../../output/index.ts';
import type { Diagnoses } from './diagnoses.ts';

/** In milliseconds; a figure that has not answered by then is not drawn. */
const patience = 3500;

/** Asks the figure of a cell whether its diagnosis is in view, and scrolls to it where that is wished. */
export type Reveal = (cell: NotebookCell, scroll: boolean) => Promise<boolean>;

/** A `Reveal` by the messages of figures. */
export function revealer(figures: NotebookRendererMessaging): Reveal {
  return async ({ notebook, document }, scroll) => {
    const editors = [window.activeNotebookEditor, ...window.visibleNotebookEditors];
    const editor = editors.find((each) => each?.notebook === notebook);
    if (!editor) return false;
    const cell = document.uri.toString();
    return new Promise((resolve) => {
      const end = (isRevealed: boolean): void => {
        listener.dispose();
        clearTimeout(timer);
        resolve(isRevealed);
      };
      const listener = figures.onDidReceiveMessage(({ message }) => {
        const request = readRequest(message);
        if (request?.type === 'revealed' && request.cell === cell) end(true);
      });
      const timer = setTimeout(() => {
        end(false);
      }, patience);
      void figures.postMessage(encodeNotice({ type: 'reveal', cell, scroll }), editor);
    });
  };
}

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
