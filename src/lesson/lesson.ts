export type LineEnd = '\n' | '\r\n' | '\r';

/**
 * How a file spells a cell, around its text. Two cells with the same `open` and `close` may need different ones once
 * their text changes: the writer takes what still fits.
 */
export interface Form {
  /** What stands between the cell before and this one; '' for the first cell. */
  readonly before: string;
  /** The line of the fence or mark, with its line end; empty for plain Markdown. */
  readonly open: string;
  /** The closing fence with the line end before it; empty for plain Markdown and a cell said by length. */
  readonly close: string;
}

/** One cell. Its text is exact: mixed line ends and a byte-order mark in it are kept. */
export type Cell = {
  readonly text: string;
  /** Absent on a cell that comes from no file: the writer then chooses. */
  readonly form?: Form;
} & ({ readonly kind: 'markdown' } | { readonly kind: 'code'; readonly language: string });

/** A `.gdnb` file as cells, and all that is needed to write the same bytes again. */
export interface Lesson {
  readonly byteOrderMark: '' | '\uFEFF';
  /** From the first `---` to the last, without the line end after it; '' where there is none. */
  readonly frontMatter: string;
  /** What stands before the first cell. */
  readonly lead: string;
  readonly cells: readonly Cell[];
  /** What stands after the last cell. */
  readonly tail: string;
  /** The kind of line end that most lines of the file have. */
  readonly lineEnd: LineEnd;
}

/** The language of the cells that run. */
export const lessonLanguage = 'gd';
