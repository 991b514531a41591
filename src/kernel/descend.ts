import { Descent } from './descent.ts';
import type { Program } from './program.ts';
import type { RunMemory } from './run-memory.ts';
import type { Run } from './run.ts';
import { finishGivingWay, finishNow, type Pace, type Sliced } from './slices.ts';

export interface DescendOptions {
  /** Ends the run; the promise then resolves with what was done, the last run 'stopped'. */
  readonly signal?: AbortSignal;
  /** Called every now and then with the runs so far. */
  readonly onProgress?: (runs: Run[]) => void;
}

/** The first progress is shown after this time; from then on, showing it may take a tenth of the time. */
const firstProgressMilliseconds = 100;

/**
 * Runs a program, every run of a sweep after the other, giving way to others about every 10 ms. The numbers are
 * those of `descendNow`, bit for bit.
 */
export async function descend(program: Program, options: DescendOptions = {}): Promise<Run[]> {
  const work = new Work(program);
  const { signal, onProgress } = options;
  let next = performance.now() + firstProgressMilliseconds;
  const showProgress = () => {
    const began = performance.now();
    if (onProgress === undefined || began < next) return;
    onProgress(work.runs());
    const now = performance.now();
    next = now + Math.max(firstProgressMilliseconds, 10 * (now - began));
  };
  await finishGivingWay((pace) => work.slices(pace), signal, showProgress);
  return work.runs();
}

/**
 * Runs a program without giving way.
 * @param memory that of earlier runs of the program, which are over: these take their place
 */
export function descendNow(program: Program, memory?: RunMemory): Run[] {
  const work = new Work(program, memory);
  finishNow((pace) => work.slices(pace));
  return work.runs();
}

class Work {
  private readonly program: Program;
  private readonly done: Run[] = [];
  private readonly memory: RunMemory | undefined;
  private current: Descent | undefined;

  constructor(program: Program, memory?: RunMemory) {
    this.program = program;
    this.memory = memory;
  }

  *slices(pace: Pace): Sliced<void> {
    for (const [index, run] of this.program.runs.entries()) {
      const descent = new Descent(run, this.memory?.ofRun(index));
      this.current = descent;
      yield* descent.slices(pace);
      this.current = undefined;
      const result = descent.read();
      if (result !== undefined) this.done.push(result);
      yield;
    }
  }

  /** The finished runs, and the one that is under way. */
  runs(): Run[] {
    const current = this.current?.read();
    return current === undefined ? [...this.done] : [...this.done, current];
  }
}
