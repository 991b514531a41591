import { CodeAction, CodeActionKind, languages } from 'vscode';
import type { ExtensionContext, Range, TextDocument } from 'vscode';

import { outline, spellOutUpdate, type Fix } from '../../language/index.ts';
import { lessonLanguage } from '../../lesson/index.ts';
import { editOf, rangeOf } from './places.ts';
import type { Readings } from './readings.ts';

/** Offers the fixes of problems, and to spell out the update. */
export function registerQuickFixes(context: ExtensionContext, readings: Readings): void {
  context.subscriptions.push(
    languages.registerCodeActionsProvider(
      lessonLanguage,
      {
        async provideCodeActions(document, range, { diagnostics }) {
          const { faults, columns } = await readings.of(document);
          const fixes = faults
            .filter((fault) => range.intersection(rangeOf(document, fault)))
            .flatMap(({ code, fixes: offered = [] }) => {
              const solved = diagnostics.filter((diagnostic) => diagnostic.code === code);
              return offered.map((fix, index) => {
                const action = toAction(document, fix, CodeActionKind.QuickFix);
                action.diagnostics = solved;
                action.isPreferred = index === 0;
                return action;
              });
            });
          return [...fixes, ...rewrites(document, range, columns)];
        },
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
    ),
  );
}

/** Where the optimizer is named, or else the learning rate, the update can be spelled out. */
function rewrites(document: TextDocument, range: Range, columns?: readonly string[]): CodeAction[] {
  const source = document.getText();
  const entries = outline(source);
  const optimizer =
    entries.find(({ name }) => name === 'optimizer') ?? entries.find(({ name }) => name === 'learning_rate');
  if (!optimizer || !range.intersection(rangeOf(document, optimizer))) return [];
  const fix = spellOutUpdate(source, columns);
  return fix ? [toAction(document, fix, CodeActionKind.RefactorRewrite)] : [];
}

function toAction(document: TextDocument, { title, edits }: Fix, kind: CodeActionKind): CodeAction {
  const action = new CodeAction(title, kind);
  action.edit = editOf(document, edits);
  return action;
}
