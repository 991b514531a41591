import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');
const tests = join(root, 'test', 'vscode');

/** Node's assertions, for a host that has no Node. */
const assertions: Plugin = {
  name: 'assertions',
  setup(api) {
    api.onResolve({ filter: /^(node:)?assert\/strict$/ }, () => ({
      path: 'strict',
      namespace: 'assertions',
    }));
    api.onLoad({ filter: /^strict$/, namespace: 'assertions' }, () => ({
      contents: "module.exports = require('assert').strict;",
      resolveDir: root,
    }));
  },
};

/**
 * Bundles `test/vscode/*.test.ts` into one CommonJS file for both extension hosts, which exports `run()`.
 * Returns its path, `outfile`.
 */
export async function bundleSuite(outfile: string): Promise<string> {
  const names = (await readdir(tests)).filter((name) => name.endsWith('.test.ts')).sort();
  await build({
    stdin: {
      // The suite comes first: it sets up the `describe` and `it` that the tests call as they load.
      contents: [`export { run } from './suite.ts';`, ...names.map((name) => `import './${name}';`)].join(
        '\n',
      ),
      resolveDir: tests,
    },
    outfile,
    bundle: true,
    // Not 'cjs': mocha's bundle, when it sees a `module`, makes itself the export.
    format: 'iife',
    globalName: 'suite',
    footer: { js: 'module.exports = suite;' },
    platform: 'browser',
    target: 'es2023',
    external: ['vscode'],
    // What the assertions ask of a process, which a web worker does not have.
    define: { 'process.env.NODE_DEBUG': 'undefined', 'process.stderr': 'undefined' },
    sourcemap: 'linked',
    logLevel: 'warning',
    plugins: [assertions],
  });
  return outfile;
}

const companionManifest = {
  name: 'companion',
  publisher: 'gdnb',
  version: '0.0.0',
  engines: { vscode: '^1.100.0' },
  main: './extension.js',
  activationEvents: ['onStartupFinished'],
  // Without this it would not run in Restricted Mode, which it is to look at.
  capabilities: { untrustedWorkspaces: { supported: true } },
};

/** Builds the companion extension of `companion.ts` and returns its folder. */
export async function bundleCompanion(): Promise<string> {
  const folder = join(root, '.cache', 'companion');
  await build({
    entryPoints: [join(import.meta.dirname, 'companion.ts')],
    outfile: join(folder, 'extension.js'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    logLevel: 'warning',
  });
  await writeFile(join(folder, 'package.json'), JSON.stringify(companionManifest));
  return folder;
}
