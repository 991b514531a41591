import { CodeAction, CodeActionKind, languages, WorkspaceEdit } from 'vscode';
import type { ExtensionContext, TextDocument } from 'vscode';

import { lessonLanguage } from '../lesson/index.ts';
import type { Fix } from '../language/index.ts';
import { rangeOf } from './problems.ts';
import type { Readings } from './readings.ts';

/** Offers the fixes of problems. */
export function registerQuickFixes(context: ExtensionContext, readings: Readings): void {
  context.subscriptions.push(
    languages.registerCodeActionsProvider(
      lessonLanguage,
      {
        async provideCodeActions(document, range, { diagnostics }) {
          const { faults } = await readings.of(document);
          return faults
            .filter((fault) => range.intersection(rangeOf(document, fault)))
            .flatMap(({ code, fixes = [] }) => {
              const solved = diagnostics.filter((diagnostic) => diagnostic.code === code);
              return fixes.map((fix, index) => {
                const action = toAction(document, fix);
                action.diagnostics = solved;
                action.isPreferred = index === 0;
                return action;
              });
            });
        },
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  );
}

function toAction(document: TextDocument, { title, edits }: Fix): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.edit = new WorkspaceEdit();
  for (const edit of edits) action.edit.replace(document.uri, rangeOf(document, edit), edit.text);
  return action;
}
