import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isInstalled, stampOf } from './install.ts';

describe('the stamp of an installation', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gdnb-stamp-'));
    await cp(join(import.meta.dirname, 'code-server'), folder, { recursive: true });
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('is the same for the same lock file', async () => {
    const stamp = await stampOf(folder);
    assert.equal(stamp, await stampOf(join(import.meta.dirname, 'code-server')));
    assert.equal(await isInstalled(folder, stamp), false);
    await writeFile(join(folder, 'stamp'), stamp);
    assert.equal(await isInstalled(folder, stamp), true);
  });

  it('changes with the lock file, so that an old installation is replaced', async () => {
    await writeFile(join(folder, 'stamp'), await stampOf(folder));
    await writeFile(join(folder, 'package-lock.json'), '{ "lockfileVersion": 3 }');
    assert.equal(await isInstalled(folder, await stampOf(folder)), false);
  });
});
