import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const shutdown = JSON.stringify(new URL('shutdown.ts', import.meta.url).href);
const lifeline = JSON.stringify(new URL('lifeline.mjs', import.meta.url).href);

/** A program that starts a child with a grandchild, prints their process ids, and does not end by itself. */
const program = `
  import { startChild, endChild, onShutdown } from ${shutdown};
  const idle = 'setInterval(() => {}, 1000);';
  const family = \`
    const { spawn } = require('node:child_process');
    const grandchild = spawn(process.execPath, ['--import', \${JSON.stringify(${lifeline})}, '-e', \${JSON.stringify(idle)}],
      { stdio: ['pipe', 'ignore', 'ignore'] });
    console.log(process.pid, grandchild.pid);
    \${idle}
  \`;
  const child = startChild(process.execPath, ['--import', ${lifeline}, '-e', family], { stdio: ['pipe', 'inherit', 'inherit'] });
  onShutdown(() => endChild(child));
  // A crash.
  process.on('SIGUSR2', () => { throw new Error('on purpose'); });
`;

async function startFamily(): Promise<{ parent: ChildProcess; pids: number[] }> {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  return { parent, pids: line.split(' ').map(Number) };
}

async function untilGone(pids: number[]): Promise<void> {
  while (pids.some(isAlive)) await pause(10);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('children', () => {
  const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2', 'SIGKILL'] as const;

  it('end, and theirs with them, however the program ends', async () => {
    await Promise.all(
      endings.map(async (signal) => {
        const { parent, pids } = await startFamily();
        assert.ok(pids.every(isAlive));
        const exited = once(parent, 'exit');
        parent.kill(signal);
        await exited;
        await untilGone(pids);
      }),
    );
  });
});
