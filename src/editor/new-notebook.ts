import { commands, NotebookCellData, NotebookCellKind, NotebookData, window, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { lessonLanguage, newCellMetadata } from '../lesson/index.ts';
import { startingCells } from './starting-cells.ts';
import { notebookType } from './serializer.ts';

/** The command that begins a notebook: an experiment that runs, with prose around it and a question, to write over. */
export function registerNewNotebook(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('gdnb.newNotebook', async () => {
      const cells = startingCells.map(({ kind, text }) =>
        kind === 'code'
          ? new NotebookCellData(NotebookCellKind.Code, text, lessonLanguage)
          : new NotebookCellData(NotebookCellKind.Markup, text, 'markdown'),
      );
      for (const cell of cells) cell.metadata = newCellMetadata;
      const notebook = await workspace.openNotebookDocument(notebookType, new NotebookData(cells));
      await window.showNotebookDocument(notebook);
    }),
  );
}
