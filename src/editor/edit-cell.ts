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

/**
 * Undo belongs to the text that has the focus, and a figure or a notification has it now. A notebook that is active is
 * not shown again: with the focus in a figure that would call the focus back into the figure, a moment later.
 */
async function focusText({ notebook, index }: NotebookCell): Promise<void> {
  const range = new NotebookRange(index, index + 1);
  const active = window.activeNotebookEditor;
  if (active?.notebook === notebook) active.selection = range;
  else {
    const editor = window.visibleNotebookEditors.find((each) => each.notebook === notebook);
    await window.showNotebookDocument(notebook, {
      selections: [range],
      ...(editor?.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
    });
  }
  await commands.executeCommand('notebook.cell.edit');
}
