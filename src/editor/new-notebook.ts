import { commands, NotebookCellData, NotebookCellKind, NotebookData, window, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { lessonLanguage, newCellMetadata } from '../lesson/index.ts';
import { notebookType } from './serializer.ts';

const prose = `# Gradient descent

Change a number in the cell below and run it again.`;

/** Holds its data, since an unsaved notebook has no folder to read a file from. */
const experiment = `data = table(size: [1, 2, 3, 4], cost: [150, 280, 420, 560])

parameters w = 0, b = 0
prediction = w * size + b
loss       = mean((prediction - cost)^2)

learning_rate = 0.1
steps = 60`;

export function registerNewNotebook(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('gdnb.newNotebook', async () => {
      const cells = [
        new NotebookCellData(NotebookCellKind.Markup, prose, 'markdown'),
        new NotebookCellData(NotebookCellKind.Code, experiment, lessonLanguage),
      ];
      for (const cell of cells) cell.metadata = newCellMetadata;
      const notebook = await workspace.openNotebookDocument(notebookType, new NotebookData(cells));
      await window.showNotebookDocument(notebook);
    }),
  );
}
