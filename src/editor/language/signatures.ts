import { languages, MarkdownString, ParameterInformation, SignatureHelp, SignatureInformation } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { signatureHelp } from '../../language/index.ts';
import { lessonLanguage } from '../../lesson/index.ts';

/** Says what a function takes while its arguments are written. */
export function registerSignatures(context: ExtensionContext): void {
  context.subscriptions.push(
    languages.registerSignatureHelpProvider(
      lessonLanguage,
      {
        provideSignatureHelp(document, position) {
          const found = signatureHelp(document.getText(), document.offsetAt(position));
          if (!found) return undefined;
          const signature = new SignatureInformation(found.label, new MarkdownString(found.documentation));
          signature.parameters = found.parameters.map(
            ({ start, end, documentation }) =>
              new ParameterInformation([start, end], new MarkdownString(documentation)),
          );
          const help = new SignatureHelp();
          help.signatures = [signature];
          help.activeParameter = found.activeParameter;
          return help;
        },
      },
      '(',
      ',',
    ),
  );
}
