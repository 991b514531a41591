// Builds everything that VS Code loads into dist/: `node esbuild.mjs [--watch] [--production]`.
import { mkdir, writeFile } from 'node:fs/promises';

import { build, context } from 'esbuild';

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
  entryPoints: ['src/renderer/figure.ts', 'src/renderer/markdown.ts'],
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

/** The grammar is computed from the table of words, so that no word is missing from it. */
async function writeGrammar() {
  const entryPoints = ['src/editor/grammar.ts'];
  const { outputFiles } = await build({
    ...shared,
    entryPoints,
    format: 'esm',
    sourcemap: false,
    write: false,
  });
  const { makeGrammar } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  await mkdir('dist', { recursive: true });
  await writeFile('dist/gd.tmLanguage.json', JSON.stringify(makeGrammar(), undefined, 2));
}

const contexts = await Promise.all([extension, renderers, plotly].map(context));
if (watch) {
  await Promise.all([...contexts.map((each) => each.watch()), writeGrammar()]);
} else {
  try {
    await Promise.all([...contexts.map((each) => each.rebuild()), writeGrammar()]);
  } catch {
    process.exitCode = 1; // esbuild has already printed what is wrong
  }
  await Promise.all(contexts.map((each) => each.dispose()));
}
