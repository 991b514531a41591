import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Child } from './child.ts';
import { seed, type Task } from './tasks.ts';

export interface Entrant {
  readonly name: string;
  /** A library, which the kernel is to be twice as fast as. */
  readonly isLibrary: boolean;
  /** How far its results may be off, relative to the largest. */
  readonly tolerance: number;
  /** Whether it takes part in the task; where this is absent it takes part in all. */
  readonly solves?: (task: Task) => boolean;
  start(task: Task, folder: string): Child;
}

const here = import.meta.dirname;
const exact = 1e-9;
/** jax-js has float64 arrays, but takes constants as float32. */
const nearly = 1e-6;
/** TensorFlow.js has float32 only. */
const rounded = 5e-3;

/** Everyone who can take part on this machine. The first is the measure of the others. */
export function findEntrants(folder: string): Entrant[] {
  return [
    ...compileC(folder),
    scripted('JavaScript by hand', 'loops.ts', false, exact),
    scripted('this kernel', 'kernel.ts', false, exact),
    scripted('this kernel without WebAssembly', 'kernel-script.ts', false, exact),
    scripted('TensorFlow.js, cpu', 'tensorflow-cpu.mjs', true, rounded),
    scripted('TensorFlow.js, wasm', 'tensorflow-wasm.mjs', true, rounded),
    scripted('jax-js, wasm', 'jax.mjs', true, nearly),
    scripted('math.js', 'mathjs.mjs', true, exact),
    ...inPython('NumPy', 'numpy'),
    ...inPython('PyTorch', 'torch'),
  ];
}

function scripted(name: string, file: string, isLibrary: boolean, tolerance: number): Entrant {
  const start = (task: Task, folder: string) =>
    new Child(process.execPath, [
      '--no-warnings',
      join(here, 'serve.ts'),
      join(here, 'contestants', file),
      folder,
      JSON.stringify(task),
    ]);
  return { name, isLibrary, tolerance, start };
}

function compileC(folder: string): Entrant[] {
  const program = join(folder, 'loops');
  const source = join(here, 'contestants', 'loops.c');
  const { status } = spawnSync('cc', ['-O3', '-march=native', '-o', program, source, '-lm'], {
    stdio: 'inherit',
  });
  if (status !== 0) return [];
  const startAs = (kind: string, { rows, batchSize, rate }: Task, data: string) =>
    new Child(program, [data, kind, ...[rows, batchSize, rate, seed].map(String)]);
  const loops = { isLibrary: false, tolerance: exact };
  return [
    { ...loops, name: 'C', start: (task, data) => startAs(task.kind, task, data) },
    {
      ...loops,
      name: 'C, for vectors',
      solves: ({ kind }) => kind === 'landscape',
      start: (task, data) => startAs('vectors', task, data),
    },
  ];
}

function inPython(name: string, library: string): Entrant[] {
  const candidates = [process.env['PYTHON'], 'python3', '/usr/bin/python3'].filter(
    (path) => path !== undefined,
  );
  const python = candidates.find((path) => spawnSync(path, ['-c', `import ${library}, numpy`]).status === 0);
  if (python === undefined) return [];
  const start = ({ kind, rows, batchSize, rate }: Task, data: string) =>
    new Child(python, [
      join(here, 'contestants', 'arrays.py'),
      library,
      data,
      kind,
      ...[rows, batchSize, rate].map(String),
    ]);
  return [{ name, isLibrary: true, tolerance: exact, start }];
}
