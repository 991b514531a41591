// Builds everything that VS Code loads into dist/: `node esbuild.mjs [--watch] [--production]`.
import { existsSync } from 'node:fs';

import { context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  platform: 'browser',
  target: 'es2023',
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'info',
};

/** One file serves both extension hosts; the web host loads CommonJS only. */
const extension = {
  ...shared,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  format: 'cjs',
  external: ['vscode'],
};

const renderers = {
  ...shared,
  entryPoints: ['src/renderer/figure.ts', 'src/renderer/markdown.ts'].filter(existsSync),
  outdir: 'dist/renderer',
  format: 'esm',
};

/** A file of its own beside the figure, which imports it only when there is something to draw. */
const plotly = {
  ...shared,
  stdin: { contents: "export { default } from 'plotly.js-dist-min';", resolveDir: import.meta.dirname },
  outfile: 'dist/renderer/plotly.js',
  format: 'esm',
  minify: true,
  sourcemap: false,
  legalComments: 'inline',
};

const contexts = await Promise.all([extension, renderers, plotly].map(context));
if (watch) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  try {
    await Promise.all(contexts.map((each) => each.rebuild()));
  } catch {
    process.exitCode = 1; // esbuild has already printed what is wrong
  }
  await Promise.all(contexts.map((each) => each.dispose()));
}
