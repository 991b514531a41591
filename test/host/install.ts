import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const manifest = join(import.meta.dirname, 'code-server');
const cache = join(import.meta.dirname, '..', '..', '.cache');

/**
 * The folder of a complete VS Code server with its browser workbench. The first call installs it from the
 * locked manifest into `.cache/`, which takes about half a minute and 600 MB; later calls need no network.
 */
export async function installServer(say: (line: string) => void = console.log): Promise<string> {
  const home = join(cache, 'code-server');
  const server = join(home, 'node_modules', 'code-server', 'lib', 'vscode');
  const stamp = await stampOf(manifest);
  if (await isInstalled(home, stamp)) return server;

  say(`Installing VS Code for the browser into ${home} (once, about 600 MB) ...`);
  const partial = join(cache, `code-server.${process.pid}.partial`);
  try {
    await mkdir(partial, { recursive: true });
    await cp(manifest, partial, { recursive: true });
    await installPackages(partial);
    await installPackages(join(partial, 'node_modules', 'code-server', 'lib', 'vscode'));
    await writeFile(join(partial, 'stamp'), stamp);
    await rm(home, { recursive: true, force: true });
    await rename(partial, home);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  say('VS Code is installed.');
  return server;
}

/** What an installation was made from: the lock file, and the machine it was made for. */
export async function stampOf(folder: string): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(folder, 'package-lock.json')));
  return `${process.platform} ${process.arch} ${hash.digest('hex')}\n`;
}

/** Whether `home` holds a finished installation with this stamp. */
export async function isInstalled(home: string, stamp: string): Promise<boolean> {
  return (await readFile(join(home, 'stamp'), 'utf8').catch(() => undefined)) === stamp;
}

async function installPackages(folder: string): Promise<void> {
  // Nothing needs compiling: what the install scripts would build, the server does without. VS Code's own
  // lock file was written without peer dependencies.
  const args = ['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'];
  try {
    await run('npm', args, { cwd: folder, shell: process.platform === 'win32' });
  } catch (error) {
    const reason = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(
      `VS Code could not be installed: "npm ${args.join(' ')}" failed.\n` +
        `${reason.trim().split('\n').slice(0, 8).join('\n')}\n` +
        'The first run needs the npm registry; later ones need no network.',
      { cause: error },
    );
  }
}
