import { commands } from 'vscode';
import type { ExtensionContext, NotebookCell } from 'vscode';

import type { QuizAnswers } from './answers.ts';
import type { DiagnoseLoss } from './diagnosis/command.ts';
import type { Results } from './results.ts';

/** The walkthrough ticks off its steps when these context keys turn true; the manifest names them. */
const ranAgainKey = 'gdnb.ranAgain';
const diagnosedKey = 'gdnb.diagnosed';
const answeredKey = 'gdnb.answered';

/** Tells the walkthrough which of its steps the person has done. */
export function registerWalkthrough(
  context: ExtensionContext,
  results: Results,
  diagnoseLoss: DiagnoseLoss,
  answers: QuizAnswers,
): void {
  const sources = new WeakMap<NotebookCell, string>();
  const tellAnswered = () => {
    if (Object.keys(answers.all).length > 0) setTrue(answeredKey);
  };
  tellAnswered();
  context.subscriptions.push(
    answers.onDidChange(tellAnswered),
    diagnoseLoss.onDidDiagnose(() => {
      setTrue(diagnosedKey);
    }),
    results.onDidChange((cell) => {
      const result = results.of(cell);
      if (!result || result.runs.length === 0) return;
      const before = sources.get(cell);
      if (before !== undefined && before !== result.source) setTrue(ranAgainKey);
      sources.set(cell, result.source);
    }),
  );
}

function setTrue(key: string): void {
  void commands.executeCommand('setContext', key, true);
}
