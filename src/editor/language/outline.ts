import { DocumentSymbol, FoldingRange, FoldingRangeKind, languages, SymbolKind } from 'vscode';
import type { ExtensionContext, TextDocument } from 'vscode';

import { foldingRanges, outline, type OutlineEntry } from '../../language/index.ts';
import { lessonLanguage } from '../../lesson/index.ts';
import { rangeOf } from './places.ts';

const kinds: Record<OutlineEntry['kind'], SymbolKind> = {
  setting: SymbolKind.Property,
  definition: SymbolKind.Variable,
  parameter: SymbolKind.Field,
  block: SymbolKind.Namespace,
  check: SymbolKind.Boolean,
};

/** Lists the statements of a cell, and says which of its lines fold. */
export function registerOutline(context: ExtensionContext): void {
  context.subscriptions.push(
    languages.registerDocumentSymbolProvider(lessonLanguage, {
      provideDocumentSymbols: (document) =>
        outline(document.getText()).map((entry) => toSymbol(document, entry)),
    }),
    languages.registerFoldingRangeProvider(lessonLanguage, {
      provideFoldingRanges: (document) =>
        foldingRanges(document.getText()).map((part) => {
          const { start, end } = rangeOf(document, part);
          const kind = part.kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region;
          return new FoldingRange(start.line, end.line, kind);
        }),
    }),
  );
}

function toSymbol(document: TextDocument, entry: OutlineEntry): DocumentSymbol {
  const { name, detail, kind, selection, children } = entry;
  const range = rangeOf(document, entry);
  const symbol = new DocumentSymbol(name, detail, kinds[kind], range, rangeOf(document, selection));
  symbol.children = children.map((child) => toSymbol(document, child));
  return symbol;
}
