import { NotebookCellKind, NotebookEditorRevealType, NotebookRange, window } from 'vscode';
import type { NotebookCell, NotebookEditor, QuickPickItem } from 'vscode';

import { lessonLanguage } from '../../lesson/index.ts';
import { isSickResult, statusesOf } from '../cell-status.ts';
import type { Results } from '../results.ts';
import { cellChoices, evidentChoice, type CellChoice, type ChoosableCell } from './cell-choices.ts';

/** Whether a cell describes an experiment. */
export function isExperiment({ kind, document }: NotebookCell): boolean {
  return kind === NotebookCellKind.Code && document.languageId === lessonLanguage;
}

/** The selected cell or, where that is prose, the only one that went wrong; else it asks which. */
export async function chooseCell(
  editor: NotebookEditor,
  results: Results,
): Promise<NotebookCell | undefined> {
  const { notebook, selection } = editor;
  const selected = notebook.cellCount > 0 ? notebook.cellAt(selection.start) : undefined;
  if (selected && isExperiment(selected)) return selected;
  const choices = cellChoices(notebook.getCells().map((cell) => toChoosable(cell, results)));
  if (choices.length === 0) {
    void window.showInformationMessage('This notebook has no cell to diagnose yet.');
    return undefined;
  }
  const choice = evidentChoice(choices) ?? (await ask(choices));
  if (!choice) return undefined;
  const range = new NotebookRange(choice.index, choice.index + 1);
  editor.selection = range;
  editor.revealRange(range, NotebookEditorRevealType.InCenterIfOutsideViewport);
  return notebook.cellAt(choice.index);
}

function toChoosable(cell: NotebookCell, results: Results): ChoosableCell {
  const text = cell.document.getText();
  if (!isExperiment(cell))
    return { kind: 'markdown', text: cell.kind === NotebookCellKind.Markup ? text : '' };
  const result = results.of(cell);
  if (!result) return { kind: 'code', text };
  const [status] = statusesOf(result, text);
  return {
    kind: 'code',
    text,
    isSick: isSickResult(result),
    ...(status ? { outcome: status.text } : {}),
  };
}

async function ask(choices: readonly CellChoice[]): Promise<CellChoice | undefined> {
  const items = choices.map((choice): QuickPickItem & { choice: CellChoice } => ({
    label: choice.label,
    description: choice.description,
    detail: choice.detail,
    choice,
  }));
  const chosen = await window.showQuickPick(items, {
    title: 'Diagnose Loss',
    placeHolder: 'Which cell?',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.choice;
}
