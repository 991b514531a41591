import type { Cell, Form, Lesson, LineEnd } from './lesson.ts';
import { withLineEnd } from './lines.ts';

/** The key in the metadata of cells and notebooks under which a lesson keeps what an editor does not show. */
export const lessonMark = 'gdnb';

export type Metadata = Readonly<Record<string, unknown>>;

/** A cell as a notebook editor holds it. */
export interface EditorCell {
  readonly kind: 'markdown' | 'code';
  readonly language: string;
  readonly value: string;
  readonly metadata: Metadata;
}

export interface EditorNotebook {
  readonly cells: readonly EditorCell[];
  readonly metadata: Metadata;
}

/** Whether the metadata of a cell says that it is one of a lesson, and no cell of another kind of notebook. */
export function isLessonCell(metadata: unknown): boolean {
  return isRecord(metadata) && isRecord(metadata[lessonMark]);
}

/** The metadata of a cell that was made in the editor. */
export const newCellMetadata: Metadata = { [lessonMark]: {} };

/** A lesson for the editor to hold. What it cannot show goes into metadata, as little as will do. */
export function toEditor(lesson: Lesson): EditorNotebook {
  const { byteOrderMark, frontMatter, lead, tail, lineEnd } = lesson;
  return {
    metadata: { [lessonMark]: { byteOrderMark, frontMatter, lead, tail, lineEnd } },
    cells: lesson.cells.map((cell) => ({
      kind: cell.kind,
      language: cell.kind === 'code' ? cell.language : 'markdown',
      value: cell.text,
      metadata: { [lessonMark]: { ...cell.form, ...keptText(cell.text, lineEnd) } },
    })),
  };
}

/** The lesson that the editor holds; a text that was not edited comes back exactly, any other with the file's line ends. */
export function fromEditor(notebook: EditorNotebook): Lesson {
  const kept = recordOf(notebook.metadata[lessonMark]);
  const lineEnd = lineEndOf(kept['lineEnd']);
  return {
    byteOrderMark: kept['byteOrderMark'] === '\uFEFF' ? '\uFEFF' : '',
    frontMatter: stringOf(kept['frontMatter']),
    lead: stringOf(kept['lead']),
    tail: typeof kept['tail'] === 'string' ? kept['tail'] : lineEnd,
    lineEnd,
    cells: notebook.cells.map((cell) => cellFrom(cell, lineEnd)),
  };
}

function cellFrom({ kind, language, value, metadata }: EditorCell, lineEnd: LineEnd): Cell {
  const kept = recordOf(metadata[lessonMark]);
  const text = isShownAs(kept['text'], value) ? kept['text'] : withLineEnd(value, lineEnd);
  const form = formOf(kept);
  const rest = form ? { text, form } : { text };
  return kind === 'markdown' ? { kind, ...rest } : { kind, language, ...rest };
}

/** The text itself, where the editor's own line ends or its lack of a byte-order mark would change it. */
function keptText(text: string, lineEnd: LineEnd): { readonly text?: string } {
  return withLineEnd(withoutMark(text), lineEnd) === text ? {} : { text };
}

/** VS Code drops a byte-order mark at the start of a cell and gives all its lines one kind of line end. */
function isShownAs(text: unknown, value: string): text is string {
  if (typeof text !== 'string') return false;
  const shown = withLineEnd(value, '\n');
  return withLineEnd(text, '\n') === shown || withLineEnd(withoutMark(text), '\n') === shown;
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function formOf(kept: Metadata): Form | undefined {
  const [before, open, close] = [kept['before'], kept['open'], kept['close']];
  if (typeof before !== 'string' || typeof open !== 'string' || typeof close !== 'string') return undefined;
  return { before, open, close };
}

function lineEndOf(value: unknown): LineEnd {
  return value === '\r\n' || value === '\r' ? value : '\n';
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function recordOf(value: unknown): Metadata {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Metadata {
  return typeof value === 'object' && value !== null;
}
