import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { descendNow, prepare, readTable, type Run } from '../../src/kernel/index.ts';
import { readExperiment } from '../../src/language/index.ts';
import { countWasmCalls } from '../kernel/wasm/count-calls.ts';
import {
  closeAll,
  execute,
  lessonsFolder,
  openLesson,
  payloadOf,
  setRunOnOpen,
  writeLesson,
} from './lessons.ts';

/** A model that no other test has, so that its loops have not been made before. */
const cell = [
  'data = "waves.csv"',
  'parameters a = 1, b = 0.5',
  'prediction = a * exp(-b * x)',
  'loss = mean((prediction - y)^4)',
  'learning_rate = 0.01',
].join('\n');

const csv = [
  'x,y',
  ...Array.from(
    { length: 20_000 },
    (_, row) => `${row / 5000},${3 - row / 9000 + ((row * 7919) % 100) / 300}`,
  ),
].join('\n');

/** The runs of a cell as this suite's own kernel gives them where there is no WebAssembly. */
function runsAsScript(source: string): readonly Run[] {
  const { experiment } = readExperiment(source);
  assert.ok(experiment);
  const { WebAssembly: present } = globalThis;
  Object.defineProperty(globalThis, 'WebAssembly', { value: undefined, configurable: true });
  try {
    return descendNow(prepare(experiment, readTable(csv)));
  } finally {
    Object.defineProperty(globalThis, 'WebAssembly', { value: present, configurable: true });
  }
}

describe('WebAssembly in the extension host', () => {
  const { Instance } = WebAssembly;

  before(async () => {
    await setRunOnOpen(false);
    const file = vscode.Uri.joinPath(lessonsFolder(), 'waves.csv');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(csv));
  });
  beforeEach(countWasmCalls);
  afterEach(async () => {
    WebAssembly.Instance = Instance;
    await closeAll();
  });
  after(() => setRunOnOpen(undefined));

  for (const [what, more, functions] of [
    ['whole data', 'steps = 150', ['f0']],
    ['batches', 'batch_size = 64\nepochs = 2\nvalidation = 0.1', ['f0', 'shuffle']],
  ] as const) {
    it(`takes the long loops of a cell over, with the same bits: ${what}`, async () => {
      const source = `${cell}\n${more}`;
      const notebook = await openLesson(await writeLesson(source));
      await execute(notebook);
      for (const name of functions) assert.ok((wasmCalls[name] ?? 0) > 0, `${name} was called`);
      const { runs } = payloadOf(notebook.cellAt(0));
      assert.deepEqual(runs, runsAsScript(source));
    });
  }
});
