import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { installServer } from './install.ts';
import { endChild, onShutdown, startChild } from './shutdown.ts';

export type ServerOptions = {
  /** 0 takes a free one. */
  port?: number;
  workspaceTrust?: boolean;
  /** The user's settings, as in settings.json. */
  settings?: Record<string, unknown>;
  /** Variables for the server and its extension hosts, beside the ones of this process. */
  env?: Record<string, string>;
  /** Lets a page name extensions under development in its address. */
  underTest?: boolean;
  /** Folders of extensions that are there for good, as if installed. */
  extensions?: string[];
};

export type Server = {
  /** `127.0.0.1:PORT`, which is also the name of the machine in `vscode-remote` addresses. */
  authority: string;
  token: string;
  /** Rejects when the server ends without being stopped. */
  crashed: Promise<never>;
  /** Ends the server, its extension hosts and all that they started, and removes its data. */
  stop: () => Promise<void>;
};

/** In a browser VS Code saves by itself after a second, in the middle of a test. */
export const asOnTheDesktop = { 'files.autoSave': 'off' };

/** Settings that keep a fresh profile quiet. */
const quiet = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Starts a VS Code server on the loopback interface, with data of its own and a random connection token. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const vscode = await installServer();
  const data = await makeData(options);
  const token = randomBytes(16).toString('hex');
  const child = startChild(process.execPath, programArguments(vscode, data, token, options), {
    env: { ...process.env, EXTENSIONS_GALLERY: '{}', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stopping = false;
  const crashed = new Promise<never>((_resolve, reject) => {
    child.once('exit', () => {
      if (!stopping) reject(new Error("VS Code's server has ended by itself."));
    });
  });
  crashed.catch(() => undefined); // whoever waits for it hears of it; nobody has to
  const stop = async () => {
    stopping = true;
    forget();
    await endChild(child);
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  };
  const forget = onShutdown(stop);
  try {
    const port = await listeningPort(child.stdout, child.stderr);
    return { authority: `127.0.0.1:${port}`, token, crashed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server's own folder, with the user's settings and links to the extensions. */
async function makeData(options: ServerOptions): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'gdnb-vscode-'));
  const [user, extensions] = [join(data, 'data', 'User'), join(data, 'extensions')];
  await Promise.all([user, extensions].map(async (folder) => mkdir(folder, { recursive: true })));
  const settings = JSON.stringify({ ...quiet, ...options.settings }, undefined, 2);
  await writeFile(join(user, 'settings.json'), settings);
  for (const folder of options.extensions ?? []) await symlink(folder, join(extensions, basename(folder)));
  return data;
}

function programArguments(vscode: string, data: string, token: string, options: ServerOptions): string[] {
  return [
    '--import',
    new URL('lifeline.mjs', import.meta.url).href,
    join(vscode, 'out', 'server-main.js'),
    '--accept-server-license-terms',
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...['--server-data-dir', data, '--connection-token', token],
    ...['--extensions-dir', join(data, 'extensions')],
    ...['--telemetry-level', 'off', '--reconnection-grace-time', '1'],
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    ...(options.underTest === true ? ['--enable-smoke-test-driver'] : []),
  ];
}

async function listeningPort(...streams: (Readable | null)[]): Promise<number> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    for (const stream of streams) {
      if (stream === null) continue;
      createInterface({ input: stream })
        .on('line', (line) => {
          const port = /^Extension host agent listening on (\d+)/.exec(line)?.[1];
          if (port !== undefined) resolve(Number(port));
          said.push(line);
        })
        .on('close', () => {
          reject(new Error(`VS Code's server did not start:\n${said.slice(-20).join('\n')}`));
        });
    }
  });
}
