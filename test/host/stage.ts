import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes a copy of an extension that only the web extension host can run, since its manifest has `browser`
 * and no `main`. All but the manifest are links. Returns `target`.
 */
export async function stageWebExtension(extension: string, target: string): Promise<string> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const entries = await readdir(extension);
  const shared = entries.filter(
    (name) => !name.startsWith('.') && !['node_modules', 'package.json'].includes(name),
  );
  await Promise.all(shared.map(async (name) => symlink(join(extension, name), join(target, name))));
  const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  delete manifest['main'];
  await writeFile(join(target, 'package.json'), JSON.stringify(manifest, undefined, 2));
  return target;
}
