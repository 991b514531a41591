import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

type Action = () => Promise<void> | void;

const actions = new Set<Action>();
const children = new Set<ChildProcess>();
const gracePeriod = 3000;
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
 * own, which is killed as a whole. A child started with `lifeline` also ends when this process is killed
 * outright, since its standard input closes then.
 */
export function startChild(command: string, args: string[], options: SpawnOptions): ChildProcess {
  install();
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  children.add(child);
  return child;
}

/** Ends a child and everything that it started: politely, then by force. */
export async function endChild(child: ChildProcess): Promise<void> {
  killGroup(child, 'SIGTERM');
  const deadline = performance.now() + gracePeriod;
  while (killGroup(child, 0) && performance.now() < deadline) await pause(20);
  killGroup(child, 'SIGKILL');
  children.delete(child);
}

/** Sends a signal to a child and all in its process group; 0 only asks. Returns whether there is anybody. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.platform === 'win32' ? child.kill(signal) : process.kill(-child.pid, signal);
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}

function install(): void {
  if (installed) return;
  installed = true;
  for (const [signal, code] of Object.entries(signals)) {
    process.once(signal, () => {
      void Promise.allSettled([...actions].map(async (action) => action())).then(() => process.exit(code));
    });
  }
  process.on('exit', () => {
    for (const child of children) killGroup(child, 'SIGKILL');
  });
}
