import { CompletionItem, CompletionItemKind, languages, MarkdownString, SnippetString } from 'vscode';
import type { CompletionItemProvider, ExtensionContext, TextDocument } from 'vscode';

import { completions, type Completion, type CompletionKind } from '../../language/index.ts';
import { lessonLanguage } from '../../lesson/index.ts';
import type { DataFiles } from '../data-files.ts';
import { rangeOf } from './places.ts';
import { cellOf, type Readings } from './readings.ts';

const kinds: Record<CompletionKind, CompletionItemKind> = {
  setting: CompletionItemKind.Property,
  keyword: CompletionItemKind.Keyword,
  function: CompletionItemKind.Function,
  parameter: CompletionItemKind.Variable,
  definition: CompletionItemKind.Variable,
  column: CompletionItemKind.Field,
  word: CompletionItemKind.EnumMember,
  optimizer: CompletionItemKind.EnumMember,
  file: CompletionItemKind.File,
  line: CompletionItemKind.Snippet,
};

/** Offers what may be written at a place of a cell. */
export function registerCompletions(
  context: ExtensionContext,
  readings: Readings,
  dataFiles: DataFiles,
): void {
  const provider: CompletionItemProvider = {
    async provideCompletionItems(document, position) {
      const { source, offset, columns } = await readings.at(document, position);
      const notebook = cellOf(document)?.notebook;
      const files = notebook ? await dataFiles.list(notebook) : [];
      const found = completions(source, offset, columns, files);
      return found.map((completion, index) => toItem(document, completion, index));
    },
  };
  const triggers = ['"', "'", '`', '=', '(', '[', ',', ' '];
  context.subscriptions.push(languages.registerCompletionItemProvider(lessonLanguage, provider, ...triggers));
}

function toItem(document: TextDocument, completion: Completion, index: number): CompletionItem {
  const { label, kind, detail, documentation, text, isSnippet, replaces } = completion;
  const item = new CompletionItem(label, kinds[kind]);
  item.detail = detail;
  item.documentation = new MarkdownString(documentation);
  item.insertText = isSnippet ? new SnippetString(text) : text;
  item.range = rangeOf(document, replaces);
  // The editor compares this with the text that is replaced, quotes included, and sorts by the other.
  item.filterText = isSnippet ? label : text;
  item.sortText = String(index).padStart(4, '0');
  return item;
}
