import {
  commands,
  NotebookCellKind,
  NotebookEditorRevealType,
  NotebookRange,
  StatusBarAlignment,
  window,
  workspace,
} from 'vscode';
import type { ExtensionContext, NotebookDocument, NotebookEditor } from 'vscode';

import { isSolved, questionsOf, type Question } from '../lesson/index.ts';
import type { QuizAnswers } from './answers.ts';
import { notebookType } from './serializer.ts';

const nextQuestion = 'gdnb.nextQuestion';

interface PlacedQuestion {
  readonly question: Question;
  /** The index of its cell. */
  readonly cell: number;
}

/** Shows in the status bar how many questions of the active lesson are answered; a click leads to the next open one. */
export function registerScore(context: ExtensionContext, answers: QuizAnswers): void {
  const item = window.createStatusBarItem('gdnb.score', StatusBarAlignment.Right, 90);
  item.name = 'Questions of the Lesson';
  item.command = nextQuestion;
  const update = (): void => {
    const notebook = activeLesson()?.notebook;
    const questions = notebook ? questionsIn(notebook) : [];
    const solved = questions.filter(({ question }) => isSolved(question, answers.all)).length;
    item.text = `$(mortar-board) ${solved}/${questions.length}`;
    item.tooltip = tooltip(solved, questions.length);
    item.accessibilityInformation = { label: item.tooltip };
    if (questions.length > 0) item.show();
    else item.hide();
  };
  update();
  context.subscriptions.push(
    item,
    answers.onDidChange(update),
    window.onDidChangeActiveNotebookEditor(update),
    workspace.onDidChangeNotebookDocument(({ notebook, contentChanges, cellChanges }) => {
      const changes =
        contentChanges.length > 0 || cellChanges.some((change) => change.document !== undefined);
      if (changes && notebook === activeLesson()?.notebook) update();
    }),
    commands.registerCommand(nextQuestion, () => {
      const editor = activeLesson();
      if (editor) revealNext(editor, answers);
    }),
  );
}

function activeLesson(): NotebookEditor | undefined {
  const editor = window.activeNotebookEditor;
  return editor?.notebook.notebookType === notebookType ? editor : undefined;
}

function questionsIn(notebook: NotebookDocument): PlacedQuestion[] {
  return notebook
    .getCells()
    .filter((cell) => cell.kind === NotebookCellKind.Markup)
    .flatMap((cell) =>
      questionsOf(cell.document.getText()).map((question) => ({ question, cell: cell.index })),
    );
}

function tooltip(solved: number, count: number): string {
  if (solved === count)
    return count === 1 ? 'The question is answered' : `All ${count} questions are answered`;
  return `${solved} of ${count} questions answered: go to the next`;
}

function revealNext(editor: NotebookEditor, answers: QuizAnswers): void {
  const questions = questionsIn(editor.notebook);
  const next = questions.find(({ question }) => !isSolved(question, answers.all)) ?? questions.at(-1);
  if (!next) return;
  const range = new NotebookRange(next.cell, next.cell + 1);
  editor.revealRange(range, NotebookEditorRevealType.InCenterIfOutsideViewport);
  editor.selection = range;
}
