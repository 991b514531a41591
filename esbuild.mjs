// Builds everything that VS Code loads into dist/: `node esbuild.mjs [--watch] [--production]`.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/**
 * Plotly in a file of its own, which the figure imports only when there is something to draw. Its distribution is one
 * function that a wrapper calls: parentheses around it tell the engine to compile it at once instead of looking it
 * over first, and without a second wrapper the file loads in half the time.
 */
async function writePlotly() {
  const source = await readFile(fileURLToPath(import.meta.resolve('plotly.js-dist-min')), 'utf8');
  const [head, tail] = [': this, () => {', '\n}));'];
  const [from, to] = [source.indexOf(head), source.lastIndexOf(tail)];
  if (from < 0 || to < 0) throw new Error('The wrapper of plotly.js-dist-min is not the one that is known.');
  const begin = from + ': this, '.length;
  const end = to + '\n}'.length;
  const text = [
    'const module = { exports: {} };',
    `${source.slice(0, begin)}(${source.slice(begin, end)})${source.slice(end)}`,
    'export default module.exports;',
  ];
  await mkdir('dist/renderer', { recursive: true });
  await writeFile('dist/renderer/plotly.js', text.join('\n'));
}

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

/** Names the lessons and their data, since an extension that comes over HTTP cannot read its folders. */
async function writeList() {
  const entries = await readdir('notebooks', { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  const names = files.map(({ parentPath, name }) => relative('notebooks', join(parentPath, name)));
  await mkdir('dist', { recursive: true });
  const list = names.map((name) => name.split(sep).join('/')).sort();
  await writeFile('dist/notebooks.json', JSON.stringify(list, undefined, 2));
}

const contexts = await Promise.all([extension, renderers].map(context));
const written = [writePlotly, writeGrammar, writeList];
const builds = contexts.map((each) => () => (watch ? each.watch() : each.rebuild()));
try {
  await Promise.all([...builds, ...written].map((write) => write()));
} catch (error) {
  if (!('errors' in error)) console.error(error.message); // esbuild has already printed its own
  process.exitCode = 1;
}
if (!watch) await Promise.all(contexts.map((each) => each.dispose()));
