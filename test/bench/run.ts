/**
 * Measures the kernel beside loops in C and JavaScript and beside libraries:
 * `npm run bench -- [words of task names] [--write]`, where `--write` puts the table into the README.
 * The contestants of a task take turns, each in a process of its own; the table has the medians, as ratios to C.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from './child.ts';
import { findEntrants, type Entrant } from './contestants.ts';
import { describeMachine, tableOf, type Row } from './report.ts';
import { makeData, tasks, type Task } from './tasks.ts';

const rounds = 9;
/** A turn takes about this long; a contestant that needs much longer for a single run gets fewer turns. */
const secondsATurn = 0.2;
const longTurn = 2;

const here = import.meta.dirname;
if (!existsSync(join(here, 'node_modules'))) {
  console.log('Installing the libraries that the kernel is compared with ...');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: 'inherit',
  });
  if (status !== 0)
    throw new Error('They could not be installed: look above, and try `npm ci` in test/bench.');
}

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const words = process.argv.slice(2).filter((word) => word !== '--write');
  const chosen = tasks.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  const entrants = findEntrants(folder);
  const rows: Row[] = [];
  for (const task of chosen) {
    console.log(`\n${task.title}`);
    const row = { task, seconds: await compete(task, entrants, join(folder, task.name)) };
    rows.push(row);
  }
  const text = `${describeMachine()}\n\n${tableOf(rows, entrants)}`;
  console.log(`\n${text}`);
  if (process.argv.includes('--write')) writeTable(text);
} finally {
  rmSync(folder, { recursive: true });
}

/** Puts the table into the README, between its marks. */
function writeTable(text: string): void {
  const file = join(here, 'README.md');
  const [begin, end] = ['<!-- measured -->', '<!-- end -->'];
  const readme = readFileSync(file, 'utf8');
  const [before = '', rest = ''] = readme.split(begin);
  const after = rest.split(end)[1] ?? '';
  writeFileSync(file, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}

/** The median seconds a unit of every contestant that solves the task. */
async function compete(task: Task, entrants: readonly Entrant[], data: string): Promise<Map<string, number>> {
  writeData(task, data);
  const solving = entrants.filter(({ solves }) => solves?.(task) ?? true);
  const children = new Map(solving.map((entrant) => [entrant, entrant.start(task, data)]));
  try {
    const ready = await admit(task, children);
    for (let round = 0; round < rounds; round++) {
      for (const turn of ready.values()) {
        if (round < 3 || turn.seconds < longTurn) turn.times.push(await takeTurn(turn));
      }
    }
    return new Map([...ready].map(([{ name }, { times }]) => [name, report(name, task, median(times))]));
  } finally {
    for (const child of children.values()) child.end();
  }
}

interface Turn {
  readonly child: Child;
  readonly units: number;
  /** How long a run of so many units takes, once warm. */
  readonly seconds: number;
  /** The seconds a unit, one for each turn. */
  readonly times: number[];
}

/** Those contestants that start and agree with the first of them, warmed up. */
async function admit(task: Task, children: ReadonlyMap<Entrant, Child>): Promise<Map<Entrant, Turn>> {
  const ready = new Map<Entrant, Turn>();
  let agreed: readonly number[] | undefined;
  for (const [entrant, child] of children) {
    try {
      const { result } = await child.measure(task.checkedUnits);
      agreed ??= result;
      assertAgrees(result, agreed, entrant.tolerance);
      const { secondsPerUnit } = await child.measure(task.checkedUnits);
      const affordable = Math.max(task.checkedUnits, Math.floor(secondsATurn / secondsPerUnit));
      const units = Math.min(task.units, affordable);
      ready.set(entrant, { child, units, seconds: secondsPerUnit * units, times: [] });
    } catch (error) {
      console.log(`  ${entrant.name} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return ready;
}

/** As many runs as fit into a turn; the median of their seconds a unit. */
async function takeTurn({ child, units }: Turn): Promise<number> {
  const times: number[] = [];
  for (let spent = 0; spent < secondsATurn;) {
    const { seconds, secondsPerUnit } = await child.measure(units);
    times.push(secondsPerUnit);
    spent += seconds;
  }
  return median(times);
}

function assertAgrees(result: readonly number[], agreed: readonly number[], tolerance: number): void {
  const scale = Math.max(...agreed.map(Math.abs));
  const isNear = (value: number, index: number) =>
    Math.abs(value - (agreed[index] ?? NaN)) <= tolerance * scale;
  if (result.length !== agreed.length || !result.every(isNear)) {
    throw new Error(`its result ${result.join(' ')} is not ${agreed.join(' ')}.`);
  }
}

function writeData(task: Task, into: string): void {
  const { x, y, order } = makeData(task);
  mkdirSync(into);
  writeFileSync(join(into, 'x.f64'), x);
  writeFileSync(join(into, 'y.f64'), y);
  writeFileSync(join(into, 'order.i32'), order);
}

function report(name: string, task: Task, seconds: number): number {
  console.log(`  ${name.padEnd(32)} ${(seconds * 1e6).toPrecision(4)} µs per ${task.unit}`);
  return seconds;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
