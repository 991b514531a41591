import { isLessonCell } from '../../lesson/index.ts';

/** What VS Code's Markdown renderer hands to the rules of markdown-it: the item that it renders. */
export interface Environment {
  readonly outputItem?: { readonly id: string; readonly metadata: unknown };
  /** Within a question Markdown means no more than elsewhere: a definition there might be the answer. */
  readonly inQuestion?: boolean;
}

/**
 * Which Markdown is a lesson's. VS Code renders that of all notebooks with one renderer; a cell that was read from a
 * lesson carries our mark, a new one does not, so the editor says of a whole notebook that it is a lesson.
 */
export class LessonCells {
  #isLesson = false;
  readonly #whenMarked: () => void;
  #wasMarked = false;

  /** @param whenMarked called once, at the first cell that carries the mark */
  constructor(whenMarked: () => void) {
    this.#whenMarked = whenMarked;
  }

  /** The editor says that all cells rendered here are a lesson's. */
  confirm(): void {
    this.#isLesson = true;
  }

  has({ outputItem, inQuestion }: Environment): boolean {
    if (inQuestion === true) return false;
    if (!isLessonCell(outputItem?.metadata)) return this.#isLesson && outputItem !== undefined;
    if (!this.#wasMarked) {
      this.#wasMarked = true;
      this.#whenMarked();
    }
    return true;
  }
}
