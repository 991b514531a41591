import type { TextEdit } from '../../src/language/index.ts';

/** The text after edits whose offsets are those of the text before. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source);
}

export function applyFix(source: string, fix: { readonly edits: readonly TextEdit[] }): string {
  return applyEdits(source, fix.edits);
}
