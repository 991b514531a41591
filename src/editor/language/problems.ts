import { Diagnostic, DiagnosticSeverity, DiagnosticTag, languages, workspace } from 'vscode';
import type { ExtensionContext, TextDocument } from 'vscode';

import { lessonLanguage } from '../../lesson/index.ts';
import { rangeOf } from './places.ts';
import type { Readings } from './readings.ts';
import type { Fault } from '../understanding.ts';

/** In milliseconds; a pause in typing. */
const pause = 200;

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

/** Marks what is wrong with the cells of lessons as one types. */
export function registerProblems(context: ExtensionContext, readings: Readings): void {
  const collection = languages.createDiagnosticCollection('gd');
  const timers = new Map<TextDocument, ReturnType<typeof setTimeout>>();

  const check = async (document: TextDocument) => {
    timers.delete(document);
    const { version } = document;
    const { faults } = await readings.of(document);
    if (document.isClosed || document.version !== version) return;
    collection.set(
      document.uri,
      faults.map((fault) => toDiagnostic(document, fault)),
    );
  };
  const checkSoon = (document: TextDocument, delay = pause) => {
    if (document.languageId !== lessonLanguage) return;
    clearTimeout(timers.get(document));
    timers.set(
      document,
      setTimeout(() => void check(document), delay),
    );
  };
  const forget = (document: TextDocument) => {
    clearTimeout(timers.get(document));
    timers.delete(document);
    collection.delete(document.uri);
  };

  context.subscriptions.push(
    collection,
    workspace.onDidOpenTextDocument((document) => {
      checkSoon(document, 0);
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      checkSoon(document);
    }),
    workspace.onDidCloseTextDocument(forget),
    readings.onDidChange((document) => {
      checkSoon(document, 0);
    }),
  );
  for (const document of workspace.textDocuments) checkSoon(document, 0);
}

function toDiagnostic(document: TextDocument, fault: Fault): Diagnostic {
  const diagnostic = new Diagnostic(rangeOf(document, fault), fault.message, severities[fault.severity]);
  diagnostic.source = lessonLanguage;
  diagnostic.code = fault.code;
  if (fault.code === 'unused-name') diagnostic.tags = [DiagnosticTag.Unnecessary];
  return diagnostic;
}
