import { Range, WorkspaceEdit } from 'vscode';
import type { TextDocument } from 'vscode';

import type { Span } from '../../kernel/index.ts';
import type { TextEdit } from '../../language/index.ts';

/** The range of UTF-16 offsets in a document. */
export function rangeOf(document: TextDocument, { start, end }: Span): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

export function editOf(document: TextDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  const change = new WorkspaceEdit();
  for (const edit of edits) change.replace(document.uri, rangeOf(document, edit), edit.text);
  return change;
}
