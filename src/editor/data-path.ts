/** A data file that cannot be had; the message names the cause and the remedy. */
export class DataFileError extends Error {
  override readonly name = 'DataFileError';
}

/** A data file that is not there. */
export class MissingFileError extends DataFileError {
  /** Files of its folder that may hold a table. */
  readonly files: readonly string[];

  constructor(name: string, files: readonly string[]) {
    super(missingFileMessage(name, files));
    this.files = files;
  }
}

/**
 * The parts of a data file's name, a relative path with `/` to a file beside or below the notebook.
 * @throws DataFileError for a path that leads anywhere else
 */
export function dataPath(name: string): string[] {
  const parts = name.split('/').filter((part) => part !== '.');
  if (parts.some((part) => part === '..')) {
    throw new DataFileError(
      `"${name}" leads out of the notebook's folder: put the file beside or below the notebook.`,
    );
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(name) || name.startsWith('/')) {
    throw new DataFileError(
      `"${name}" is not a path from the notebook: put the file beside or below it, and write only "${lastPart(name)}".`,
    );
  }
  if (name.includes('\\')) {
    throw new DataFileError(`"${name}" has a backslash: write "${name.replaceAll('\\', '/')}".`);
  }
  if (parts.length === 0 || parts.some((part) => part === '')) {
    throw new DataFileError(`"${name}" does not name a file: write one such as "houses.csv".`);
  }
  return parts;
}

/** What to say about a file that is not there, with those of its folder that are. */
function missingFileMessage(name: string, files: readonly string[]): string {
  const shown = files.slice(0, 10).map((file) => `"${file}"`);
  const more = files.length > shown.length ? ` and ${files.length - shown.length} more` : '';
  const remedy =
    shown.length === 0
      ? 'There is no data file: put one beside the notebook.'
      : `There ${files.length === 1 ? 'is' : 'are'} ${shown.join(', ')}${more}.`;
  return `There is no file "${name}" beside the notebook. ${remedy}`;
}

/** Whether a file may hold a table, by its name. */
export function mayHoldTable(file: string): boolean {
  return /\.(csv|tsv|txt|data)$/i.test(file);
}

/** Whether a file may hold the log of a training, by its name; its content decides. */
export function mayHoldLog(file: string): boolean {
  return /\.(json|jsonl|csv|tsv|txt|log|out)$/i.test(file);
}

/** The text of a data file. @throws DataFileError when it is not UTF-8 */
export function decodeText(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DataFileError(`"${name}" is not UTF-8 text: save it as CSV in UTF-8.`);
  }
}

function lastPart(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? name;
}
