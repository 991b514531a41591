import { commands, NotebookRange, window, workspace } from 'vscode';
import type { NotebookCell } from 'vscode';

import type { SourceEdit } from '../output/index.ts';
import { editOf } from './language/places.ts';

/**
 * Edits a cell whose text still is `source`, as one step that can be undone, and focuses it so that undo reaches it.
 * Where the text is another by now it says so and leaves it alone. Whether it edited the cell.
 */
export async function editCell(
  cell: NotebookCell,
  source: string,
  edits: readonly SourceEdit[],
): Promise<boolean> {
  if (cell.document.getText() !== source) {
    void window.showWarningMessage('The cell has changed since it ran. Run it, then try again.');
    return false;
  }
  if (!(await workspace.applyEdit(editOf(cell.document, edits)))) return false;
  await focusText(cell);
  return true;
}

/** Undo belongs to the text that has the focus, and a figure or a notification has it now. */
async function focusText({ notebook, index }: NotebookCell): Promise<void> {
  const editor = window.visibleNotebookEditors.find((each) => each.notebook === notebook);
  await window.showNotebookDocument(notebook, {
    selections: [new NotebookRange(index, index + 1)],
    ...(editor?.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
  });
  await commands.executeCommand('notebook.cell.edit');
}
