import assert from 'node:assert/strict';
import { descend, descendNow, gradient, landscape, type Run } from '../../../src/kernel/index.ts';
import { randomStream } from '../../../src/kernel/random.ts';
import { breakEven, RowCode } from '../../../src/kernel/wasm/row-code.ts';
import { prepareCell, readCases } from '../../reference/cases.ts';
import { programOf } from '../programs.ts';
import { allowNoRefusals } from './refusals.ts';

const usual = breakEven.rows;

/** What `work` gives where loops over rows are JavaScript, and where they are WebAssembly from the first row on. */
function onBoth<T>(work: () => T): [T, T] {
  breakEven.rows = Infinity;
  const script = work();
  breakEven.rows = 0;
  return [script, work()];
}

function assertSame(cell: string, work: () => Iterable<number>[]): void {
  const [script, rows] = onBoth(() => work().map((numbers) => [...numbers]));
  assert.deepEqual(rows, script, cell);
}

/** All numbers of runs. */
function numbersOf(runs: readonly Run[]): Iterable<number>[] {
  return runs.flatMap((run) => [
    run.steps,
    run.loss,
    run.batchLoss ?? [],
    run.validationLoss ?? [],
    run.learningRate,
    run.gradientNorm,
    ...Object.values(run.parameters),
    run.checks.flatMap(({ left, right }) => [left, right]),
  ]);
}

/** How many modules of WebAssembly are made while `work` is done. */
function modulesMade(work: () => void): number {
  const { Module } = WebAssembly;
  let count = 0;
  WebAssembly.Module = class extends Module {
    constructor(bytes: BufferSource) {
      super(bytes);
      count++;
    }
  };
  try {
    work();
  } finally {
    WebAssembly.Module = Module;
  }
  return count;
}

function columnsOf(rows: number): { x: Float64Array; y: Float64Array } {
  const chance = randomStream(rows, 'starts');
  const x = Float64Array.from({ length: rows }, () => chance.uniform() * 4 - 2);
  return { x, y: x.map((at) => 3 * at + 1 + chance.normal()) };
}

const data = 'data = "rows.csv"\n';
const line = data + 'parameters w = 0.1, b = 0\nprediction = w * x + b\nloss = mse(prediction, y)';

