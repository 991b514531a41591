import { CompletionItem, CompletionItemKind, languages, MarkdownString, Range, SnippetString } from 'vscode';
import type { ExtensionContext, Position, TextDocument } from 'vscode';

import snippets from '../../media/snippets/markdown.json' with { type: 'json' };
import { notebookType } from './serializer.ts';
import { snippetsAt, type Offer } from './snippets-at.ts';

/**
 * Offers questions and callouts in the Markdown cells of lessons. They are not contributed to the language Markdown,
 * which would offer them in everybody's Markdown.
 */
export function registerMarkdownSnippets(context: ExtensionContext): void {
  const selector = { language: 'markdown', notebookType };
  context.subscriptions.push(
    languages.registerCompletionItemProvider(selector, { provideCompletionItems }, '`', '!'),
  );
}

function provideCompletionItems(document: TextDocument, position: Position): CompletionItem[] {
  const { text } = document.lineAt(position);
  const { character } = position;
  const { found, replaced } = snippetsAt(snippets, text.slice(0, character), text.slice(character));
  const range = new Range(
    position.translate(0, -replaced.before.length),
    position.translate(0, replaced.after.length),
  );
  return found.map((offer) => toItem(offer, replaced.before, range));
}

function toItem({ name, prefix, description, body }: Offer, typed: string, range: Range): CompletionItem {
  const item = new CompletionItem({ label: prefix, description: name }, CompletionItemKind.Snippet);
  item.insertText = new SnippetString(body);
  item.detail = description;
  item.documentation = new MarkdownString().appendCodeblock(
    body.replace(/\$\{\d+:([^}]*)\}|\$0/g, '$1'),
    'markdown',
  );
  // The editor compares this with all that the range covers, a fence or the mark of a callout included.
  item.filterText = typed + prefix;
  item.range = range;
  return item;
}
