import { window } from 'vscode';
import type { ExtensionContext, NotebookCell, NotebookEditor, NotebookRendererMessaging } from 'vscode';

import { encodeNotice, readRequest, type RevealNotice } from '../../output/index.ts';
import type { Diagnoses } from './diagnoses.ts';

/** So many milliseconds after a question that has reached the window it is asked again. */
const pause = 250;
/** Figures that are loaded answer, though late where the window is busy drawing them. */
const mostQuestions = { whileLoading: 14, onceLoaded: 80 };

/** Asks the figure of a cell whether its diagnosis is in view, and scrolls to it where that is wished. */
export type Reveal = (cell: NotebookCell, scroll: boolean) => Promise<boolean>;

/** A `Reveal` by the messages of figures. */
export function revealer(context: ExtensionContext, figures: NotebookRendererMessaging): Reveal {
  const loaded = new WeakSet<NotebookEditor>();
  context.subscriptions.push(
    figures.onDidReceiveMessage(({ editor, message }) => {
      if (readRequest(message)?.type === 'hello') loaded.add(editor);
    }),
  );
  return async ({ notebook, document }, scroll) => {
    const editors = [window.activeNotebookEditor, ...window.visibleNotebookEditors];
    const editor = editors.find((each) => each?.notebook === notebook);
    if (!editor) return false;
    const notice: RevealNotice = { type: 'reveal', cell: document.uri.toString(), scroll };
    const most = () => (loaded.has(editor) ? mostQuestions.onceLoaded : mostQuestions.whileLoading);
    return answerOf(figures, editor, notice, most);
  };
}

/** Asks again, since figures that are still being loaded do not hear it. */
async function answerOf(
  figures: NotebookRendererMessaging,
  editor: NotebookEditor,
  notice: RevealNotice,
  most: () => number,
): Promise<boolean> {
  let isInView: boolean | undefined;
  let wake = (): void => undefined;
  const listener = figures.onDidReceiveMessage(({ message }) => {
    const request = readRequest(message);
    if (request?.type !== 'revealed' || request.cell !== notice.cell) return;
    ({ isInView } = request);
    wake();
  });
  for (let questions = 0; isInView === undefined && questions < most(); questions += 1) {
    await figures.postMessage(encodeNotice(notice), editor);
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, pause);
    });
  }
  listener.dispose();
  return isInView ?? false;
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
