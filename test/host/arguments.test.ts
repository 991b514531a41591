import assert from 'node:assert/strict';

import { windowAddress } from './address.ts';
import { readCommandLine } from './arguments.ts';

describe('the command line of VS Code', () => {
  it('is read as test-electron writes it', () => {
    const args = [
      '/lessons',
      '--user-data-dir=/tmp/user',
      '--no-sandbox',
      '--disable-updates',
      '--disable-workspace-trust',
      '--extensionTestsPath=/repo/suite.js',
      '--extensionDevelopmentPath=/repo',
      '--extensionDevelopmentPath=/other',
    ];
    assert.deepEqual(readCommandLine(args), {
      extensions: ['/repo', '/other'],
      tests: '/repo/suite.js',
      folder: '/lessons',
      workspaceTrust: false,
    });
  });

  it('takes relative paths from the working folder, and needs nothing', () => {
    assert.deepEqual(readCommandLine(['notebooks'], '/repo'), {
      extensions: [],
      folder: '/repo/notebooks',
      workspaceTrust: true,
    });
  });
});

describe('the address of a window', () => {
  const server = { authority: '127.0.0.1:4000', token: 'abc' };

  it('carries folder, extensions and suite as places on the server', () => {
    const address = new URL(
      windowAddress(server, { folder: '/my lessons', extensions: ['/repo'], tests: '/repo/s#1.js' }),
    );
    assert.equal(address.origin, 'http://127.0.0.1:4000');
    assert.equal(address.searchParams.get('tkn'), 'abc');
    assert.equal(address.searchParams.get('folder'), '/my lessons');
    assert.deepEqual(JSON.parse(address.searchParams.get('payload') ?? ''), [
      ['extensionDevelopmentPath', 'vscode-remote://127.0.0.1:4000/repo'],
      ['extensionTestsPath', 'vscode-remote://127.0.0.1:4000/repo/s%231.js'],
      ['skipWelcome', 'true'],
    ]);
  });

  it('is short when there is nothing to say', () => {
    assert.equal(windowAddress(server, {}), 'http://127.0.0.1:4000/?tkn=abc');
  });
});
