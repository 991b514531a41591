import { NotebookCellData, NotebookCellKind, NotebookData, workspace } from 'vscode';
import type { ExtensionContext, NotebookSerializer } from 'vscode';

import {
  decodeLesson,
  encodeLesson,
  fromEditor,
  readLesson,
  toEditor,
  writeLesson,
  type EditorCell,
} from '../lesson/index.ts';

/** The type of the notebooks, as the manifest names it. */
export const notebookType = 'gdnb';

export function registerSerializer(context: ExtensionContext): void {
  context.subscriptions.push(
    // Metadata is what a file's bytes are kept in: a transient key of it would not reach `serializeNotebook`.
    workspace.registerNotebookSerializer(notebookType, new LessonSerializer(), { transientOutputs: true }),
  );
}

class LessonSerializer implements NotebookSerializer {
  /** @throws NotTextError for bytes that are not UTF-8; VS Code then shows its message in place of the notebook */
  deserializeNotebook(content: Uint8Array): NotebookData {
    const { cells, metadata } = toEditor(readLesson(decodeLesson(content)));
    const notebook = new NotebookData(cells.map(toCellData));
    notebook.metadata = metadata;
    return notebook;
  }

  serializeNotebook({ cells, metadata = {} }: NotebookData): Uint8Array {
    return encodeLesson(writeLesson(fromEditor({ cells: cells.map(fromCellData), metadata })));
  }
}

function toCellData({ kind, language, value, metadata }: EditorCell): NotebookCellData {
  const isCode = kind === 'code';
  const cell = new NotebookCellData(
    isCode ? NotebookCellKind.Code : NotebookCellKind.Markup,
    value,
    language,
  );
  cell.metadata = metadata;
  return cell;
}

function fromCellData({ kind, languageId, value, metadata = {} }: NotebookCellData): EditorCell {
  return {
    kind: kind === NotebookCellKind.Code ? 'code' : 'markdown',
    language: languageId,
    value,
    metadata,
  };
}
