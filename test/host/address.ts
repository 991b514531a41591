import { pathToFileURL } from 'node:url';

import type { Server } from './server.ts';

export type Opening = {
  folder?: string;
  /** Folders of extensions under development. */
  extensions?: string[];
  /** The file whose `run()` is the test suite. */
  tests?: string;
};

/** The address at which a browser opens a VS Code window. Paths are absolute. */
export function windowAddress(server: Pick<Server, 'authority' | 'token'>, opening: Opening): string {
  const remote = (path: string) => `vscode-remote://${server.authority}${pathToFileURL(path).pathname}`;
  const payload = [
    ...(opening.extensions ?? []).map((path) => ['extensionDevelopmentPath', remote(path)]),
    ...(opening.tests === undefined ? [] : [['extensionTestsPath', remote(opening.tests)]]),
  ];
  const query = new URLSearchParams({ tkn: server.token });
  if (opening.folder !== undefined) query.set('folder', opening.folder);
  if (payload.length > 0) query.set('payload', JSON.stringify([...payload, ['skipWelcome', 'true']]));
  return `http://${server.authority}/?${query.toString()}`;
}
