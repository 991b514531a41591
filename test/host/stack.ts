import { readFile } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename, dirname, relative, resolve } from 'node:path';

/** Ends the name of a file in the web extension host, which makes it the body of a function. */
const webHostMark = '#vscode-extension';
const webHostFirstLine = 3;

/** Rewrites the stack traces in a text. */
export type StackReader = (text: string) => string;

/**
 * Reads stack traces of a bundle as places in its sources, by the source map beside it; frames of packages
 * are left out. Without a source map texts stay as they are.
 */
export async function stackReader(bundle: string, root = process.cwd()): Promise<StackReader> {
  const json = await readFile(`${bundle}.map`, 'utf8').catch(() => undefined);
  if (json === undefined) return (text) => text;
  const map = new SourceMap(JSON.parse(json) as SourceMapPayload);
  const name = basename(bundle).replaceAll('.', '\\.');
  const place = new RegExp(`(?:[\\w+.-]+:/+)?[^\\s()]*/${name}(${webHostMark})?:(\\d+):(\\d+)`);

  const readLine = (line: string): string | undefined => {
    const found = place.exec(line);
    if (found === null) return line;
    const firstLine = found[1] === undefined ? 1 : webHostFirstLine;
    const entry = map.findEntry(Number(found[2]) - firstLine, Number(found[3]) - 1);
    if (!('originalSource' in entry)) return line;
    const source = relative(root, resolve(dirname(bundle), entry.originalSource));
    if (source.includes('node_modules')) return undefined;
    return line.replace(found[0], `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`);
  };
  return (text) =>
    text
      .split('\n')
      .map(readLine)
      .filter((line) => line !== undefined)
      .join('\n');
}
