import { CodeAction, CodeActionKind, Diagnostic, DiagnosticSeverity, languages, workspace } from 'vscode';
import type { ExtensionContext, TextDocument } from 'vscode';

import { lessonLanguage } from '../../lesson/index.ts';
import { cellOf } from '../language/readings.ts';
import { editOf, rangeOf } from '../language/places.ts';
import type { Diagnoses } from './diagnoses.ts';
import { marksOf, type Mark } from './marks.ts';
import { fixTitle } from './sentences.ts';

/** The command that runs and judges a cell once more after a quick fix; its argument is the cell's address. */
export const judgeFixCommand = 'gdnb.judgeFix';

const source = 'Gradient Descent';

/**
 * Marks in the text of a cell what its diagnosis found, with quick fixes. The marks go when the text changes, since
 * they speak of the text that ran, and come back when it does.
 */
export function registerProblemMarks(context: ExtensionContext, diagnoses: Diagnoses): void {
  const collection = languages.createDiagnosticCollection('gd-diagnosis');

  const marksIn = (document: TextDocument): Mark[] => {
    const cell = cellOf(document);
    const diagnosis = cell && diagnoses.of(cell);
    return diagnosis?.source === document.getText() ? marksOf(diagnosis) : [];
  };
  const update = (document: TextDocument) => {
    const marks = marksIn(document);
    if (marks.length === 0) collection.delete(document.uri);
    else
      collection.set(
        document.uri,
        marks.map((mark) => toDiagnostic(document, mark)),
      );
  };

  context.subscriptions.push(
    collection,
    diagnoses.onDidChange(({ document }) => {
      update(document);
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId === lessonLanguage) update(document);
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      collection.delete(uri);
    }),
    languages.registerCodeActionsProvider(
      lessonLanguage,
      {
        provideCodeActions: (document, range, { diagnostics }) =>
          marksIn(document)
            .filter((mark) => range.intersection(rangeOf(document, mark)))
            .flatMap((mark) => {
              const solved = diagnostics.filter(
                (each) => each.source === source && each.code === mark.condition,
              );
              return toActions(document, mark, solved);
            }),
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  );
}

function toDiagnostic(document: TextDocument, mark: Mark): Diagnostic {
  const diagnostic = new Diagnostic(rangeOf(document, mark), mark.message, DiagnosticSeverity.Warning);
  diagnostic.source = source;
  diagnostic.code = mark.condition;
  return diagnostic;
}

function toActions(document: TextDocument, { fixes }: Mark, solved: Diagnostic[]): CodeAction[] {
  const actions: CodeAction[] = [];
  for (const fix of fixes) {
    if (fix.edits === undefined) continue;
    const action = new CodeAction(fixTitle(fix), CodeActionKind.QuickFix);
    action.edit = editOf(document, fix.edits);
    action.command = {
      command: judgeFixCommand,
      title: 'Run the Cell',
      arguments: [document.uri.toString()],
    };
    action.diagnostics = solved;
    action.isPreferred = actions.length === 0;
    actions.push(action);
  }
  return actions;
}
