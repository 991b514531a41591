import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { descend, landscape, prepare, type Program } from '../../src/kernel/index.ts';
import { breakEven } from '../../src/kernel/wasm/row-code.ts';
import { readExperiment } from '../../src/language/index.ts';
import { tableOf } from './programs.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const rows = 40_000;
const x = Float64Array.from({ length: rows }, (_, row) => (row * 0.6180339887498949) % 1);
const table = tableOf({ x, y: x.map((value, row) => 3 * value + Math.sin(row)) });

/** Forms that keep numbers in different places, each with a start of its own. */
const cells = ['steps = 3', 'batch_size = 500\nepochs = 1', 'steps = 2\nvalidation = 0.2'].map(
  (more) => (start: number) =>
    `data = "d.csv"\nparameters w = ${start}, b = 0\nprediction = w * x + b * exp(x)\nloss = mse(prediction, y)\nlearning_rate = 0.01\n${more}`,
);

function programOf(cell: string): Program {
  const { experiment, problems } = readExperiment(cell, ['x', 'y']);
  assert.ok(experiment, JSON.stringify(problems));
  return prepare(experiment, table);
}

/** Runs each form once with its landscape, the last one not to its end. Leaves only what lets itself be collected. */
async function runAll(start: number, seen: WeakRef<object>[]): Promise<void> {
  for (const cell of cells) {
    const program = programOf(cell(start));
    const runs = await descend(program);
    await landscape(program, { runs, size: 5 });
    seen.push(new WeakRef(program), ...runs.map((run) => new WeakRef(run.loss)));
  }
  const stopping = new AbortController();
  const endless = programOf(`${cells[1]?.(start) ?? ''}000000`);
  await descend(endless, {
    signal: stopping.signal,
    onProgress: () => {
      stopping.abort();
    },
  });
  seen.push(new WeakRef(endless));
}

async function bytesHeld(): Promise<number> {
  for (let time = 0; time < 4; time++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const earlyRounds = 5;
const rounds = 13;
const runsPerRound = cells.length + 1;

describe(`${rounds * runsPerRound} runs that follow each other`, function () {
  this.timeout(120_000);
  const usual = breakEven.rows;
  afterEach(() => {
    breakEven.rows = usual;
  });

  for (const [machine, from] of [
    ['JavaScript', Infinity],
    ['WebAssembly', 0],
  ] as const) {
    it(`are let go of, and hold no more memory than the first ${earlyRounds * runsPerRound} did: ${machine}`, async () => {
      breakEven.rows = from;
      const seen: WeakRef<object>[] = [];
      for (let start = 0; start < earlyRounds; start++) await runAll(start, seen);
      const early = await bytesHeld();
      for (let start = earlyRounds; start < rounds; start++) await runAll(start, seen);
      const late = await bytesHeld();
      assert.ok(late - early < 8 * rows, `${late - early} bytes more are held`);
      assert.equal(seen.filter((ref) => ref.deref() !== undefined).length, 0);
    });
  }
});
