import { EventEmitter, languages, SemanticTokensBuilder, SemanticTokensLegend } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { semanticTokenModifiers, semanticTokens, semanticTokenTypes } from '../../language/index.ts';
import { lessonLanguage } from '../../lesson/index.ts';
import { rangeOf } from './places.ts';
import type { Readings } from './readings.ts';

/** Colours the words of a cell by what they mean. */
export function registerSemanticTokens(context: ExtensionContext, readings: Readings): void {
  const legend = new SemanticTokensLegend([...semanticTokenTypes], [...semanticTokenModifiers]);
  const changed = new EventEmitter<void>();
  context.subscriptions.push(
    changed,
    readings.onDidChange(() => {
      changed.fire();
    }),
    languages.registerDocumentSemanticTokensProvider(
      lessonLanguage,
      {
        onDidChangeSemanticTokens: changed.event,
        async provideDocumentSemanticTokens(document) {
          const { columns, source } = await readings.of(document);
          const builder = new SemanticTokensBuilder(legend);
          for (const token of semanticTokens(source, columns)) {
            builder.push(rangeOf(document, token), token.type, token.modifiers);
          }
          return builder.build();
        },
      },
      legend,
    ),
  );
}
