import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'esbuild';

import { stackReader } from './stack.ts';

describe('stack traces of the suite', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gdnb-stack-'));
    await writeFile(
      join(folder, 'one.ts'),
      "\n\nexport const fail = (): never => {\n  throw new Error('no');\n};\n",
    );
    await build({
      stdin: { contents: "import { fail } from './one.ts';\nfail();\n", resolveDir: folder },
      outfile: join(folder, 'suite.js'),
      bundle: true,
      sourcemap: 'linked',
      logLevel: 'silent',
    });
  });
  after(async () => rm(folder, { recursive: true }));

  it('name the place in the source', async () => {
    const bundle = join(folder, 'suite.js');
    const read = await stackReader(bundle, folder);
    const line = 4; // "use strict", an opening bracket, a comment and the function come first
    assert.equal(
      read(`Error: no\n    at fail (${bundle}:${line}:11)\n    at node:internal`),
      'Error: no\n    at fail (one.ts:4:9)\n    at node:internal',
    );
  });

  it('name it too where the web extension host has put two lines before the first', async () => {
    const bundle = join(folder, 'suite.js');
    const read = await stackReader(bundle, folder);
    assert.equal(
      read(`    at fail (vscode-remote://127.0.0.1:1${bundle}#vscode-extension:6:11)`),
      '    at fail (one.ts:4:9)',
    );
  });

  it('stay as they are without a source map', async () => {
    const read = await stackReader(join(folder, 'other.js'));
    assert.equal(read('at other.js:1:1'), 'at other.js:1:1');
  });
});
