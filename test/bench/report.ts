import { cpus, release, type } from 'node:os';
import type { Entrant } from './contestants.ts';
import type { Task } from './tasks.ts';

export interface Row {
  readonly task: Task;
  /** Median seconds a unit, by the contestants that took part. */
  readonly seconds: ReadonlyMap<string, number>;
}

export function describeMachine(): string {
  const [processor] = cpus();
  return `${processor?.model.trim() ?? 'unknown processor'}, ${type()} ${release()}, Node ${process.versions.node}`;
}

/** A Markdown table: for each task the time of the first contestant, and of all as ratios to it. */
export function tableOf(rows: readonly Row[], entrants: readonly Entrant[]): string {
  const [measure] = entrants;
  const named = entrants.map(({ name }) => name);
  const lines = rows.map(({ task, seconds }) => {
    const base = seconds.get(measure?.name ?? '') ?? NaN;
    const ratios = named.map((name) => ratioText((seconds.get(name) ?? NaN) / base));
    return [task.title, `${timeText(base)} per ${task.unit}`, ...ratios];
  });
  return [
    ['task', `time of ${measure?.name ?? ''}`, ...named],
    ['---', '---', ...named.map(() => '---:')],
    ...lines,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function ratioText(ratio: number): string {
  if (Number.isNaN(ratio)) return '';
  return ratio < 10 ? ratio.toFixed(2) : Math.round(ratio).toLocaleString('en');
}

function timeText(seconds: number): string {
  if (seconds < 1e-6) return `${(seconds * 1e9).toFixed(1)} ns`;
  return seconds < 1e-3 ? `${(seconds * 1e6).toFixed(1)} µs` : `${(seconds * 1e3).toFixed(2)} ms`;
}
