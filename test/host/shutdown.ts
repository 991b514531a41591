import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

type Action = () => Promise<void> | void;

const actions = new Set<Action>();
const children = new Set<ChildProcess>();
const gracePeriod = 5000;
const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
let installed = false;

/** Runs `action` when this process is told to stop. Returns a function that takes the promise back. */
export function onShutdown(action: Action): () => void {
  install();
  actions.add(action);
  return () => actions.delete(action);
}

/**
 * Starts a program that does not outlive this process, however that ends: it leads a process group of its
 * own, which is killed as a whole. (Only a process that is itself killed outright cannot see to that: a Node
 * child that loads `lifeline.mjs` ends then too, when its standard input closes.)
 */
export function startChild(command: string, args: string[], options: SpawnOptions): ChildProcess {
  install();
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  children.add(child);
  return child;
}

/** Ends a child and everything that it started: politely, then by force. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.pid === undefined) return;
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  killGroup(child, signal);
  await Promise.race([exited, pause(gracePeriod, undefined, { ref: false })]);
  killGroup(child, 'SIGKILL');
  await exited;
  children.delete(child);
}

/** Sends a signal to a child and to all in its process group. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}

function install(): void {
  if (installed) return;
  installed = true;
  let told = 0;
  for (const [signal, code] of Object.entries(signals)) {
    process.on(signal, () => {
      // One Ctrl+C can arrive twice: from the terminal, and passed on by a parent.
      told += 1;
      if (told > 2) process.exit(code);
      if (told > 1) return;
      void Promise.allSettled([...actions].map(async (action) => action())).then(() => process.exit(code));
    });
  }
  process.on('exit', () => {
    for (const child of children) killGroup(child, 'SIGKILL');
  });
}
