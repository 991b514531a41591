import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The first of the programs of these names that is in a folder of the PATH, or undefined. */
export async function findProgram(
  names: string[],
  path = process.env['PATH'] ?? '',
): Promise<string | undefined> {
  return firstExecutable(places(names, path));
}

/** The first of these files that can be run, or undefined. */
export async function firstExecutable(files: string[]): Promise<string | undefined> {
  for (const file of files) if (await isExecutable(file)) return file;
  return undefined;
}

/** Whether a file is there and can be run. */
export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Where programs of these names may be: every folder for the first name, then for the next. */
export function places(names: string[], path: string): string[] {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return names.flatMap((name) =>
    folders.flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix))),
  );
}
