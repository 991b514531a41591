import { EventEmitter, NotebookCellStatusBarAlignment, NotebookCellStatusBarItem, notebooks } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { statusesOf } from './cell-status.ts';
import type { Results } from './results.ts';
import { notebookType } from './serializer.ts';

/** Says under each cell what became of its latest run. */
export function registerStatusBar(context: ExtensionContext, results: Results): void {
  const changed = new EventEmitter<void>();
  context.subscriptions.push(
    changed,
    results.onDidChange(() => {
      changed.fire();
    }),
    notebooks.registerNotebookCellStatusBarItemProvider(notebookType, {
      onDidChangeCellStatusBarItems: changed.event,
      provideCellStatusBarItems(cell) {
        const result = results.of(cell);
        return (result ? statusesOf(result, cell.document.getText()) : []).map(({ text, tooltip }) => {
          const item = new NotebookCellStatusBarItem(text, NotebookCellStatusBarAlignment.Left);
          item.tooltip = tooltip;
          return item;
        });
      },
    }),
  );
}