describe('loops over rows as WebAssembly', function () {
  this.timeout(60_000);
  allowNoRefusals();
  afterEach(() => {
    breakEven.rows = usual;
  });

  it('give the bits of JavaScript for the loss and gradient of 1000 random formulas, and at kinks', () => {
    for (const { cell, at } of [...readCases('gradients.json'), ...readCases('kinks.json')]) {
      assertSame(cell, () => {
        const { loss, gradient: slopes } = gradient(prepareCell(cell), at);
        return [[loss], Object.values(slopes)];
      });
    }
  });

  it('give the same runs for every optimizer, model and schedule, and where numbers overflow', () => {
    for (const { cell } of [...readCases('trajectories.json'), ...readCases('overflow.json')]) {
      assertSame(cell, () => numbersOf(descendNow(prepareCell(cell))));
    }
  });

  for (const rows of [1, 2, 3, 1023, 1025, 20_001, 40_000]) {
    it(`give the same runs over ${rows} rows`, () => {
      const cell = `${line}\nlearning_rate = 0.1\nsteps = 3`;
      assertSame(cell, () => numbersOf(descendNow(programOf(cell, columnsOf(rows)))));
    });
  }

  for (const [rows, batch] of [
    [100, 7],
    [20_001, 32],
    [40_000, 3000],
  ] as const) {
    it(`give the same runs in batches of ${batch} rows out of ${rows}, beside validation rows`, () => {
      const cell = `${line}\nlearning_rate = 0.01\nbatch_size = ${batch}\nepochs = 2\nvalidation = 0.2\nseed = 5`;
      assertSame(cell, () => numbersOf(descendNow(programOf(cell, columnsOf(rows)))));
    });
  }

  it('give the same largest and smallest values, also of NaN and zeros', () => {
    const cell =
      data +
      'parameters w = 1\nloss = max(w * x) - min(w * y) + max(relu(x * w))\nlearning_rate = 0.1\nsteps = 2';
    for (const x of [
      [0, -0, 3],
      [NaN, 1, 2, 3],
      [1, NaN],
      [-1, -2],
    ]) {
      assertSame(cell, () => numbersOf(descendNow(programOf(cell, { x, y: x.toReversed() }))));
    }
  });

  const windows = [
    '-800..800',
    '-1e-8..1e-8',
    '-45..45',
    '0..3',
    '-1e-310..1e-308',
    '1e300..1.7e308',
    '-1e9..1e9',
  ];
  // With eleven rows, rare arguments come up early, late or not at all among those that are taken four at a time.
  const eleven = [1, 0.5, 3, 0.25, 2, 7, 1e-3, 1e3, 1, 2, 0.125];
  for (const name of ['exp', 'log', 'tanh', 'sigmoid', 'softplus', 'abs', 'sqrt']) {
    for (const rows of [[1], [1, 1], eleven]) {
      it(`give the same ${name} wherever it is taken, over ${rows.length} row(s)`, async () => {
        for (const window of windows) {
          const cell = `${data}parameters w = 1\nloss = sum(${name}(w * x))\nsteps = 0\nlearning_rate = 1\nlandscape = [w: ${window}]`;
          breakEven.rows = Infinity;
          const script = await landscape(programOf(cell, { x: rows }), { size: 403 });
          breakEven.rows = 0;
          const there = await landscape(programOf(cell, { x: rows }), { size: 403 });
          assert.deepEqual(there.loss, script.loss, cell);
        }
      });
    }
  }

  it('give the same landscape', async () => {
    for (const rows of [10, 1500]) {
      const cell = `${line}\nsteps = 0\nlearning_rate = 1\nlandscape = [w: -1..2, b: 0..3]`;
      breakEven.rows = Infinity;
      const script = await landscape(programOf(cell, columnsOf(rows)), { size: 31 });
      breakEven.rows = 0;
      const there = await landscape(programOf(cell, columnsOf(rows)), { size: 31 });
      assert.deepEqual(there.loss, script.loss);
    }
  });

  it('give the same when a run changes over to them on its way', async () => {
    const cell = `${line}\nlearning_rate = 0.1\nsteps = 2000`;
    breakEven.rows = Infinity;
    const script = descendNow(programOf(cell, columnsOf(700)));
    breakEven.rows = 300_000;
    const changing = await descend(programOf(cell, columnsOf(700)));
    assert.deepEqual(changing, script);
  });

  it('are made where there is much to do, once for runs that differ in numbers, and not for little', () => {
    breakEven.rows = usual;
    const run = (steps: number, rate: number) => () => {
      const cell = `${line.replace('mse(prediction, y)', 'mean(abs(prediction - y) * 5)')}\nsteps = ${steps}`;
      descendNow(programOf(`${cell}\nlearning_rate = ${rate}`, columnsOf(1000)));
    };
    assert.equal(modulesMade(run(5, 0.1)), 0);
    assert.equal(modulesMade(run(4000, 0.1)), 1);
    assert.equal(modulesMade(run(4000, 0.2)), 0);
  });

  it('stay JavaScript for batches that have found no room among the memories', () => {
    const cell = `${line.replace('mse(prediction, y)', 'mean((prediction - y)^6)')}\nlearning_rate = 1e-6\nbatch_size = 512\nepochs = 3`;
    const { Memory } = WebAssembly;
    let refusals = 0;
    const refuseFirst = {
      construct: (target: typeof Memory, [descriptor]: [WebAssembly.MemoryDescriptor]) => {
        if (refusals++ === 0) throw new RangeError('WebAssembly.Memory(): could not allocate memory');
        return new target(descriptor);
      },
    };
    assertSame(cell, () => {
      refusals = 0;
      WebAssembly.Memory = new Proxy(Memory, refuseFirst);
      try {
        return numbersOf(descendNow(programOf(cell, columnsOf(100_000))));
      } finally {
        WebAssembly.Memory = Memory;
      }
    });
    assert.ok(refusals > 0);
  });

  // An engine without vectors refuses the module, too.
  it('stay JavaScript, with the same numbers, where the host forbids or lacks WebAssembly', () => {
    const cell = `${line.replace('mse(prediction, y)', 'mean((prediction - y)^4)')}\nlearning_rate = 0.001\nsteps = 9`;
    breakEven.rows = Infinity;
    const script = descendNow(programOf(cell, columnsOf(40_000)));
    breakEven.rows = 0;
    const { WebAssembly: present } = globalThis;
    const { Module, Instance, Memory } = present;
    let refusals = 0;
    const refuse = () => {
      refusals++;
      throw new present.CompileError('Wasm code generation disallowed by embedder');
    };
    const forbidding = { Module: new Proxy(Module, { construct: refuse }), Instance, Memory };
    for (const host of [undefined, forbidding]) {
      Object.defineProperty(globalThis, 'WebAssembly', { value: host, configurable: true });
      try {
        assert.deepEqual(descendNow(programOf(cell, columnsOf(40_000))), script);
      } finally {
        Object.defineProperty(globalThis, 'WebAssembly', { value: present, configurable: true });
      }
    }
    assert.equal(refusals, 1);
  });

  it('let a fault of the code that writes them be seen, rather than stay JavaScript', () => {
    breakEven.rows = 0;
    const code = new RowCode({
      ...{ signature: { parameters: [] }, precision: 'float64', columns: [], roots: [] },
      write: ({ rowFunctions }) => {
        if (rowFunctions !== undefined) throw new Error('a fault');
      },
    });
    assert.throws(() => code.over([], 1), /a fault/);
  });
});
