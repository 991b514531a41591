// `npm start [-- --browser] [--port N]`: opens the lesson in the desktop VS Code if there is one, else in a VS
// Code for the browser, at an address that this prints, until Ctrl+C.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { windowAddress } from './address.ts';
import { bundleCompanion } from './bundle.ts';
import { findProgram } from './executables.ts';
import { runProgram } from './program.ts';
import { startServer } from './server.ts';

const root = join(import.meta.dirname, '..', '..');
const lessons = join(root, 'notebooks');
const lesson = join(lessons, 'loss-and-gradient-descent.gdnb');

async function openOnDesktop(code: string): Promise<number> {
  console.log('Opening the lesson in VS Code.');
  const extensions = [root, await bundleCompanion()].map((folder) => `--extensionDevelopmentPath=${folder}`);
  const child = spawn(code, [...extensions, lessons], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, GDNB_OPEN: lesson },
  });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode ?? 1;
}

async function openInBrowser(port: number): Promise<number> {
  const extensions = [root, await bundleCompanion()];
  const server = await startServer({ port, env: { GDNB_OPEN: lesson }, extensions });
  console.log(`\nOpen the lesson in your browser:\n\n    ${windowAddress(server, { folder: lessons })}\n`);
  console.log('Ctrl+C ends it.');
  return server.crashed;
}

await runProgram(async () => {
  const { values } = parseArgs({
    options: { browser: { type: 'boolean' }, port: { type: 'string', default: '0' } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`"${values.port}" is not a port.`);
  const code = values.browser === true ? undefined : await findProgram(['code']);
  return code === undefined ? openInBrowser(port) : openOnDesktop(code);
});
