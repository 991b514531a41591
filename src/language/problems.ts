import type { Span } from '../kernel/index.ts';
import { messages, severities, type ProblemCode } from './messages.ts';

export type Severity = 'error' | 'warning' | 'hint';

/** A replacement of the text between two UTF-16 offsets of a cell. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** A change that mends a problem, for the author to take with one click. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Something that is wrong with a cell: what, where (UTF-16 offsets), and how it may be mended. */
export interface Problem extends Span {
  readonly code: ProblemCode;
  readonly message: string;
  readonly severity: Severity;
  readonly fixes?: readonly Fix[];
}

/** What a message speaks of; nothing for those that always say the same. */
type Details<Code extends ProblemCode> =
  Parameters<(typeof messages)[Code]> extends [infer D] ? D : Readonly<Record<string, never>>;

type Fixes = readonly (Fix | undefined)[];

/** More than this many problems help nobody, and working out their fixes would take long. */
const mostProblems = 500;

/** Collects the problems of one cell. The same problem at the same place is kept once. */
export class Problems {
  private readonly collected = new Map<string, Problem>();

  /** Reports a problem at a place; `details` is what its message speaks of. */
  add<Code extends ProblemCode>(
    code: Code,
    place: Span,
    details: Details<Code>,
    fixes: Fixes | (() => Fixes) = [],
  ): void {
    const key = `${code} ${place.start} ${place.end}`;
    if (this.collected.has(key) || this.isFull) return;
    const say = messages[code] as (details: Details<Code>) => string;
    const offered = (typeof fixes === 'function' ? fixes() : fixes).filter(changesSomething);
    this.collected.set(key, {
      code,
      message: say(details),
      severity: severities.get(code) ?? 'error',
      start: place.start,
      end: place.end,
      ...(offered.length === 0 ? {} : { fixes: offered }),
    });
  }

  /** How many problems there are so far. */
  get count(): number {
    return this.collected.size;
  }

  /** True when no further problem is taken. */
  get isFull(): boolean {
    return this.count >= mostProblems;
  }

  /** True when there are so many problems that suggestions for more are not worth the search. */
  get isCrowded(): boolean {
    return this.collected.size >= 50;
  }

  get hasErrors(): boolean {
    return [...this.collected.values()].some((problem) => problem.severity === 'error');
  }

  /** All problems in the order of the text. */
  inOrder(): Problem[] {
    return [...this.collected.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  }
}

/** A fix that puts a text in the place of what stands there. */
export function replaceBy(place: Span, text: string, title: string): Fix {
  return { title, edits: [{ start: place.start, end: place.end, text }] };
}

/** A fix that puts a text at an offset. */
export function insertAt(offset: number, text: string, title: string): Fix {
  return replaceBy({ start: offset, end: offset }, text, title);
}

/** A fix that puts texts before and behind what stands there. */
export function surround({ start, end }: Span, before: string, behind: string, title: string): Fix {
  const edits = [
    { start, end: start, text: before },
    { start: end, end, text: behind },
  ];
  return { title, edits };
}

/** A fix that was thought of and has something to change. */
function changesSomething(fix: Fix | undefined): fix is Fix {
  return fix !== undefined && fix.edits.length > 0;
}
