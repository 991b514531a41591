import assert from 'node:assert/strict';
import { gridLosses } from '../../src/kernel/grid.ts';
import { rowsPerGroup } from '../../src/kernel/loops.ts';
import { breakEven } from '../../src/kernel/wasm/row-code.ts';
import { programOf } from './programs.ts';

const kinds = {
  'one pass': 'loss = mean((w * x + b - y)^2)',
  'two passes': 'loss = mean((w * x + b - mean(w * x * y) - y)^2) + max(w * x + b) - min(b * x)',
  'many special functions': 'p = sigmoid(w * x + b)\nloss = mean(-(y * log(p) + (1 - y) * log(1 - p)))',
  float32: 'loss = mean((w * x + b - y)^2)\nprecision = float32',
} as const;

/** The losses of a grid of 7 x 2 points, how many rows each slice passed over, and `paces` for slices one after another. */
function gridInSlices(loss: string, rows: number, paces: readonly number[]) {
  const x = Float64Array.from({ length: rows }, (_, row) => Math.sin(row));
  const y = x.map((value, row) => (value > Math.cos(7 * row) ? 1 : 0));
  const [run] = programOf(`data = "d"\nparameters w = 1, b = 2\n${loss}\nsteps = 0`, { x, y }).runs;
  const pace = { rows: 0, spent: 0 };
  const xs = Float64Array.of(-2, -1, -0.5, 0, 0.3, 1, 2);
  const work = gridLosses(run, { places: [0, 1], at: run.starts, xs, ys: Float64Array.of(-1, 0.5) }, pace);
  const spent: number[] = [];
  for (;;) {
    Object.assign(pace, { rows: paces[spent.length % paces.length], spent: 0 });
    const slice = work.next();
    if (slice.done === true) return { losses: slice.value, spent };
    spent.push(pace.spent);
  }
}

describe('gridLosses', function () {
  this.timeout(20_000);
  const usual = breakEven.rows;
  afterEach(() => {
    breakEven.rows = usual;
  });

  it('takes many points in a slice where they fit, but one where the loss has many special functions', () => {
    const inLast = (loss: string) => gridInSlices(loss, 1000, [Infinity]).spent.at(-1);
    assert.equal(inLast(kinds['one pass']), 8 * 1001);
    assert.equal(inLast(kinds['many special functions']), 1000);
  });

  for (const [machine, from] of [
    ['JavaScript', Infinity],
    ['WebAssembly', 0],
  ] as const) {
    for (const [kind, loss] of Object.entries(kinds)) {
      it(`passes over about as many rows in a slice as its pace allows, as ${machine}: ${kind}`, () => {
        breakEven.rows = from;
        const rows = 100_000;
        for (const pace of [20_000, 80_000]) {
          const { spent } = gridInSlices(loss, rows, [pace]);
          assert.ok(Math.max(...spent) <= 2 * pace, `${Math.max(...spent)} rows in a slice of ${pace}`);
          const all = spent.reduce((sum, each) => sum + each, 0);
          assert.ok(all >= 14 * rows, `${all} rows in all`);
        }
      });

      it(`has the same bits however it is cut, as ${machine}: ${kind}`, () => {
        breakEven.rows = from;
        for (const rows of [900, 5000, rowsPerGroup, 40_000]) {
          const { losses } = gridInSlices(loss, rows, [Infinity]);
          assert.ok(new Set(losses).size >= 7);
          for (const paces of [[1024], [70_000], [140_000], [20_000, 70_000, 1024, 1e6, 90_000]]) {
            assert.deepEqual(
              gridInSlices(loss, rows, paces).losses,
              losses,
              `${rows} rows at ${paces.join()}`,
            );
          }
        }
      });
    }
  }
});
