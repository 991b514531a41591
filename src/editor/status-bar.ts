import { EventEmitter, NotebookCellStatusBarAlignment, NotebookCellStatusBarItem, notebooks } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { isSickResult, statusesOf } from './cell-status.ts';
import type { Results } from './results.ts';
import { notebookType } from './serializer.ts';

/** Says under each cell what became of its latest run; where that went wrong, a click says why. */
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
        if (!result) return [];
        return statusesOf(result, cell.document.getText()).map(({ text, tooltip }, index) => {
          const item = new NotebookCellStatusBarItem(text, NotebookCellStatusBarAlignment.Left);
          item.tooltip = tooltip;
          if (index === 0 && isSickResult(result)) item.command = 'gdnb.diagnoseLoss';
          return item;
        });
      },
    }),
  );
}
