// Runs the suite of test/vscode in a real VS Code: `suites.ts [node] [web] [desktop]`. `node` and `web` are
// the two extension hosts of the VS Code that npm brings, `desktop` is a VS Code that this call downloads.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runTests, TestRunFailedError } from '@vscode/test-electron';

import { bundleSuite } from './bundle.ts';
import { installServer } from './install.ts';
import { runProgram } from './program.ts';
import { onShutdown } from './shutdown.ts';
import { stageWebExtension } from './stage.ts';

const root = join(import.meta.dirname, '..', '..');
const cache = join(root, '.cache');
const hosts = ['node', 'web', 'desktop'] as const;
type Host = (typeof hosts)[number];

/** Runs the suite in one host, over a fresh copy of the lessons. Returns whether it passed. */
async function runSuite(host: Host): Promise<boolean> {
  const extension = host === 'web' ? await stageWebExtension(root, join(cache, 'web-extension')) : root;
  // The extension host whose extension holds the suite is the one that runs it.
  const suite = await bundleSuite(join(host === 'web' ? extension : cache, 'suite', 'suite.js'));
  const scratch = await mkdtemp(join(tmpdir(), `gdnb-${host}-`));
  const lessons = join(scratch, 'notebooks');
  await cp(join(root, 'notebooks'), lessons, { recursive: true });
  try {
    await runTests({
      extensionDevelopmentPath: extension,
      extensionTestsPath: suite,
      launchArgs: [
        lessons,
        `--user-data-dir=${join(scratch, 'user')}`,
        `--extensions-dir=${join(scratch, 'extensions')}`,
      ],
      ...(host === 'desktop'
        ? { cachePath: join(cache, 'desktop') }
        : { vscodeExecutablePath: join(import.meta.dirname, 'vscode.sh') }),
    });
    return true;
  } catch (error) {
    if (error instanceof TestRunFailedError) return false;
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function chosenHosts(names: string[]): Host[] {
  const unknown = names.find((name) => !hosts.some((host) => host === name));
  if (unknown !== undefined)
    throw new Error(`There is no host "${unknown}". Choose from ${hosts.join(', ')}.`);
  return names.length === 0 ? ['node', 'web'] : hosts.filter((host) => names.includes(host));
}

await runProgram(async () => {
  const chosen = chosenHosts(process.argv.slice(2));
  if (chosen.some((host) => host !== 'desktop')) await installServer();
  let passed = true;
  for (const host of chosen) {
    const running = runSuite(host);
    const forget = onShutdown(async () => {
      await running;
    });
    passed = (await running) && passed;
    forget();
  }
  return passed ? 0 : 1;
});
