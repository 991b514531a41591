/** Contents of one bundled file, each named by its `bytesId`. */
export interface Contents {
  /** What the extension brings now. */
  readonly bundled: string;
  /** What the person's copy holds; absent where there is no copy. */
  readonly copy: string | undefined;
  /** What the extension brought when the copy was made or last left as it is; absent where nobody knows. */
  readonly original: string | undefined;
}

/**
 * How a copy stands to what the extension brings now. An `outdated` copy is one that nobody edited; an `overtaken`
 * one was edited, and something newer has come since.
 */
export type CopyState = 'missing' | 'same' | 'outdated' | 'edited' | 'overtaken';

export function copyState({ bundled, copy, original }: Contents): CopyState {
  if (copy === undefined) return 'missing';
  if (copy === bundled) return 'same';
  if (copy === original) return 'outdated';
  return original === bundled ? 'edited' : 'overtaken';
}

/** Another name for a file, by which a copy is kept: `a (mine).gdnb`, then `a (mine 2).gdnb`. */
export function keptName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return firstFree((count) => `${stem} (mine${count === 1 ? '' : ` ${count}`})${ending}`, taken);
}

/** A name for a new folder: `name`, then `name-2`. */
export function folderName(name: string, taken: ReadonlySet<string>): string {
  return firstFree((count) => (count === 1 ? name : `${name}-${count}`), taken);
}

/** Names that differ in their case only are one name in some file systems. */
function firstFree(nameOf: (count: number) => string, taken: ReadonlySet<string>): string {
  const lower = new Set([...taken].map((name) => name.toLowerCase()));
  let count = 1;
  while (lower.has(nameOf(count).toLowerCase())) count += 1;
  return nameOf(count);
}
