import { Uri, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { bytesId } from '../../lesson/index.ts';

/** The notebook that `Open the Lesson` opens. */
export const firstLesson = 'loss-and-gradient-descent.gdnb';

/** A notebook or a data file that came with the extension. */
export interface BundledFile {
  /** Its path in the folder of the notebooks, with slashes. */
  readonly name: string;
  readonly content: Uint8Array;
  /** Names its content. */
  readonly id: string;
}

let known: readonly BundledFile[] | undefined;

/** The notebooks that came with the extension, and their data. Read once. */
export async function bundledFiles(context: ExtensionContext): Promise<readonly BundledFile[]> {
  known ??= await readAll(context.extensionUri);
  return known;
}

export function isNotebook({ name }: BundledFile): boolean {
  return name.endsWith('.gdnb');
}

/** What a notebook is called: its first heading, or the name of its file. */
export function titleOf({ name, content }: BundledFile): string {
  return /^# +(.+?) *$/m.exec(new TextDecoder().decode(content))?.[1] ?? name;
}

async function readAll(extension: Uri): Promise<readonly BundledFile[]> {
  // A list, since the folder itself cannot be read where an extension comes over HTTP.
  const list = await workspace.fs.readFile(Uri.joinPath(extension, 'dist', 'notebooks.json'));
  const names = JSON.parse(new TextDecoder().decode(list)) as string[];
  return Promise.all(
    names.map(async (name) => {
      const content = await workspace.fs.readFile(Uri.joinPath(extension, 'notebooks', name));
      return { name, content, id: bytesId(content) };
    }),
  );
}
